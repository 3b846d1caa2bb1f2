"""The analyst's prompt as an inspect_ai task, in an environment of its own: `make inspect`."""
