from compat import raise_from
