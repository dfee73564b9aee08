#!/usr/bin/env python3
"""What `_target_` leads to, against Python: a tree of packages and a tree of Hydra's configurations are generated, and for each target a
new process imports it as Hydra does (hydra._internal.utils._locate: part by part, an attribute before a submodule). What headwater
says to be there has to be found, unless its module fails to import; what it says to be missing has to be missing. What it leaves
unknown is counted, and may not be more than is allowed; so are the targets that fail and of which it says nothing.
"""
import argparse
import collections
import importlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import types

NAMES = ["alpha", "beta", "gamma", "delta", "omega", "kappa"]
CLASSES = ["Net", "Loader", "Head", "Store", "Plan"]
METHODS = ["build", "load", "run", "make"]


class Tree:
    def __init__(self, root, rng):
        self.root, self.rng = root, rng
        self.modules = []  # dotted names

    def make(self):
        for top in ("shop", "lab"):
            self.package(top, depth=0)
        for name in self.modules:
            path = self.root / name.replace(".", "/")
            file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            if path.is_dir() and self.rng.random() < 0.15 and name.count(".") == 1:
                continue  # a namespace package
            file.write_text(self.source(name))
        (self.root / "train.py").write_text("import hydra\n")

    def package(self, name, depth):
        (self.root / name.replace(".", "/")).mkdir(parents=True)
        self.modules.append(name)
        for child in self.rng.sample(NAMES, 3):
            if depth < 2 and self.rng.random() < 0.45:
                self.package(f"{name}.{child}", depth + 1)
            else:
                self.modules.append(f"{name}.{child}")

    def source(self, name):
        rng = self.rng
        lines = []
        for _ in range(rng.randrange(3)):
            other = rng.choice(self.modules)
            if name == other or name.startswith(other + ".") or other.startswith(name + "."):
                continue
            # Only what comes later in the list: no cycles, which are the business of others.
            if self.modules.index(other) < self.modules.index(name):
                continue
            lines.append(rng.choice([f"import {other}", f"import {other} as taken", f"from {other} import *", "import os.path",
                                     f"try:\n    from {other} import Net as Other\nexcept ImportError:\n    Other = None"]))
        for kind in rng.sample(CLASSES, rng.randrange(1, 4)):
            lines += self.klass(kind, "")
        lines += rng.sample(["def make(): pass", "value = 3", "from json import JSONDecoder as Decoder", "TABLE = {'a': 1}",
                             "globals()['made'] = 1" if rng.random() < 0.2 else "pass",
                             "def __getattr__(name):\n    if name == 'served': return 1\n    raise AttributeError(name)" if rng.random() < 0.2 else "pass",
                             "class Child(Net): pass" if any("class Net" in line for line in lines) else "pass",
                             "Alias = int", "raise RuntimeError('no')" if rng.random() < 0.1 else "pass",
                             "import nowhere" if rng.random() < 0.1 else "pass"], 3)
        return "\n".join(lines) + "\n"

    def klass(self, name, indent):
        rng = self.rng
        decorator = [f"{indent}@(lambda c: c)"] if rng.random() < 0.1 else []
        base = rng.choice(["", "", "(object)", "(dict)", "(metaclass=type)"])
        lines = decorator + [f"{indent}class {name}{base}:"]
        lines += [f"{indent}    def {method}(self): self.late = 1" for method in rng.sample(METHODS, 2)]
        lines.append(f"{indent}    size: int = 3")
        lines.append(f"{indent}    bare: int")
        if not indent and rng.random() < 0.5:
            lines += self.klass("Inner", "    ")
        return lines

    def target(self):
        rng = self.rng
        parts = [rng.choice(self.modules)]
        last = ["Inner", "Decoder", "served", "made", "Child", "taken", "Other", "value", "TABLE", "os", "gone"]
        parts += rng.sample(CLASSES + last + NAMES, 1) if rng.random() < 0.95 else []
        if rng.random() < 0.35:
            parts.append(rng.choice(METHODS + ["Inner", "size", "bare", "late", "keys", "gone", "path"]))
        if rng.random() < 0.1:
            parts.append(rng.choice(METHODS + ["join", "gone"]))
        return ".".join(parts)


