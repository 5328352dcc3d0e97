"""The forms of the follow-up, one module a part."""
