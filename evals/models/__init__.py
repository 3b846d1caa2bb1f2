"""Labelled answers read by a language model: the rules alone, the model alone and both together."""
