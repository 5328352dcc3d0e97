"""Reads of stages and immersions, scoped to the reader; one module a part."""
