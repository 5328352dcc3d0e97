"""The acts of stages and immersions, one module a part."""
