from compat import made_late
