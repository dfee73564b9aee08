#!/usr/bin/env python3
"""Writes src/scan/python/syntax/identifier_tables.inc: which characters an identifier may hold (PEP 3131).

Run it with the newest CPython. A code point that this Python's Unicode has not assigned is listed as allowed: a newer
Unicode may make it a letter, and a name must not be refused for that.
"""
import sys
import unicodedata


def ranges(allowed):
    begin = None
    for code in range(0x80, 0x110001):
        good = code < 0x110000 and allowed(chr(code))
        if good and begin is None:
            begin = code
        elif not good and begin is not None:
            yield begin, code - 1
            begin = None


def table(name, allowed):
    rows = [f"{{0x{first:X}, 0x{last:X}}}," for first, last in ranges(allowed)]
    print(f"constexpr CodeRange {name}[] = {{")
    for i in range(0, len(rows), 5):
        print("    " + " ".join(rows[i:i + 5]))
    print("};")


def main():
    sys.stdout = open(sys.argv[1], "w")
    print(f"// Made by datasets/identifier_tables.py from Unicode {unicodedata.unidata_version}.")
    unassigned = lambda c: unicodedata.category(c) == "Cn"
    table("kIdentifierStart", lambda c: c.isidentifier() or unassigned(c))
    table("kIdentifierContinue", lambda c: ("a" + c).isidentifier() or unassigned(c))
    table("kPrintable", lambda c: c.isprintable() and not unassigned(c))


main()
