"""What an interview is. Standard library only: no I/O, no clock, no randomness but a stored seed."""
