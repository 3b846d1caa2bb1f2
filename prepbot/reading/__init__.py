"""Outside documents -> domain values: files into text, role pages into roles, the catalogue into metrics."""
