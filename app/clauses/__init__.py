"""Clauses sociales: public contracts, who owes how many hours, who counts, the hours reported, and the attestation."""
