"""``make bench``: the figures of speed, each beside a baseline measured in the same run."""
