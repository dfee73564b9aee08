import filled.kinds

print(getattr(__import__("filled.kinds", globals(), {}, ["Float"]), "Float"))
VIEW = {}.keys().mapping
