#!/usr/bin/env python3
"""What `headwater check --at REV` says of a commit is what `headwater check` says where it is checked out.

A repository gets a history of random edits (see edits.py). Every commit is audited out of git's objects, in a random order
and with a cache, then checked out and audited without one; the reports must be the same bytes.
"""

import argparse
import json
import os
import pathlib
import random
import sys
import tempfile

import edits


def report(headwater, tree, arguments, environment):
    done = edits.run(headwater, ["check", "--output-format", "json"], arguments, tree.root, environment)
    return json.loads(done[1]) if done[0] in (0, 1) else None


def check_out(tree, commit):
    """Without the index: git does not see a file that was rewritten with its size within a second, and leaves it."""
    (tree.root / ".git/index").unlink(missing_ok=True)
    tree.git("reset", "-q", "--hard", commit)
    tree.git("clean", "-f", "-d", "-x", "-q", "-e", ".venv", "-e", ".venv-off")


def compare_change(headwater, tree, commit, before, environment):
    """`commit` is checked out. What --changed calls new is what a baseline of `before` does not have, and --affected names
    every module that fails in one of them only."""
    baseline = tree.root / "headwater-baseline.txt"
    check_out(tree, before)
    old = report(headwater, tree, ["--no-cache"], environment)
    made = edits.run(headwater, ["baseline", "create"], [], tree.root, environment)[0]
    text = baseline.read_bytes() if baseline.exists() else None
    baseline.unlink(missing_ok=True)
    check_out(tree, commit)
    if made != 0 or text is None or old is None:
        return 0
    changed = report(headwater, tree, [f"--changed={before}"], environment)
    reached = edits.run(headwater, ["check", f"--changed={before}", "--affected"], [], tree.root, environment)[1]
    baseline.write_bytes(text)
    known = report(headwater, tree, ["--no-cache"], environment)
    baseline.unlink()
    if changed is None or known is None:
        return 0
    status = [{(row["file"], row["line"], row["code"], row["status"]) for row in each["findings"]} for each in (changed, known)]
    failing = [{module for cause in each["causes"] for module in cause["blocks"]["modules"]} for each in (old, known)]
    missed = (failing[1] - failing[0]) - set(reached.decode().splitlines())
    missed = {module for module in missed if f"{module.replace('.', '/')}.py" not in reached.decode().splitlines()}
    if tree.git("diff", "--name-only", before, commit, "--", "pyproject.toml"):
        missed = set()  # settings may rename every module, which no import shows
    if status[0] == status[1] and not missed:
        return 0
    print(f"{before} to {commit}: {sorted(status[0] ^ status[1])[:4]}; not reached: {sorted(missed)[:4]}")
    return 1


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("headwater", type=os.path.abspath)
    parser.add_argument("--commits", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    differences = 0
    with tempfile.TemporaryDirectory(prefix="headwater-commits-") as folder:
        base = pathlib.Path(folder)
        environment = edits.environment_with_cache(base)
        tree = edits.Tree(base / "repo", rng)
        tree.root.mkdir()
        tree.make()
        while len(tree.commits) < options.commits:
            for _ in range(rng.randrange(1, 6)):
                tree.edit()
            tree.commit()
        if (tree.root / ".venv-off").exists():
            tree.environment()
        # With a part of an environment in a commit, what is left of the rest on the disk makes it one.
        tree.commits = [commit for commit in tree.commits if not tree.git("ls-tree", commit, ".venv-off")]
        for number, commit in enumerate(rng.sample(tree.commits, len(tree.commits))):
            command = ["check", "--output-format", "json"] + rng.choice([[], ["--deep"]])
            at = edits.run(options.headwater, command, ["--at", commit], tree.root, environment)
            check_out(tree, commit)
            out = edits.run(options.headwater, command, ["--no-cache"], tree.root, environment)
            if at != out:
                differences += 1
                print(f"seed {options.seed} commit {number} {commit}: differs from what is checked out")
                for name, one, other in zip(("code", "out", "err"), at, out):
                    if one != other:
                        print(f"  {name}: at   ...{edits.around(one, other)}\n  {name}: out  ...{edits.around(other, one)}")
            differences += compare_change(options.headwater, tree, commit, rng.choice(tree.commits), environment)
    print(f"{options.commits} commits, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
