"""What goes wrong in the world: killed processes, failing services, hostile input."""
