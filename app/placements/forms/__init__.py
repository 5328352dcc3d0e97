"""The forms of stages and immersions, one module a part."""
