#!/usr/bin/env python3
"""What `headwater check --at REV` says of a commit is what `headwater check` says where it is checked out.

A repository gets a history of random edits (see edits.py). Every commit is audited out of git's objects, in a random order
and with a cache, then checked out and audited without one; the reports must be the same bytes.
"""

import argparse
import os
import pathlib
import random
import sys
import tempfile

import edits


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("headwater", type=os.path.abspath)
    parser.add_argument("--commits", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    environment = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "CONDA_PREFIX")}
    differences = 0
    with tempfile.TemporaryDirectory(prefix="headwater-commits-") as folder:
        base = pathlib.Path(folder)
        environment["XDG_CACHE_HOME"] = str(base / "cache")
        tree = edits.Tree(base / "repo", rng)
        tree.root.mkdir()
        tree.make()
        while len(tree.commits) < options.commits:
            for _ in range(rng.randrange(1, 6)):
                tree.edit()
            tree.commit()
        if (tree.root / ".venv-off").exists():
            tree.environment()
        for number, commit in enumerate(rng.sample(tree.commits, len(tree.commits))):
            command = ["check", "--output-format", "json"] + rng.choice([[], ["--deep"]])
            at = edits.run(options.headwater, command, ["--at", commit], tree.root, environment)
            tree.git("checkout", "-q", "-f", commit)
            tree.git("clean", "-f", "-d", "-x", "-q", "-e", ".venv", "-e", ".venv-off")
            out = edits.run(options.headwater, command, ["--no-cache"], tree.root, environment)
            if at != out:
                differences += 1
                print(f"seed {options.seed} commit {number} {commit}: differs from what is checked out")
                for name, one, other in zip(("code", "out", "err"), at, out):
                    if one != other:
                        print(f"  {name}: at   ...{edits.around(one, other)}\n  {name}: out  ...{edits.around(other, one)}")
    print(f"{options.commits} commits, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
