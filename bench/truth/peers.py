#!/usr/bin/env python3
"""Compares missing imports and symbols as headwater, pyright and pylint report them with what CPython does.

Judged is every import statement of the `.py` files of a tree, by file and first line. Each runs alone in its package
(probe.py), and is one of
  own       it raises, and itself: what it names is not there
  cascade   it raises since a module that it imports fails elsewhere
  harmless  it raises, but under `try ... except ImportError`, `suppress` or TYPE_CHECKING, or at import time in a
            module that CPython imports, so that it is not reached
  fine      it does not raise: a report is false
Only headwater claims to see cascades. What headwater calls `optional` is a row of its own, since it fails no run.
pyright comes from npm and is given by --pyright; pylint is in the measured environment.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import time

import measure
import worlds

TREES = [("uvicorn", None, None), ("kombu", None, None), ("jsonschema", None, None), ("starlette", "anyio", "code"),
         ("jedi", "parso", "half"), ("alembic", "Mako", "removed")]
HARMLESS = {"try-import-error", "suppress", "type-checking"}
KINDS = ("own", "cascade", "harmless", "fine")


def headwater(args, farm, root):
    found = collections.defaultdict(dict)
    for finding in measure.headwater(args, farm, root, "--env", str(farm.env))["findings"]:
        if finding["class"] in ("fault", "environment", "cascade", "optional"):
            tool = "headwater, optional" if finding["class"] == "optional" else "headwater"
            found[tool][(finding["file"], finding["line"])] = f"{finding['code']} {finding['message']}"
    return found


def pyright(args, farm, root):
    """Files are named one by one, so that stubs that the tree ships are not analysed for their own sake."""
    files = sorted(os.path.join(folder, name) for folder, _dirs, names in os.walk(root) for name in names if name.endswith(".py"))
    done = subprocess.run([args.pyright, "--outputjson", "--pythonpath", farm.env / "bin" / "python", *files], capture_output=True, text=True, cwd=root)
    found = {}
    for row in json.loads(done.stdout)["generalDiagnostics"]:
        if row.get("rule") in ("reportMissingImports", "reportMissingModuleSource") or "unknown import symbol" in row["message"]:
            found[(os.path.relpath(row["file"], root), row["range"]["start"]["line"] + 1)] = f"{row['severity']} {row['message']}"
    return {"pyright": found}


def pylint(args, farm, root):
    names = sorted(name for name in os.listdir(root) if name.endswith(".py") or os.path.exists(root / name / "__init__.py"))
    done = subprocess.run([farm.env / "bin" / "python", "-m", "pylint", "--disable=all", "--enable=import-error,no-name-in-module", "--jobs=1",
                           "--rcfile=/dev/null", "--output-format=json", *names], capture_output=True, text=True, cwd=root,
                          env={**os.environ, "PYTHONPATH": str(root)})
    return {"pylint": {(row["path"], row["line"]): f"{row['message-id']} {row['message']}" for row in json.loads(done.stdout or "[]")}}


def statements(root):
    """Each import statement of a `.py` file by its place, with its guards and scope."""
    done = subprocess.run([sys.executable, worlds.HERE.parent.parent / "tests" / "oracle" / "imports_ast.py", "--jobs=1", root],
                          capture_output=True, text=True, check=True)
    rows = map(json.loads, done.stdout.splitlines())
    return {(row["file"], row["line"]): row for row in rows if "guards" in row and row["file"].endswith(".py")}


def start_of(place, known):
    """The statement that a line belongs to: tools give the line of the name."""
    file, line = place
    while line > 0 and (file, line) not in known and place[1] - line < 40:
        line -= 1
    return (file, line) if (file, line) in known else None


def kind_of(row, error, imported):
    if not error:
        return "fine"
    if HARMLESS.intersection(row["guards"]) or row["scope"] != "function" and measure.module_of(row["file"]) in imported:
        return "harmless"
    return "cascade" if error["at"] else "own"


def judged(farm, root, rows):
    """The kind of each statement, and what CPython says."""
    known = statements(root)
    errors = measure.probe(farm, root, [{"file": file, "line": line} for file, line in known])
    imported = {row["module"] for row in rows if row["ok"]}
    return {place: (kind_of(row, error, imported), error) for (place, row), error in zip(known.items(), errors)}


def ask(tools, args, farm, root, known):
    """What each tool says of each statement, and how long it took."""
    said = {}
    for tool in tools:
        begin = time.monotonic()
        for name, places in tool(args, farm, root).items():
            said[name] = {start_of(place, known): text for place, text in places.items()}
            said[name].pop(None, None)
        print(f"  {tool.__name__}: {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    return said


def list_differences(file, name, truth, said):
    for place, (kind, error) in sorted(truth.items()):
        row = {"tree": name, "place": place, "kind": kind, "cpython": error, **{tool: places[place] for tool, places in said.items() if place in places}}
        if error or len(row) > 4:
            file.write(json.dumps(row) + "\n")


def share(part, whole):
    return f"{part / whole:.3f}" if whole else "-"


def line_of(tool, counts, totals):
    right, all_said = sum(counts[kind] for kind in KINDS[:3]), sum(counts[kind] for kind in KINDS)
    return (f"  {tool:20} " + ", ".join(f"{kind} {counts[kind]}" for kind in KINDS) +
            f"; precision {share(right, all_said)}, recall of own {share(counts['own'], totals['own'])}, of own and cascade "
            f"{share(counts['own'] + counts['cascade'], totals['own'] + totals['cascade'])}")


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--headwater", required=True)
    cli.add_argument("--pyright", required=True)
    cli.add_argument("--only", default="", metavar="TEXT", help="only the trees with this in their name")
    cli.add_argument("--list", metavar="FILE", type=argparse.FileType("a"), help="append each statement that raises or is reported, as JSON lines")
    args = cli.parse_args()
    farm = worlds.Farm("peers")
    sums = collections.defaultdict(collections.Counter)
    for subject, gone, mode in TREES:
        name = next(c[0] for c in measure.cases("all") if c[1:] == (subject, gone, mode))
        if args.only not in name:
            continue
        rows = measure.oraclelib.read_jsonl(worlds.truth_folder() / f"{name}.jsonl")
        with farm.subject(subject) as root, farm.without(gone, mode) if gone else measure.contextlib.nullcontext():
            truth = judged(farm, root, rows)
            said = ask((headwater, pyright, pylint), args, farm, root, truth)
        totals = collections.Counter(kind for kind, _error in truth.values())
        sums["all"].update(totals, statements=len(truth))
        print(f"{name}: {len(truth)} statements; {dict(totals)}")
        for tool, places in sorted(said.items()):
            counts = collections.Counter(truth[place][0] for place in places)
            sums[tool].update(counts)
            print(line_of(tool, counts, totals), flush=True)
        if args.list:
            list_differences(args.list, name, truth, said)
    totals = sums.pop("all")
    print(f"all: {dict(totals)}")
    for tool, counts in sorted(sums.items()):
        print(line_of(tool, counts, totals))


if __name__ == "__main__":
    main()
