#!/usr/bin/env python3
"""Checks the counts of `check` and `plan` against CPython by really repairing.

For each seed a small repository is made: packages and modules that import each other, some in cycles, guarded or in functions, and a few
causes that many of them meet: distributions that are not installed, modules and names that do not exist, files that do not compile. Every
other one has rings of `from` imports, which fail from some of their members.
- What `check` counts as failing is what CPython fails to import.
- Each step of the plan is done in the repository, in the order of the plan. After each, CPython imports exactly the modules that the plan said
  would import, and what still fails is what the plan left.
  A guard lets the SyntaxError of a target through and catches its other causes: a repair may then even break a module (docs/limits.md). So a
  repository has guards or files that do not compile; with --mixed both.
- `plan --install X` and `plan --delete FILE` say what CPython says once that is done.
"""
import argparse
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))
import import_truth  # noqa: E402

VERSION = "{}.{}".format(*sys.version_info)
DISTRIBUTIONS = ["paykit", "quickjson", "tidewire"]


class World:
    def __init__(self, folder, seed, mixed, rings):
        self.has_guards, self.has_broken = mixed or seed % 2 == 0, mixed or seed % 2 == 1
        self.folder, self.random = folder, random.Random(seed)
        self.root, self.site = folder / "repository", folder / "env" / "lib" / f"python{VERSION}" / "site-packages"
        self.site.mkdir(parents=True)
        (folder / "env" / "pyvenv.cfg").write_text(f"home = {pathlib.Path(sys.base_prefix) / 'bin'}\nversion_info = {VERSION}.0\n")
        self.install("present")
        packages = [f"p{i}" for i in range(self.random.randint(1, 4))]
        self.modules = packages + [f"{self.random.choice(packages)}.m{i}" for i in range(self.random.randint(4, 25))]
        self.texts = {name: [] for name in self.modules}
        for name in self.modules:
            self.texts[name] = [f"NAME_{name.replace('.', '_')} = 1"]
        self.add_imports()
        if rings:
            self.add_rings(rings)
        self.add_causes()
        for name, lines in self.texts.items():
            self.write(name, lines)
        names = ", ".join(f'"{name}"' for name in DISTRIBUTIONS + ["present"])
        (self.root / "pyproject.toml").write_text(f'[project]\nname = "shop"\nversion = "1"\ndependencies = [{names}]\n')

    def path(self, module):
        if re.fullmatch(r"p\d+", module):
            return self.root / module / "__init__.py"
        return self.root.joinpath(*module.split(".")).with_suffix(".py")

    def write(self, module, lines):
        path = self.path(module)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(line + "\n" for line in lines))

    def add_imports(self):
        order = list(self.modules)
        self.random.shuffle(order)
        for i, name in enumerate(order):
            for target in self.random.sample(order, min(len(order), self.random.randint(0, 3))):
                # Against the order only now and then: enough for cycles, and for parts that are not connected.
                if target == name or (order.index(target) > i and self.random.random() < 0.8):
                    continue
                self.texts[name].append(self.dressed(f"import {target}"))

    def dressed(self, statement):
        """Of modules only, so that cycles are harmless; some are guarded, some in a function."""
        kind = self.random.random()
        if kind < 0.1 and self.has_guards:
            return f"try:\n    {statement}\nexcept ImportError:\n    pass"
        if kind < 0.2:
            return f"def later_{self.random.randrange(10**6)}():\n    {statement}"
        return statement

    def add_rings(self, rings):
        """What each member takes from the next one is mostly used in a function, now and then while the module runs."""
        leaves = [name for name in self.modules if "." in name]
        for number in range(self.random.randint(1, rings)):
            ring = self.random.sample(leaves, min(len(leaves), self.random.randint(2, 5)))
            for member, following in zip(ring, ring[1:] + ring[:1]):
                own, taken = (f"{name.replace('.', '_')}_thing{number}" for name in (member, following))
                uses = [f"def use_{taken}():\n    return {taken}"] * 8 + [f"def typed_{taken}(one: {taken}):\n    pass", f"class Sub_{taken}({taken}):\n    pass"]
                lines = [f"from {following} import {taken}", self.random.choice(uses)]
                lines.insert(self.random.choice([0, 1, 2, 2, 2]), f"class {own}:\n    pass")
                place = self.random.randint(1, len(self.texts[member]))
                self.texts[member][place:place] = lines

    def add_causes(self):
        leaves = [name for name in self.modules if "." in name]
        for number in range(self.random.randint(1, 4)):
            place = self.random.choice(self.modules)
            kind = self.random.choice(["distribution", "module", "name"] + ["syntax"] * self.has_broken)
            if kind == "distribution":
                self.texts[place].append(f"import {self.random.choice(DISTRIBUTIONS)}")
            elif kind == "module":
                self.texts[place].append(f"import {self.random.choice(leaves).split('.')[0]}.absent{number}")
            elif kind == "name":
                # Of a module that imports nothing, or a cycle could hold the name back.
                target = f"leaf{number}"
                self.texts[target] = ["X = 1"]
                self.texts[place].append(f"from {target} import absent{number}")
            else:
                target = f"{self.random.choice(leaves).split('.')[0]}.broken{number}"
                self.texts[target] = ["def broken(:"]
                self.texts[place].append(f"import {target}")
        self.modules = list(self.texts)

    def install(self, name):
        (self.site / name).mkdir()
        (self.site / name / "__init__.py").write_text("")
        info = self.site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "RECORD").write_text(f"{name}/__init__.py,,\n{name}-1.0.dist-info/METADATA,,\n{name}-1.0.dist-info/RECORD,,\n")

    def repair(self, cause):
        """Does what the cause asks for."""
        kind, subject = cause["kind"], cause["subject"]
        if kind == "missing-distribution":
            self.install(cause["distribution"])
        elif kind == "missing-module":
            self.write(subject, [])
        elif kind == "missing-symbol":
            module, _, name = subject.rpartition(".")
            with open(self.path(module), "a", encoding="utf-8") as handle:
                handle.write(f"{name} = 1\n")
        elif kind == "syntax-error":
            (self.root / cause["sites"][0]["file"]).write_text("")
        elif kind == "fatal-cycle":
            self.break_cycle(cause)
        else:
            raise ValueError(f"no repair is known for {cause}")

    def break_cycle(self, cause):
        """Rewrites the import that the cause names, line by line, so that what other causes say of lines stays true."""
        text, site = cause["fix"]["text"], cause["sites"][0]
        place = re.search(r"imports? at (\S+):(\d+(?:, \d+)*)", text)
        path = self.root / (place.group(1) if place else site["file"])
        numbers = [int(number) for number in place.group(2).split(", ")] if place else [site["line"]]
        lines = path.read_text().splitlines()
        for number in numbers:
            statement = lines[number - 1]
            if text.startswith("move") and "function" in text:
                lines[number - 1] = f"def moved_{number}(): {statement}"
            elif "TYPE_CHECKING" in text:
                lines[number - 1] = f"if False: {statement}"
            else:
                name = statement.split()[-1].split(".")[0]
                lines[number - 1] = f"{name} = type('{name}', (), {{}})"
        if "TYPE_CHECKING" in text and "__future__" not in lines[0]:
            lines[0] = "from __future__ import annotations; " + lines[0]
        path.write_text("".join(line + "\n" for line in lines))

    def failing(self):
        """Of the modules that were there at first: a repair may add one below a package that fails."""
        modules = [module for module in self.modules if self.path(module).exists()]
        rows = import_truth.run([str(self.root)], [str(self.site)], modules)
        return {row["module"] for row in rows if not row["ok"]}

    def ask(self, headwater, *command):
        done = subprocess.run([headwater, *command, str(self.root), "--root", str(self.root), "--env", str(self.folder / "env"), "--no-ignore"],
                              capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"{command}: {done.stderr}")
        return done.stdout


