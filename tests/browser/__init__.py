"""The product in a real Chromium: started as a process of its own, used as a person would."""
