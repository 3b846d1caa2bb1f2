"""Trains the answer model: MiniLM, its upper layers and a few linear heads, on labelled answers (`make model`)."""
