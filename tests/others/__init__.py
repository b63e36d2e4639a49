"""Other people's programs look at what we write: the validator of Microsoft's Open XML SDK, and three engines."""
