#!/usr/bin/env python3
"""Repairs the random worlds of the import oracle as headwater's plan says, and asks CPython again after each step.

What a repair brings has any name that is asked of it: headwater says no more of a distribution or module that is not there. A step is exact if
CPython then imports just the modules that the plan said. What a person would have to think about (module-level code that raises, a name clash)
is not done here: the plan is followed up to there.
"""
import argparse
import ast
import collections
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "oracle")]
import import_truth  # noqa: E402
import import_worlds  # noqa: E402
import reference_predictor  # noqa: E402

# Serves every name, as a class that does whatever is done with it. A star takes nothing from it.
ANYTHING = '''
class _Meta(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _made(name)
    def __iter__(cls):
        return iter(())
    def __getitem__(cls, key):
        return _made("item")
    def __or__(cls, other):
        return _made("either")
    __ror__ = __or__
class _Anything(metaclass=_Meta):
    def __init__(self, *args, **kwargs):
        pass
    def __call__(self, *args, **kwargs):
        return args[0] if args else self
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self
def _made(name):
    return _Meta(name, (_Anything,), {})
'''
MODULE = ANYTHING + '''
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _made(name)
'''


class World:
    def __init__(self, folder, seed, size, hard):
        self.folder = folder
        import_worlds.Gen(seed, size, hard).write(str(folder))
        world = json.loads((folder / "world.json").read_text())
        self.roots, self.sites = ([folder / name for name in world[key]] for key in ("roots", "sites"))
        self.modules = sorted(set(import_truth.all_modules([str(root) for root in self.roots])))

    def failing(self):
        there = sorted(set(self.modules) & set(import_truth.all_modules([str(root) for root in self.roots])))
        rows = import_truth.run([str(root) for root in self.roots], [str(site) for site in self.sites], there)
        return {row["module"] for row in rows if not row["ok"]}

    def report(self, headwater):
        places = [word for root in self.roots for word in ("--root", str(root))] + [word for site in self.sites for word in ("--site", str(site))]
        places += [word for folder in reference_predictor.stdlib_path() for word in ("--stdlib", folder)]
        command = [*shlex.split(headwater), "check", str(self.folder), "--deep", "--no-ignore", "--output-format", "json", *places]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"{shlex.join(command)}: {done.stderr}")
        return json.loads(done.stdout)

    def path(self, module):
        """Where a module is or would be: beside the parts of its package that are there."""
        parts = module.split(".")
        for root in self.roots + self.sites:
            for path in (root.joinpath(*parts, "__init__.py"), root.joinpath(*parts).with_suffix(".py")):
                if path.exists():
                    return path
        homes = [root for root in self.roots + self.sites if root.joinpath(*parts[:-1]).is_dir() or len(parts) == 1]
        return (homes or self.roots)[0].joinpath(*parts).with_suffix(".py")

    def asked_below(self, top):
        """The dotted names below a top-level one that the world's sources write."""
        found = {top}
        for root in self.roots + self.sites:
            for path in root.rglob("*.py"):
                found.update(re.findall(rf"\b{re.escape(top)}(?:\.\w+)*", path.read_text()))
        return found

    def install(self, name, home):
        """As packages all the way down, so that whatever is below it can be imported."""
        for dotted in sorted(self.asked_below(name)):
            folder = home.joinpath(*dotted.split("."))
            if folder.with_suffix(".py").exists():
                continue
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / "__init__.py").exists():
                (folder / "__init__.py").write_text(MODULE)

    def make_package(self, module):
        """Lets a module have submodules, and everything in it stand where it stood."""
        path = self.path(module)
        if module and path.name != "__init__.py" and path.exists() and "__path__" not in path.read_text():
            lines = path.read_text().splitlines()
            first = next((i for i, line in enumerate(lines) if line.startswith("from __future__")), None)
            path_line = f"__path__ = [{str(path.with_suffix(''))!r}]"
            if first is None:
                lines[0] = f"{path_line}; {lines[0]}"
            else:
                lines[first] += f"; {path_line}"
            path.write_text("".join(line + "\n" for line in lines))

    def repair(self, cause):
        """False: that is not for a program."""
        kind, subject = cause["kind"], cause["subject"]
        if kind == "missing-distribution":
            for name in import_worlds.DISTS:
                if subject in (name, name.split(".")[0], import_worlds.DISTS[name]):
                    self.install(name, self.sites[0])
                    return True
            self.install(subject, self.sites[0])
        elif kind == "unknown-module":
            self.install(subject, self.sites[0])
        elif kind == "missing-module":
            above = subject.rpartition(".")[0]
            self.make_package(above)
            home = self.path(subject)
            for _ in subject.split("."):
                home = home.parent
            self.install(subject, home)
        elif kind == "missing-symbol":
            module, _, name = subject.rpartition(".")
            path = self.path(module)
            if not path.exists():
                return False
            with open(path, "a", encoding="utf-8") as handle:
                handle.write(f"\n{ANYTHING}\n{name} = _made({name!r})\n")
        elif kind == "syntax-error":
            (self.folder / cause["sites"][0]["file"]).write_text(MODULE)
        elif kind in ("fatal-cycle", "raises", "relative-import"):
            return self.rewrite(cause)
        else:
            return False
        return True

    def rewrite(self, cause):
        """The statements that the cause names, in as many lines as before, so that other places stay true. False: not of this world."""
        text = cause["fix"]["text"]
        place = re.search(r"imports? at (\S+):(\d+(?:, \d+)*)", text)
        sites = [(place.group(1), int(line)) for line in place.group(2).split(", ")] if place else [(site["file"], site["line"]) for site in cause["sites"]]
        if not all((self.folder / file).resolve().is_relative_to(self.folder.resolve()) for file, _ in sites):
            return False  # the library of the interpreter that runs this
        for file, line in sites:
            path = self.folder / file
            lines = path.read_text().splitlines()
            holds = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno]
            statement = min(holds, key=lambda node: (node.end_lineno - node.lineno, -node.col_offset))
            head = lines[line - 1][:statement.col_offset]
            names = [name.asname or name.name.split(".")[0] for name in getattr(statement, "names", [])]
            names += [node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
            stub = "; ".join([f"{name} = type('{name}', (), {{}})" for name in names if isinstance(name, str)] or ["pass"])
            if text.startswith("move") and "function" in text:
                stub = f"def moved_{line}(): {lines[line - 1][statement.col_offset:]}"
            lines[statement.lineno - 1:statement.end_lineno] = [head + stub] + [""] * (statement.end_lineno - statement.lineno)
            path.write_text("".join(each + "\n" for each in lines))
        return True


def follow(world, headwater, kinds):
    """Failing modules that the plan is about, steps that were exact, and what was off at the first one that was not."""
    report = world.report(headwater)
    causes = {cause["id"]: cause for cause in report["causes"]}
    failing = world.failing()
    said = {module for cause in report["causes"] for module in cause["blocks"]["modules"]}
    if said - failing:
        return len(failing), 0, [f"said to fail and imports {sorted(said - failing)}"]
    # Of what headwater leaves undecided the plan says nothing.
    kinds["undecided modules"] += len(failing - said)
    undecided, failing = failing - said, said
    exact = 0
    found = len(failing)
    # headwater counts modules of one name in two roots twice, CPython has but the first of them.
    has_twins = report["plan"] and sum(report["plan"][0][key] for key in ("unblocks", "remaining")) != found
    for number, step in enumerate(report["plan"], 1):
        cause = causes[step["cause"]]
        if not world.repair(cause):
            kinds[f"ended at {cause['kind']}"] += 1
            break
        still = world.failing() - undecided
        freed = failing - still
        left = {module for other in report["plan"][number:] for module in causes[other["cause"]]["blocks"]["modules"]}
        counts_differ = not has_twins and (len(freed), len(still)) != (step["unblocks"], step["remaining"])
        if counts_differ or still != left:
            return found, exact, [f"{step}: early {sorted(left - still)}, still failing {sorted(still - left)}"]
        failing = still
        exact += 1
    return found, exact, []


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("headwater")
    cli.add_argument("--seeds", default="1-10", metavar="A-B")
    cli.add_argument("--modules", type=int, default=60)
    cli.add_argument("--hard", action="store_true")
    cli.add_argument("--max-off", type=int, default=0, metavar="N", help="so many worlds may differ")
    args = cli.parse_args()
    sys.setrecursionlimit(20000)
    first, last = (int(part) for part in args.seeds.split("-"))
    failing = steps = wrong = 0
    kinds = collections.Counter()
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as place:
            found, exact, errors = follow(World(pathlib.Path(place), seed, args.modules, args.hard), args.headwater, kinds)
        failing, steps, wrong = failing + found, steps + exact, wrong + bool(errors)
        for error in errors:
            print(f"seed {seed}: {error}")
    print(f"{last - first + 1} worlds, {failing} failing modules, {steps} repairs exact; {wrong} worlds differ from CPython; {dict(kinds)}")
    sys.exit(wrong > args.max_off or steps == 0)


if __name__ == "__main__":
    main()