def write_configurations(root, rng, targets):
    """The targets in files of groups, written in the ways that YAML has. Gives each one's place."""
    expected = {}
    conf = root / "conf"
    conf.mkdir()
    (conf / "config.yaml").write_text("defaults:\n  - _self_\nroots:\n  shop: shop\n  lab: lab\n")
    for number in range(0, len(targets), 10):
        group = conf / f"group{number // 100}"
        group.mkdir(exist_ok=True)
        path = group / f"file{number}.yaml"
        lines = []
        for i, target in enumerate(targets[number:number + 10]):
            top, _, rest = target.partition(".")
            way = rng.randrange(5)
            if way == 0:
                lines.append(f"a{i}: {{_target_: {target}, x: 1}}")
            elif way == 1:
                lines += [f"a{i}:", f"  - _target_: '{target}'"]
            elif way == 2 and rest:
                lines += [f"a{i}:", f'  _target_: "${{roots.{top}}}.{rest}"']
            elif way == 3:
                lines += [f"a{i}:", f"  name{i}: {target}", f"  _target_: ${{.name{i}}}"]
            else:
                lines += [f"a{i}: &anchor{i}", f"  _target_: {target}"]
            expected[(path.relative_to(root).as_posix(), len(lines))] = target
        path.write_text("\n".join(lines) + "\n")
    return expected


def locate(path):
    """As hydra does; gives what came of it."""
    parts = path.split(".")
    try:
        found = importlib.import_module(parts[0])
    except Exception as error:  # noqa: BLE001: whatever the module raises
        return "missing" if missing(error, parts[0]) else "fails"
    for at in range(1, len(parts)):
        name = ".".join(parts[:at + 1])
        try:
            found = getattr(found, parts[at])
            continue
        except AttributeError:
            if not isinstance(found, types.ModuleType):
                return "missing"
        except Exception:  # noqa: BLE001
            return "fails"
        try:
            found = importlib.import_module(name)
        except Exception as error:  # noqa: BLE001
            return "missing" if missing(error, name) else "fails"
    return "there"


def missing(error, name):
    return isinstance(error, ModuleNotFoundError) and error.name == name


def truth(root, targets):
    """Each in a process of its own, which has imported nothing of the tree."""
    sys.path.insert(0, str(root))
    outcomes = {}
    for target in sorted(set(targets)):
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.write(writer, locate(target).encode())
            os._exit(0)
        os.close(writer)
        outcomes[target] = os.read(reader, 16).decode()
        os.close(reader)
        os.wait()
    sys.path.pop(0)
    return outcomes


def main():
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("headwater", type=os.path.abspath)
    cli.add_argument("--targets", type=int, default=2000)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--min-recall", type=float, default=70, help="percent of the missing targets that have to be said")
    args = cli.parse_args()
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory(prefix="headwater-targets-") as folder:
        root = pathlib.Path(folder)
        tree = Tree(root, rng)
        tree.make()
        expected = write_configurations(root, rng, [tree.target() for _ in range(args.targets)])
        said = subprocess.run([args.headwater, "dump", "strings", str(root), "--env", "none", "--python-version", "3.11"],
                              capture_output=True, text=True, check=True)
        rows = {(row["file"], row["line"]): row for row in map(json.loads, said.stdout.splitlines()) if row["reader"] == "hydra"}
        outcomes = truth(root, expected.values())
        counts, wrong = collections.Counter(), 0
        for place, target in expected.items():
            row = rows.get(place)
            state = row["state"] if row else "not read"
            if "." not in target:
                continue  # a module alone is no object
            counts[(outcomes[target], state)] += 1
            is_wrong = state == "not read" or (state == "there" and outcomes[target] == "missing") or (
                state in ("no-module", "no-attribute") and outcomes[target] == "there")
            if row and row["name"] != target:
                is_wrong = True
            wrong += is_wrong
            if is_wrong and wrong <= 20:
                print(f"{place[0]}:{place[1]} {target}: {outcomes[target]}, said {state} {row and (row['missing'], row['name'])}")
        total = sum(counts.values())
        absent = sum(count for (outcome, _), count in counts.items() if outcome == "missing")
        found = sum(count for (outcome, state), count in counts.items() if outcome == "missing" and state.startswith("no-"))
        recall = 100 * found / max(absent, 1)
        print(f"{total} targets, {wrong} wrong; {found} of {absent} missing ones are said ({recall:.1f}%)")
        for (outcome, state), count in sorted(counts.items()):
            print(f"  {outcome:8} said {state:12} {count}")
    return 1 if wrong or recall < args.min_recall or total < args.targets // 2 else 0


if __name__ == "__main__":
    sys.exit(main())
