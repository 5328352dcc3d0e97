"""The acts of events and sessions, one module a part."""
