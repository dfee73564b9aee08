"""Compares headwater's finder with CPython's own PathFinder over random worlds of packages, modules,
namespace portions, extension modules, bytecode files and links. Nothing of the worlds is run."""
import argparse
import importlib.machinery
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

# Runs in its own interpreter with the world as its whole search path. Parents get an empty module, for
# which nested namespace packages look in sys.modules.
FIND = """
import importlib.machinery, json, sys, types
sys.path[:], names = json.load(sys.stdin)
def find(dotted):
    path, made = None, []
    parts = dotted.split(".")
    for i in range(len(parts)):
        name = ".".join(parts[: i + 1])
        spec = path is not None or i == 0
        spec = spec and importlib.machinery.PathFinder.find_spec(name, path)
        if not spec:
            row = ["missing", name]
            break
        path = spec.submodule_search_locations
        sys.modules[name] = types.ModuleType(name)
        made.append(name)
        if path is not None:
            sys.modules[name].__path__ = path
        row = ["found", spec.origin] if spec.origin else ["namespace", ""]
    for name in made:
        del sys.modules[name]
    return row
json.dump([find(name) for name in names], sys.stdout)
"""
NAMES = ["aa", "bb", "cc", "dd"]
SUFFIXES = [".py"] * 12 + [".pyc", ".pyi", ".txt", ".cpython-27-x86_64-linux-gnu.so"] + importlib.machinery.EXTENSION_SUFFIXES


def populate(folder, depth, rng):
    for name in NAMES:
        for _ in range(rng.choice([0, 0, 1, 1, 2])):
            kind = rng.random()
            if kind < 0.45 and depth < 3:
                inside = folder / name
                if inside.is_symlink() or inside.exists():
                    continue
                inside.mkdir()
                if rng.random() < 0.5:
                    (inside / ("__init__" + rng.choice(SUFFIXES))).touch()
                populate(inside, depth + 1, rng)
            elif kind < 0.9:
                file = folder / (name + rng.choice(SUFFIXES))
                if not file.is_dir():
                    file.touch()
            elif kind < 0.93:
                if not os.path.lexists(folder / (name + ".py")):
                    (folder / (name + ".py")).mkdir()
            else:
                link = folder / (name + rng.choice(["", ".py"]))
                target = rng.choice([*folder.iterdir(), folder / "nowhere"])
                # No loops: a link to a file, to nothing, or to a folder beside it that holds no links.
                if not os.path.lexists(link) and not any(p.is_symlink() for p in [target, *target.rglob("*")]):
                    link.symlink_to(target)


def world(folder, seed):
    rng = random.Random(seed)
    roots = []
    for name in ["one", "two", "three", "site"]:
        roots.append(folder / name)
        roots[-1].mkdir()
        populate(roots[-1], 0, rng)
    there = [file.relative_to(root).with_suffix("").parts for root in roots for file in sorted(root.rglob("*.py"))]
    names = NAMES + [".".join(parts) for parts in there]
    for depth in (2, 3, 4):
        names += {".".join(rng.choice(NAMES) for _ in range(depth)): 0 for _ in range(15)}
    return [str(root) for root in roots], names, rng.choice([-1, 0, 1, 2])


def truth(path, names):
    out = subprocess.run([sys.executable, "-I", "-S", "-c", FIND], input=json.dumps([path, names]),
                         stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(out)


def ours(driver, roots, own, names):
    version = [str(part) for part in sys.version_info[:2]]
    out = subprocess.run([driver, *version, str(own), roots[-1], *roots[:-1]], input="\n".join(names) + "\n",
                         stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = []
    for row in map(json.loads, out.splitlines()):
        if row["outcome"] == "missing":
            rows.append(["missing", row["missing_prefix"]])
        elif row["outcome"] == "namespace-package":
            rows.append(["namespace", ""])
        elif row["outcome"] == "unknown":
            rows.append(["unknown", ""])
        else:
            rows.append(["found", row["target_file"]])
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("driver")
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    compared = unknown = differing = 0
    kinds = {}
    for seed in range(args.seed, args.seed + args.worlds):
        with tempfile.TemporaryDirectory() as folder:
            roots, names, own = world(pathlib.Path(folder).resolve(), seed)
            path = list(roots)
            if own >= 0:
                path.insert(0, path.pop(own))
            for name, theirs, found in zip(names, truth(path, names), ours(args.driver, roots, own, names),
                                           strict=True):
                compared += 1
                kinds[theirs[0]] = kinds.get(theirs[0], 0) + 1
                # What bytecode and extension modules add when they run is not to be known.
                if found[0] == "unknown" and theirs[0] == "missing":
                    unknown += 1
                elif theirs != found:
                    differing += 1
                    if differing <= 10:
                        print(f"seed {seed}: {name}: CPython {theirs}, headwater {found}")
    print(f"{args.worlds} worlds, {compared} names {kinds}, {unknown} unknown, {differing} differ")
    return 1 if differing or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
