#!/usr/bin/env python3
"""Compares what `headwater check` says of names of standard library modules with what interpreters have.

    library_names.py HEADWATER [PYTHON...]

For each interpreter (this one where none is given), a repository is made that imports names by `from module import name`: those that
modules have in some version of Python, and some that none has. It is audited by the interpreter's own files and again without any. A name that is
said to be missing and that the interpreter has is an error, and so is one of `LOST` that is not said to be.
"""
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "src/model/library_names.inc"
SAMPLE = 4000
LOST = {"collections.Mapping": (3, 10), "inspect.getargspec": (3, 11), "time.clock": (3, 8), "asyncio.coroutine": (3, 11), "ssl.wrap_socket": (3, 12),
        "itertools.izip": (3, 0), "os.getcwdu": (3, 0), "math.nothing_of_the_kind": (3, 0), "locale.format": (3, 12), "gettext.lgettext": (3, 11)}

ASK = r"""
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
has = []
for pair in json.load(sys.stdin):
    module, name = pair.rsplit(".", 1)
    try:
        found = importlib.import_module(module)
    except BaseException:
        continue
    try:
        getattr(found, name)
    except AttributeError:
        try:
            importlib.import_module(pair)
        except BaseException:
            continue
    except BaseException:
        pass
    has.append(pair)
print("TOLD" + json.dumps([list(sys.version_info[:2]), sys.prefix, has]))
"""


def listed():
    """All pairs of module and name of the tables."""
    text = INCLUDE.read_text()
    for module, body in re.findall(r'^\{"([\w.]+)",.*\n((?:    ".*\n)+)', text, re.M):
        for name in " ".join(re.findall(r'"(.*?)"', body)).split():
            if not name.startswith("!"):
                yield f"{module}.{name}"
        yield f"{module}.nothing_of_the_kind"


def said_missing(headwater, repository, options):
    done = subprocess.run([headwater, "check", repository, "--output-format", "jsonl", "--exit-zero", *options], check=True, capture_output=True, text=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {f"{row['module']}.{name}" for row in rows if row["code"] == "HW214" for name in row["names"]}


def compare(headwater, python, pairs, folder):
    run = subprocess.run([python, "-I", "-c", ASK], input=json.dumps(pairs), check=True, capture_output=True, text=True, cwd=folder)
    version, prefix, has = json.loads(next(line for line in run.stdout.splitlines() if line.startswith("TOLD"))[4:])
    repository = folder / "repository"
    repository.mkdir(exist_ok=True)
    lines = ["from {} import {}".format(*pair.rsplit(".", 1)) for pair in pairs]
    (repository / "names_asked_for.py").write_text("\n".join(lines) + "\n")
    wrong = 0
    for options in (["--env", prefix], ["--env", "none", "--python-version", "{}.{}".format(*version)]):
        missing = said_missing(headwater, repository, options)
        false = sorted(missing & set(has))
        lost = {pair for pair, removed in LOST.items() if tuple(version) >= removed}
        unsaid = sorted(lost - missing)
        wrong += len(false) + len(unsaid)
        print(f"Python {version[0]}.{version[1]}, {' '.join(options)}: {len(pairs)} names, {len(has)} there, {len(missing)} said to be missing, "
              f"{len(false)} of them there {false[:10]}, not said {unsaid}")
    return wrong


def main():
    headwater, *pythons = sys.argv[1:]
    drawn = random.Random(1).sample(sorted(set(listed()) - set(LOST)), SAMPLE)
    pairs = sorted([*drawn, *LOST])
    with tempfile.TemporaryDirectory() as scratch:
        wrong = sum(compare(pathlib.Path(headwater).resolve(), python, pairs, pathlib.Path(scratch)) for python in pythons or [sys.executable])
    sys.exit(wrong != 0)


main()
