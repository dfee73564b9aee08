"""Compares `headwater dump imports FOLDER` with the AST oracle, row for row, over the files that parse."""
import collections
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def rows(command):
    out = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    found, broken = collections.defaultdict(list), set()
    for line in out.splitlines():
        row = json.loads(line)
        if "error" in row:
            broken.add(row["file"])
        else:
            found[row["file"]].append(row)
    return found, broken


def main():
    binary, folder = sys.argv[1:]
    truth, broken = rows([sys.executable, str(HERE.parent / "oracle/imports_ast.py"), folder])
    ours, _ = rows([binary, "dump", "imports", folder])
    count = differing = 0
    for file in sorted((truth.keys() | ours.keys()) - broken):
        count += len(truth[file])
        if truth[file] == ours[file]:
            continue
        differing += 1
        if differing <= 10:
            print(file)
            for row in truth[file]:
                if row not in ours[file]:
                    print("  only CPython  ", json.dumps(row))
            for row in ours[file]:
                if row not in truth[file]:
                    print("  only headwater", json.dumps(row))
    print(f"{count} rows compared, {differing} files differ, {len(broken)} do not parse")
    if differing or not count:
        sys.exit(1)


if __name__ == "__main__":
    main()
