"""Who fits which offer, and why: dataclasses in, dataclasses out, no database and no clock."""
