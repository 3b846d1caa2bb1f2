"""Language models through LangChain: they give words, code decides whether the words are used."""
