#!/usr/bin/env python3
"""Compares missing imports and symbols as headwater, pyright and pylint report them with what CPython does.

Judged are import statements, by file and line. A statement is `raises` if it raises when it runs alone in its package
(probe.py), else `false`; `guarded` if it raises inside `try ... except ImportError`, `suppress` or TYPE_CHECKING, where it
does no harm. Recall is over all statements that raise unguarded and that any of the three, or the import of a module, met.
pyright comes from npm and is given by --pyright; pylint is in the measured environment.
"""
import argparse
import collections
import json
import os
import subprocess
import sys

import measure
import worlds

sys.path.insert(0, str(worlds.HERE.parent.parent / "tests" / "oracle"))
import imports_ast  # noqa: E402,F401

TREES = [("uvicorn", None, None), ("kombu", None, None), ("jsonschema", None, None), ("starlette", "anyio", "code"),
         ("jedi", "parso", "half"), ("alembic", "Mako", "removed")]
HARMLESS = {"try-import-error", "suppress", "type-checking"}


def headwater(args, farm, root):
    report = measure.headwater(args, farm, root, "--env", str(farm.env))
    return {(f["file"], f["line"]) for f in report["findings"] if f["class"] in ("fault", "environment", "cascade", "optional")}


def pyright(args, farm, root):
    done = subprocess.run([args.pyright, "--outputjson", "--pythonpath", farm.env / "bin" / "python", root], capture_output=True, text=True, cwd=root)
    found = set()
    for row in json.loads(done.stdout)["generalDiagnostics"]:
        if row.get("rule") in ("reportMissingImports", "reportMissingModuleSource") or "unknown import symbol" in row["message"]:
            found.add((os.path.relpath(row["file"], root), row["range"]["start"]["line"] + 1))
    return found


def pylint(args, farm, root):
    packages = sorted(name for name in os.listdir(root) if os.path.exists(os.path.join(root, name, "__init__.py")))
    done = subprocess.run([farm.env / "bin" / "python", "-m", "pylint", "--disable=all", "--enable=import-error,no-name-in-module",
                           "--output-format=json", *packages], capture_output=True, text=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    return {(row["path"], row["line"]) for row in json.loads(done.stdout or "[]")}


def statements(root):
    """First and last line of each import statement, with its guards."""
    done = subprocess.run([sys.executable, worlds.HERE.parent.parent / "tests" / "oracle" / "imports_ast.py", root], capture_output=True, text=True, check=True)
    found = {}
    for line in done.stdout.splitlines():
        row = json.loads(line)
        if "line" in row and "guards" in row:
            found[(row["file"], row["line"])] = set(row["guards"])
    return found


def start_of(place, known):
    """The statement that a line belongs to: tools give the line of the name."""
    file, line = place
    while line > 0 and (file, line) not in known and place[1] - line < 40:
        line -= 1
    return (file, line) if (file, line) in known else None


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--headwater", required=True)
    cli.add_argument("--pyright", required=True)
    args = cli.parse_args()
    farm = worlds.Farm("peers")
    total = collections.Counter()
    for subject, gone, mode in TREES:
        name = next(c[0] for c in measure.cases("all") if c[1:] == (subject, gone, mode))
        rows = {row["module"]: row for row in measure.oraclelib.read_jsonl(worlds.truth_folder() / f"{name}.jsonl")}
        with farm.subject(subject) as root, farm.without(gone, mode) if gone else measure.contextlib.nullcontext():
            known = statements(root)
            said = {tool.__name__: {start_of(place, known) for place in tool(args, farm, root)} - {None} for tool in (headwater, pyright, pylint)}
            met = {start_of(place, known) for place in measure.failing_places(rows) if place} - {None}
            pool = sorted(met.union(*said.values()))
            errors = dict(zip(pool, measure.probe(farm, root, [{"file": file, "line": line} for file, line in pool])))
        harmful = {place for place in pool if errors[place] and not known[place] & HARMLESS}
        total["harmful"] += len(harmful)
        print(f"{name}: {len(known)} statements, {len(harmful)} raise unguarded")
        for tool, places in said.items():
            counts = {"raises": len(places & harmful), "guarded": sum(bool(errors[p]) for p in places - harmful), "false": sum(not errors[p] for p in places)}
            for key, number in counts.items():
                total[f"{tool} {key}"] += number
            print(f"  {tool}: {counts}; first false: {[p for p in sorted(places) if not errors[p]][:3]}; first missed: {sorted(harmful - places)[:3]}", flush=True)
    for tool in ("headwater", "pyright", "pylint"):
        right, wrong = total[f"{tool} raises"] + total[f"{tool} guarded"], total[f"{tool} false"]
        print(f"{tool}: {dict((k.split()[1], v) for k, v in total.items() if k.startswith(tool))} precision {right / max(1, right + wrong):.3f} "
              f"recall {total[f'{tool} raises'] / max(1, total['harmful']):.3f}")


if __name__ == "__main__":
    main()
