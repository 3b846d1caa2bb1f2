"""A real small model over real HTTP, run by `make local-model`: how it is spoken to, never what it says."""
