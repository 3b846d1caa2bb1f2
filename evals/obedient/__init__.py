"""Models that obey whatever an answer, a role page or a résumé tells them, and what they can change: nothing."""
