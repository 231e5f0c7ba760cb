"""Recognition: where a text names places, and what only looks like it."""
