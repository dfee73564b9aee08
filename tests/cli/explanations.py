#!/usr/bin/env python3
"""Builds the example that `headwater explain CODE` prints, for every code, and runs the command below it: the finding has to be on the line
that the example marks. docs/codes.md has to list the same codes with the same classes."""
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

SITE = ".venv/lib/python3.12/site-packages"
DOCS = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "codes.md"


def run(command, **options):
    clean = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "CONDA_PREFIX")}
    return subprocess.run(command, capture_output=True, text=True, env=clean, timeout=60, check=False, **options)


def distribution(name, version, required):
    metadata = [f"Name: {name}", f"Version: {version}"] + [f"Requires-Dist: {required}"] * bool(required)
    return {f"{{env}}/{name}-{version}.dist-info/METADATA": metadata,
            f"{{env}}/{name}-{version}.dist-info/RECORD": [f"{name}/__init__.py,,"], f"{{env}}/{name}/__init__.py": []}


def parts_of(text):
    """Files with their lines, and the command."""
    files, command = {}, None
    lines = text[text.index("\nexample\n") + 9:text.index("\nwhat to do\n")].splitlines()
    for line in filter(None, lines):
        if line.startswith("  $ "):
            command = shlex.split(line[4:])
        elif line.startswith("  installed: "):
            files.update(distribution(*re.fullmatch(r"(\w+) (\w+)(?:, requires (\w+))?", line[13:]).groups()))
        elif line.startswith("    "):
            list(files.values())[-1].append(line[4:])
        else:
            files[line[2:]] = []
    return files, command


def build(files, root):
    marked = []
    for name, lines in files.items():
        path = root / name.replace("{env}", SITE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(line + "\n" for line in lines))
        for number, line in enumerate(lines, 1):
            code = re.search(r"# (HW\d+)$", line)
            if code:
                marked.append((name, number, code.group(1)))
    if any(name.startswith("{env}") for name in files):
        (root / ".venv/pyvenv.cfg").write_text("home = /opt/python-of-the-example/bin\nversion_info = 3.12.4\n")
    return marked


def check(binary, code):
    text = run([binary, "explain", code]).stdout
    with tempfile.TemporaryDirectory() as folder:
        files, command = parts_of(text)
        marked = build(files, pathlib.Path(folder))
        assert command[:2] == ["headwater", "check"], command
        done = run([binary, *command[1:], "--output-format", "jsonl"], cwd=folder)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        seen = [(row["file"], row["line"], row["code"]) for row in found if row.get("code") == code]
    if len(marked) != 1 or seen != marked:
        print(f"{code}: the example marks {marked}, found {seen or [row.get('code') for row in found]} {done.stderr}")
        return False
    return True


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    listed = dict(re.findall(r"^(HW\d+)  (\w+)", run([binary, "explain"]).stdout, re.MULTILINE))
    documented = dict(re.findall(r"^\| (HW\d+) \| (\w+)", DOCS.read_text(), re.MULTILINE))
    wrong = [code for code in listed if not check(binary, code)]
    if listed != documented:
        print("docs/codes.md differs:", sorted(set(listed.items()) ^ set(documented.items())))
    print(f"{len(listed)} codes, {len(wrong)} examples wrong")
    return 1 if wrong or listed != documented or not listed else 0


if __name__ == "__main__":
    sys.exit(main())
