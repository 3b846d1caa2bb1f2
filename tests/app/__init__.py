"""Every page as a person uses it, without a browser: AppTest on the real wiring and a folder of its own."""
