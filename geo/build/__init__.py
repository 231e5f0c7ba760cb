"""Making of the shipped tables; nothing here is needed to read articles."""
