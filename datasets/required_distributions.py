#!/usr/bin/env python3
"""Writes src/model/required_distributions.inc: the distributions that those of the corpus are or ask for.

    datasets/required_distributions.py ARCHIVES OUT

ARCHIVES is the folder `archives` that scripts/fetch-datasets fills. Whatever a wheel's METADATA or a source
distribution's PKG-INFO names as `Name` or `Requires-Dist`, extras included, is a distribution that others rely on: a
missing import of that very name means it. Packages of type stubs alone are left out, since nothing imports them.
"""
import email
import pathlib
import re
import sys
import tarfile
import zipfile

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def metadata(archive):
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return [wheel.read(name) for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    with tarfile.open(archive) as source:
        return [source.extractfile(member).read() for member in source
                if member.name.count("/") == 1 and member.name.endswith("/PKG-INFO")]


def named_in(text):
    message = email.message_from_bytes(text)
    for value in message.get_all("Name", []) + message.get_all("Requires-Dist", []):
        yield re.sub(r"[-_.]+", "-", NAME.match(value.strip())[0]).lower()


def main():
    archives = sorted(path for path in pathlib.Path(sys.argv[1]).iterdir() if path.suffix == ".whl" or ".tar" in path.name)
    names = {name for archive in archives for text in metadata(archive) for name in named_in(text)}
    names = sorted(name for name in names if not name.startswith("types-") and not name.endswith("-stubs"))
    with open(sys.argv[2], "w", encoding="ascii") as out:
        print(f"// Made by datasets/required_distributions.py: what {len(archives)} distributions of the corpus are or require, by PEP 503 name.", file=out)
        for name in names:
            print(f'"{name}",', file=out)
    print(len(names), "names")


main()
