"""prepbot: mock interviews from a role page."""
