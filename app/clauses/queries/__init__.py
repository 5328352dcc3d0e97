"""What is read of the clauses, each part in its module; every read is scoped to its reader in ``visible``."""
