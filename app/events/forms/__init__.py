"""The forms of events and sessions, one module a part."""
