"""Hostile variants: what mail, chat, WPS, clerks and attackers do to a form, and what is rightful to say of it."""
