"""Decisions of the placements, pure, by part."""
