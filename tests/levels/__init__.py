"""Between levels: what is reported up, and what was reported held against a file."""
