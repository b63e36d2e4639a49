"""The register read into accounts: what stands of a year, a period, a unit."""
