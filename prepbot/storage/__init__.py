"""Where interviews, grades and role pages are kept: SQLite by default, PostgreSQL by URL, or memory in tests."""
