"""Pure answers of the clauses sociales; each module answers one question, import it by its name."""
