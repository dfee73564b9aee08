"""Compares the walk with git on random trees with random ignore files.

    ignore.py DRIVER [--trees N] [--seed S] [--keep FOLDER]

DRIVER prints the source files below a folder, NUL after each. The truth is `git ls-files --others --exclude-standard`
in a fresh repository with nothing committed and without the user's own ignore file. Every file is a `.py`, so the
kind of a file decides nothing; folder names avoid those that headwater skips by rule.
"""

import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

NAMES = ["a", "b", "ab", "abc", "foo", "bar", "a.b", "a b", "x-y", "[a]", "a]", "#c", "!d", "e ", "*", "a*b", "\\g",
         "-", "B", "7", "é", "\udcff"]
ENDS = [".py", ".py", ".py", "_x.py", " .py", "].py"]
GIT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C.UTF-8"}
PIECES = ["a", "b", "c", "*", "**", "***", "?", "[ab]", "[!a]", "[^b]", "[a-c]", "[]a]", "[!]a]", "[a-]", "[[:alpha:]]",
          "[[:digit:][:punct:]]", "[[:nope:]]", "[[:a]", "[[:]", "[a\\-z]", "[z-a]", "[\\]]", "[", "]", "\\", "\\*", "\\?",
          "\\[", "\\ ", " ", "#", "!", "-", ".", ".py", "*.py", "foo", "bar", "[a", "[!", "é", "?.py", "/", "**/", "/**"]


def random_pattern(rng, paths):
    shape = rng.random()
    if shape < 0.45 and paths:
        pattern = derived_pattern(rng, rng.choice(paths))
    else:
        pattern = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 5)))
    if rng.random() < 0.25:
        pattern = "/" + pattern
    if rng.random() < 0.3:
        pattern += "/"
    if rng.random() < 0.3:
        pattern = "!" + pattern
    if rng.random() < 0.08:
        pattern += rng.choice([" ", "  ", "\\ ", "\\  ", "\\\\ ", "\t", "\\", "\r"])
    return pattern


def derived_pattern(rng, path):
    """A pattern that is likely to match: parts of a path that exists, some of them replaced by globs."""
    parts = path.split("/")
    begin = rng.randrange(len(parts))
    parts = parts[begin:rng.randint(begin + 1, len(parts))]
    out = []
    for part in parts:
        roll = rng.random()
        if roll < 0.2:
            part = rng.choice(["*", "**", "?" * len(part), "*.py", "**a", "a**"])
        elif roll < 0.35:
            at = rng.randrange(len(part))
            part = part[:at] + rng.choice(["*", "?", "**", "[" + part[at] + "]", "[!q]", "\\" + part[at]]) + part[at + 1:]
        elif roll < 0.45:
            part = part[:rng.randrange(len(part)) + 1] + rng.choice(["*", "**"])
        out.append(part)
    return rng.choice(["", "", "", "**/", "*/", "/**/"]) + "/".join(out) + rng.choice(["", "", "", "", "/**", "/*"])


def make_tree(rng, top):
    folders, files = [""], []
    for _ in range(rng.randint(2, 10)):
        parent = rng.choice(folders)
        if parent.count("/") < 5:
            folders.append(parent + rng.choice(NAMES) + "/")
    folders = sorted(set(folders))
    for folder in folders:
        (top / folder).mkdir(parents=True, exist_ok=True)
        for _ in range(rng.randint(0, 4)):
            name = rng.choice(NAMES) + rng.choice(ENDS)
            (top / (folder + name)).write_text("")
            files.append(folder + name)
    known = files + [folder.rstrip("/") for folder in folders[1:]]
    places = [".git/info/exclude"] + [folder + ".gitignore" for folder in folders]
    for place in places:
        if rng.random() < (0.3 if place != ".gitignore" else 0.9):
            write_rules(rng, top / place, known)
    return folders


def write_rules(rng, path, known):
    lines = [random_pattern(rng, known) for _ in range(rng.randint(1, 5))]
    lines += rng.choice([[], [], ["# comment"], [""]])
    end = rng.choice(["\n", "\n", "\n", "\r\n"])
    text = end.join(lines) + rng.choice(["", end])
    data = text.encode("utf-8", "surrogateescape")
    path.write_bytes((b"\xef\xbb\xbf" if rng.random() < 0.05 else b"") + data)


def listed(command, folder):
    out = subprocess.run(command, cwd=folder, env=GIT, stdout=subprocess.PIPE, check=True).stdout
    return sorted(set(name for name in out.split(b"\0") if name.endswith(b".py")))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("driver")
    parser.add_argument("--trees", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, help="where to leave the first tree that differs")
    options = parser.parse_args()
    driver = os.path.abspath(options.driver)
    ignored = compared = differing = 0
    for number in range(options.trees):
        rng = random.Random(f"{options.seed}:{number}")
        with tempfile.TemporaryDirectory() as folder:
            top = pathlib.Path(folder)
            subprocess.run(["git", "init", "-q", folder], env=GIT, check=True)
            folders = make_tree(rng, top)
            # git lists a subfolder from within it, so the rules above it hold.
            start = top / rng.choice(["", "", rng.choice(folders)])
            truth = listed(["git", "ls-files", "-z", "--others", "--cached", "--exclude-standard"], start)
            ours = listed([driver, "."], start)
            everything = sum(1 for _ in start.rglob("*.py"))
            hidden = start != top and not truth and ours  # PATH itself is ignored: it was asked for, so it is audited
            compared += everything
            ignored += everything - len(truth)
            if truth != ours and not hidden:
                differing += 1
                print(f"tree {options.seed}:{number} from {start.relative_to(top)}")
                print("  only git:", sorted(set(truth) - set(ours))[:5])
                print("  only headwater:", sorted(set(ours) - set(truth))[:5])
                if options.keep and not options.keep.exists():
                    shutil.copytree(top, options.keep, symlinks=True)
    print(f"{options.trees} trees, {compared} files, {ignored} ignored by git: {differing} trees differ")
    return 1 if differing or not ignored else 0


if __name__ == "__main__":
    sys.exit(main())
