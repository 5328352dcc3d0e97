"""Communes, territories, MDS and trades: what the whole portal points at, and the département corrects."""
