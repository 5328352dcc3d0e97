"""The database side of the index: what changed and waits, the drain that follows, and the question that pages ask."""
