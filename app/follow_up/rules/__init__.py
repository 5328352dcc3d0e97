"""The pure rules of the follow-up, by part."""
