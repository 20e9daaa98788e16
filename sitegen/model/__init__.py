"""The nouns: what the agency wrote (`authored`), what was read (`facts`), what was computed, what is built."""
