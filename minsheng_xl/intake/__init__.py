"""Intake: received bytes → one `Return`. Nothing that a file holds raises past this package."""
