#!/usr/bin/env python3
"""Audits the small trees beside this file and compares what is found with what their sources expect.

A case is a folder `<topic>/<rule>/`. A line of a file that ends in `# expect: HW101` (several: `HW101 HW111`) must give
exactly these findings, every other line none; `HW101(unknown)` also says of which class. Cascades (HW141) count only in a case that expects one. `case.toml` may give `arguments = [...]` for the command line. `tree = "../other"` takes the tree of another case. A case with
a `.venv` is judged by it, another one by the standard library of 3.12 alone.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
MARKER = re.compile(rb"#\s*expect:\s*((?:HW\d+(?:\(\w+\))?[ ,]*)+)\s*$")


def expected(case):
    found = []
    for path in sorted(case.rglob("*")):
        if path.suffix in (".ipynb", ".so") or not path.is_file() or ".venv" in path.parts:
            continue
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            marker = MARKER.search(line)
            for code, of_class in re.findall(rb"(HW\d+)(?:\((\w+)\))?", marker.group(1)) if marker else ():
                found.append((path.relative_to(case).as_posix(), number, code.decode(), of_class.decode()))
    for path in case.rglob("*.ipynb"):
        found += expected_of_notebook(path, path.relative_to(case).as_posix())
    return sorted(found)


def expected_of_notebook(path, name):
    cells = [cell["source"] for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    for cell, source in enumerate(cells, 1):
        text = source if isinstance(source, str) else "".join(source)
        for number, line in enumerate(text.encode().splitlines(), 1):
            marker = MARKER.search(line)
            for code, of_class in re.findall(rb"(HW\d+)(?:\((\w+)\))?", marker.group(1)) if marker else ():
                yield f"{name}:cell {cell}", number, code.decode(), of_class.decode()


def settings(case):
    """The tree of a case and the arguments for it."""
    file = case / "case.toml"
    given = tomllib.loads(file.read_text()) if file.exists() else {}
    extra = given.pop("arguments", [])
    tree = (case / given.pop("tree", ".")).resolve()
    if given:
        sys.exit(f"{file}: unknown keys {sorted(given)}")
    if not any(word.startswith("--env") for word in extra) and not (tree / ".venv").exists():
        extra = extra + ["--env", "none", "--python-version", "3.12"]
    return tree, extra


def seen(binary, tree, arguments):
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "CONDA_PREFIX")}
    command = [str(binary), "check", ".", "--output-format", "jsonl", *arguments]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, timeout=60)
    if done.returncode not in (0, 1):
        return None, f"exit code {done.returncode}: {done.stderr.decode(errors='replace')}"
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    rows = [row for row in rows if row["status"] != "suppressed"]
    for row in rows:
        row["file"] += f":cell {row['cell']}" if row["cell"] else ""
    messages = {(row["file"], row["line"], row["code"]): (row["message"], row["class"]) for row in rows}
    return sorted((row["file"], row["line"], row["code"]) for row in rows), messages


def check(binary, case):
    tree, arguments = settings(case)
    marked = expected(tree)
    got, messages = seen(binary, tree, arguments)
    want = [row[:3] for row in marked]
    if got is not None and not any(row[2] == "HW141" for row in want):
        got = [row for row in got if row[2] != "HW141"]
    for row in marked if got == want else ():
        of_class = messages[row[:3]][1]
        if row[3] not in ("", of_class):
            print(f"{case.relative_to(HERE)}:\n  {row[0]}:{row[1]} {row[2]} is {of_class}")
            return False
    if got == want:
        return True
    print(f"{case.relative_to(HERE)}:")
    if got is None:
        print(f"  {messages}")
        return False
    for row in [row for row in want if row not in got]:
        print(f"  not found   {row[0]}:{row[1]} {row[2]}")
    for row in [row for row in got if row not in want]:
        print(f"  unexpected  {row[0]}:{row[1]} {row[2]} {messages[row][0]}")
    if sorted(set(got)) == sorted(set(want)):
        print("  the same finding is there more than once")
    return False


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("headwater", type=pathlib.Path)
    cli.add_argument("cases", nargs="*", type=pathlib.Path, help="folders; all, if none is given")
    args = cli.parse_args()
    cases = [path.resolve() for path in args.cases] or sorted(path for path in HERE.glob("*/*") if path.is_dir() and path.parent.name != "__pycache__")
    failed = sum(not check(args.headwater.resolve(), case) for case in cases)
    print(f"{len(cases)} cases, {failed} failed")
    sys.exit(1 if failed or not cases else 0)


if __name__ == "__main__":
    main()
