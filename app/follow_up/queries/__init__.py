"""Reads of the follow-up, scoped to the reader; one module a part."""
