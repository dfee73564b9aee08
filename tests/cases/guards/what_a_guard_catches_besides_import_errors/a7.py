import a6