def numbers(text):
    """Failing modules before and after, as `plan` with a what-if prints them."""
    return tuple(int(number.replace(",", "")) for number in re.search(r"failing modules ([\d,]+) -> ([\d,]+)", text).groups())


def check_what_if(world, headwater, failing):
    """Installs a distribution, then deletes a file, in copies."""
    absent = [name for name in DISTRIBUTIONS if not (world.site / name).exists()]
    name, target = world.random.choice(absent), world.random.choice([m for m in world.modules if "." in m])
    errors = []
    before = len(failing)
    said = numbers(world.ask(headwater, "plan", "--install", name))
    world.install(name)
    real = (before, len(world.failing()))
    if said != real:
        errors.append(f"--install {name}: said {said}, really {real}")
    shutil.rmtree(world.site / name)
    shutil.rmtree(world.site / f"{name}-1.0.dist-info")
    path = world.path(target)
    text = path.read_text()
    said = numbers(world.ask(headwater, "plan", "--delete", str(path.relative_to(world.root))))
    path.unlink()
    real = (before, len(world.failing()))
    path.write_text(text)
    if said != real:
        errors.append(f"--delete {target}: said {said}, really {real}")
    return errors


def check_plan(world, headwater):
    report = json.loads(world.ask(headwater, "check", "--output-format", "json"))
    causes = {cause["id"]: cause for cause in report["causes"]}
    failing = world.failing()
    said = {module for cause in report["causes"] for module in cause["blocks"]["modules"]}
    if said != failing:
        return 0, 0, [f"said to fail and imports {sorted(said - failing)}, fails unseen {sorted(failing - said)}"]
    errors = check_what_if(world, headwater, failing)
    for step in report["plan"]:
        world.repair(causes[step["cause"]])
        still = world.failing()
        freed = failing - still
        if (len(freed), len(still)) != (step["unblocks"], step["remaining"]) or not still <= failing:
            errors.append(f"{step}: CPython imports {sorted(freed)} now, {len(still)} fail, new {sorted(still - failing)}")
            break
        failing = still
    return len(said), len(report["plan"]), errors


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("headwater")
    cli.add_argument("--seeds", default="1-20", metavar="A-B")
    cli.add_argument("--mixed", action="store_true")
    cli.add_argument("--rings", type=int, default=0, metavar="N", help="up to N in each repository; by default one in every other one")
    cli.add_argument("--max-off", type=int, default=0, metavar="N", help="so many repositories may differ")
    args = cli.parse_args()
    first, last = (int(part) for part in args.seeds.split("-"))
    failing = steps = wrong = 0
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as place:
            found, done, errors = check_plan(World(pathlib.Path(place), seed, args.mixed, args.rings or seed % 4 >= 2), args.headwater)
        failing, steps, wrong = failing + found, steps + done, wrong + bool(errors)
        for error in errors:
            print(f"seed {seed}: {error}")
    print(f"{last - first + 1} repositories, {failing} failing modules, {steps} repairs; {wrong} differ from CPython")
    sys.exit(wrong > args.max_off or steps == 0)


if __name__ == "__main__":
    main()
