"""From what happened to one named cause."""
