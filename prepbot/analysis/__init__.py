"""The rules analyst: reads evidence out of an answer with words, cues and sentence vectors."""
