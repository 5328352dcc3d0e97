"""What events print and give to calendar programs, one module a part."""
