"""Finding the lines of a role page that a query is about: chunks, embeddings, the Chroma index, the lexical one."""
