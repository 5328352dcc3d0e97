"""The pure decisions of events and sessions, one module a part."""
