"""Compares `headwater dump imports|bindings FOLDER` with the AST oracle, row for row, over the files that parse.

usage: facts.py imports|bindings BINARY FOLDER [--python INTERPRETER | --pyodide FOLDER]
INTERPRETER runs the oracle instead of the one that runs this; FOLDER: where `npm install pyodide@314.0.7` was run (CPython 3.14).
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ORACLES = {"imports": "imports_ast.py", "bindings": "skeleton_ast.py"}


def rows(lines):
    found, broken = collections.defaultdict(list), set()
    for line in lines:
        row = json.loads(line)
        if "error" in row:
            broken.add(row["file"])
        else:
            found[row["file"]].append(row)
    return found, broken


def run(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout.splitlines()


def explain(truth, ours):
    for mine, theirs, who in ((truth, ours, "CPython"), (ours, truth, "headwater")):
        for row in mine:
            if row in theirs:
                continue
            other = next((r for r in theirs if r.get("line") == row.get("line")), {})
            shown = {}
            for key, value in row.items():
                against = other.get(key)
                if value == against:
                    continue
                if isinstance(value, list) and isinstance(against, list):
                    value = [item for item in value if item not in against] or "order"
                elif isinstance(value, dict) and isinstance(against, dict):
                    value = dict(item for item in value.items() if item not in against.items())
                shown[key] = value
            print(f"  only {who:9}", json.dumps(shown)[:600])


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("stage", choices=ORACLES)
    cli.add_argument("binary")
    cli.add_argument("folder")
    cli.add_argument("--python", default=sys.executable)
    cli.add_argument("--pyodide")
    cli.add_argument("--without", default="", help="a folder that the walk skips by rule, left out of the truth too")
    cli.add_argument("--show", type=int, default=10)
    args = cli.parse_args()
    oracles = HERE.parent / "oracle"
    if args.pyodide:
        oracle = ["node", str(oracles / "with_py314.mjs"), args.pyodide, ORACLES[args.stage], args.folder]
    else:
        oracle = [args.python, str(oracles / ORACLES[args.stage]), args.folder]
    truth, broken = rows(run(oracle))
    # The walk follows no links: Debian's standard library has some that lead out of it.
    folder = pathlib.Path(args.folder)
    skipped = {file for file in truth.keys() | broken if (folder / file).is_symlink()
               or (args.without and file.startswith(args.without + "/"))}
    truth = collections.defaultdict(list, {f: r for f, r in truth.items() if f not in skipped})
    broken -= skipped
    ours, refused = rows(run([args.binary, "dump", args.stage, "--no-ignore", args.folder]))
    count = differing = 0
    for file in sorted((truth.keys() | ours.keys() | refused) - broken):
        count += len(truth[file])
        if truth[file] == ours[file] and file not in refused:
            continue
        differing += 1
        if differing <= args.show:
            print(file, "(refused)" if file in refused else "")
            explain(truth[file], ours[file])
    print(f"{args.stage}: {count} rows compared, {differing} files differ; "
          f"{len(broken)} do not parse, of which headwater says {len(broken & refused)}")
    if differing or not count:
        sys.exit(1)


if __name__ == "__main__":
    main()
