"""The inverse lens: what it would take."""
