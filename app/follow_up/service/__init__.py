"""The acts of the follow-up, one module a part."""
