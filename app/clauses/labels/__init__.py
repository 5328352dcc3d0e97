"""The French words of the clauses sociales; one module a part."""
