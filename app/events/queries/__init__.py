"""Reads of events and sessions, scoped to the reader; one module a part."""
