"""Text: folding, tokens, sentences, excerpts."""
