LOCALE = "de"
