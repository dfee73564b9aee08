#!/usr/bin/env python3
"""What is remembered never shows: after every one of a long row of random edits, headwater with its cache says byte for
byte what it says without one.

A repository with packages, namespaces, links, notebooks, a git history and an environment is made; then files are
created, deleted, renamed, touched, rewritten with the size and the time that they had, made unreadable, linked, packages
become modules, configuration and ignore rules change, distributions are installed, damaged and removed, and other commits
are checked out. Prints one line for each difference, and how often an answer came from memory: it would prove nothing if
that were never so.
"""

import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

DISTRIBUTIONS = ["numcore", "trainkit", "tokfast", "pay-lib"]
NAMES = ["alpha", "beta", "gamma", "delta", "core", "util", "models", "api"]
PACKAGES = ["shop", "shop/store", "tools", "plain", "tests"]


def import_name(distribution):
    return distribution.replace("-", "_")


class Tree:
    """A repository on the disk, and what can be done to it."""

    def __init__(self, root, rng):
        self.root = root
        self.rng = rng
        self.site = root / ".venv/lib/python3.11/site-packages"
        self.commits = []

    def make(self):
        rng = self.rng
        for package in PACKAGES:
            (self.root / package).mkdir(parents=True, exist_ok=True)
            if package not in ("plain",):
                (self.root / package / "__init__.py").write_text(self.source())
            for name in rng.sample(NAMES, 4):
                (self.root / package / f"{name}.py").write_text(self.source())
        self.write_project()
        (self.root / ".gitignore").write_text(".venv\nbuild/\n*_generated.py\n")
        (self.root / "Dockerfile").write_text("FROM python\nENV PYTHONPATH=/app/plain\n")
        self.site.mkdir(parents=True)
        (self.root / ".venv/pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.2\n")
        for distribution in DISTRIBUTIONS[:3]:
            self.install(distribution)
        self.git("init", "-q", "-b", "main")
        self.commit()

    def git(self, *arguments):
        identity = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "gc.auto=0"]
        done = subprocess.run(["git", *identity, *arguments], cwd=self.root, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")
        self.commits.append(self.git("rev-parse", "HEAD"))

    def source(self):
        rng = self.rng
        lines = ["# a module\n"]
        for _ in range(rng.randrange(1, 5)):
            package = rng.choice(PACKAGES).replace("/", ".")
            name = rng.choice(NAMES)
            other = import_name(rng.choice(DISTRIBUTIONS))
            lines.append(rng.choice([
                f"import {package}.{name}\n", f"from {package} import {name}\n", f"from {package}.{name} import a, b\n",
                f"from . import {name}\n", f"from .{name} import a\n", f"import {other}\n", f"from {other} import thing\n",
                f"try:\n    import {other}\nexcept ImportError:\n    {other} = None\n", "import os, json\n",
                f"def f():\n    import {package}.{name}\n", f"from {package}.{name} import *\n", "import nowhere\n",
                f"import {name}\n", "import plain.core  # headwater: ignore[HW101]\n", "import hydra\n",
                f"from unittest import mock\n@mock.patch('{package}.{name}.a')\ndef test_it(): pass\n",
                f"from unittest import mock\nmock.patch('{package}.{name}.later')\n", f"import {package}.{name} as m\nm.later = 1\n",
                f"import {package}.{name} as m\nclass C(m.{rng.choice('ab')}): pass\n", f"from {package} import {name}\nx = {name}.a\n",
                f"INSTALLED_APPS = ['{package}', '{package}.{name}']\n"]))
        lines += [f"{rng.choice('abcd')} = {rng.randrange(10)}\n" for _ in range(rng.randrange(3))]
        if rng.random() < 0.04:
            lines.append("x = (\n")
        return "".join(lines)

    def write_project(self):
        rng = self.rng
        declared = rng.sample(DISTRIBUTIONS, rng.randrange(1, 4))
        text = f"[project]\nname = 'shop'\nversion = '1'\nrequires-python = '>=3.9'\ndependencies = {declared!r}\n"
        if rng.random() < 0.4:
            text += "[tool.headwater]\n" + rng.choice([
                "strings = {x = 'module'}\n", "exclude = ['tools/']\n", "known-modules = ['nowhere']\n", "ignore = ['HW5']\n", "roots = ['.', 'plain']\n"])
        if rng.random() < 0.3:
            text += ("[[tool.headwater.deferrals]]\nmodule = 'nowhere'\nreason = 'later'\n"
                     f"until = '{rng.choice(['2020-01-01', '2030-01-01'])}'\n")
        (self.root / "pyproject.toml").write_text(text)

    def install(self, distribution):
        name = import_name(distribution)
        version = f"1.{self.rng.randrange(5)}"
        folder = self.site / name
        shutil.rmtree(folder, ignore_errors=True)
        for old in self.site.glob(f"{name}-*.dist-info"):
            shutil.rmtree(old)
        folder.mkdir()
        (folder / "__init__.py").write_text(self.rng.choice(["thing = 1\n", "other = 1\n", "import os\nthing = os\n"]))
        (folder / "part.py").write_text("a = 1\n")
        info = self.site / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n")
        (info / "RECORD").write_text(f"{name}/__init__.py,,\n{name}/part.py,,\n{name}-{version}.dist-info/METADATA,,\n")

    # One edit each; every one returns what it did.

    def files(self, pattern="*.py"):
        return sorted(path for path in self.root.rglob(pattern) if ".venv" not in path.parts and ".git" not in path.parts)

    def any_file(self):
        return self.rng.choice(self.files() or [self.root / "shop/alpha.py"])

    def any_folder(self):
        folders = sorted({path.parent for path in self.files()} | {self.root})
        return self.rng.choice(folders)

    def create(self):
        path = self.any_folder() / f"{self.rng.choice(NAMES + ['__init__'])}.py"
        path.write_text(self.source())
        return path

    def delete(self):
        path = self.any_file()
        path.unlink(missing_ok=True)
        return path

    def rename(self):
        path = self.any_file()
        target = self.any_folder() / f"{self.rng.choice(NAMES)}.py"
        if path.exists() or path.is_symlink():
            os.replace(path, target)
        return f"{path} to {target}"

    def touch(self):
        path = self.any_file()
        if path.exists():
            os.utime(path, self.rng.choice([None, (1, 1), (2e9, 2e9)]))
        return path

    def rewrite(self):
        path = self.any_file()
        path.write_text(self.source())
        return path

    def rewrite_in_disguise(self):
        """The same size and the same time."""
        path = self.any_file()
        if not path.is_file() or not os.access(path, os.R_OK):
            return "nothing"
        before = path.stat()
        text = path.read_text()
        swapped = text.replace("alpha", "\0").replace("gamma", "alpha").replace("\0", "gamma").replace(" a, b", " b, c")
        path.write_text(swapped)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        return path

    def add_in_disguise(self):
        """The folder's time is what it was."""
        folder = self.any_folder()
        before = folder.stat()
        path = folder / f"{self.rng.choice(NAMES)}.py"
        if path.exists():
            path.unlink()
        else:
            path.write_text(self.source())
        os.utime(folder, ns=(before.st_atime_ns, before.st_mtime_ns))
        return path

    def append_blank(self):
        path = self.any_file()
        if path.is_file():
            with path.open("a") as file:
                file.write(self.rng.choice(["\n", "# more\n", "z = 1\n", "import nowhere\n"]))
        return path

    def chmod(self):
        path = self.any_file()
        if path.exists():
            path.chmod(self.rng.choice([0o000, 0o644, 0o600]))
        return path

    def link(self):
        path = self.any_folder() / f"{self.rng.choice(NAMES)}.py"
        if path.exists() or path.is_symlink():
            path.unlink()
        path.symlink_to(self.rng.choice(["../plain/core.py", "missing.py", str(self.root / "shop/api.py")]))
        return path

    def link_folder(self):
        path = self.root / "linked"
        if path.is_symlink():
            path.unlink()
        else:
            path.symlink_to(self.rng.choice(["plain", "shop/store", "gone"]))
        return path

    def swap_package(self):
        package = self.root / "shop/store"
        module = self.root / "shop/store.py"
        if package.is_dir() and not module.exists():
            shutil.rmtree(package)
            module.write_text(self.source())
        else:
            module.unlink(missing_ok=True)
            package.mkdir(exist_ok=True)
            (package / "__init__.py").write_text(self.source())
            (package / "core.py").write_text(self.source())
        return package

    def swap_namespace(self):
        path = self.root / "plain/__init__.py"
        if path.exists():
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text("")
        return path

    def ignore_rules(self):
        text = self.rng.choice([".venv\n", ".venv\nplain/\n", ".venv\ngamma.py\n", ".venv\n*.py\n!core.py\n"])
        place = self.rng.choice([self.root / ".gitignore", self.root / ".git/info/exclude", self.root / "shop/.gitignore"])
        place.parent.mkdir(exist_ok=True)
        place.write_text(text if self.rng.random() < 0.7 else ".venv\n")
        return place

    def project(self):
        self.write_project()
        return "pyproject.toml"

    def docker(self):
        (self.root / "Dockerfile").write_text(f"FROM python\nENV PYTHONPATH=/app/{self.rng.choice(['plain', 'shop', 'tools'])}\nCOPY . /app\n")
        return "Dockerfile"

    def strings(self):
        """A file that names code, in one format or another, or none where there was one."""
        rng = self.rng
        name = f"{rng.choice(PACKAGES).replace('/', '.')}.{rng.choice(NAMES)}"
        path, text = rng.choice([
            ("Makefile", f"a:\n\tpython -m {name}\n"), ("conf/config.yaml", f"defaults:\n  - model: {rng.choice('ab')}\nx: {name}\n"),
            ("conf/model/a.yaml", f"_target_: {name}.a\n"), ("conf/model/b.yaml", f"- _target_: ${{x}}.{rng.choice('ab')}\n"),
            ("setup.cfg", f"[options.entry_points]\nconsole_scripts =\n  a = {name}:a\n"), ("logging.json", "{"),
            ("shop/logging.yml", f"version: 1\nhandlers: {{a: {{class: {name}.a}}}}\n"), ("tools/run.sh", f"python3 -m {name}\n"),
            ("alembic.ini", f"[alembic]\nscript_location = {rng.choice(['conf', 'tools', 'db', name + ':db'])}\n")])
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and rng.random() < 0.4:
            path.unlink()
        else:
            path.write_text(text)
        return path

    def distribution(self):
        distribution = self.rng.choice(DISTRIBUTIONS)
        name = import_name(distribution)
        what = self.rng.choice(["install", "remove", "damage", "change", "strip"])
        folder = self.site / name
        if what == "install":
            self.install(distribution)
        elif what == "remove":
            shutil.rmtree(folder, ignore_errors=True)
            for old in self.site.glob(f"{name}-*.dist-info"):
                shutil.rmtree(old)
        elif what == "damage":
            (folder / "part.py").unlink(missing_ok=True)
        elif what == "strip":
            (folder / "__init__.py").unlink(missing_ok=True)
        elif folder.is_dir():
            (folder / "__init__.py").write_text(self.rng.choice(["thing = 2\n", "raise ImportError\n", "import gone\n"]))
        return f"{what} {distribution}"

    def environment(self):
        other = self.root / ".venv-off"
        venv = self.root / ".venv"
        if other.exists():
            shutil.rmtree(venv, ignore_errors=True)
            other.rename(venv)
        else:
            venv.rename(other)
        return "the environment comes or goes"

    def write_in(self):
        """What a module tells others, or does to them, changes; no file comes or goes."""
        rng = self.rng
        if rng.random() < 0.15:
            return rng.choice([self.notebook, self.stub])()
        path = self.any_file()
        if not path.is_file() or not os.access(path, os.R_OK):
            return "nothing"
        package, name = rng.choice(PACKAGES).replace("/", "."), rng.choice(NAMES)
        added = rng.choice([
            f"{rng.choice('abcd')} = 1\n", f"del {rng.choice('abcd')}\n", f"from {package}.{name} import *\n",
            f"from .{name} import *\n", f"__all__ = ['{rng.choice('abcd')}']\n", "__all__ = sorted(globals())\n",
            "def __getattr__(name):\n    return name\n", "import sys\nsys.modules['shop.ghost'] = sys\n", "import shop.ghost\n",
            f"import sys\nsys.modules['{package}.{name}'] = sys\n", f"import {package}.{name}\n{package}.{name}.a = 1\n",
            f"import {package}.{name} as m\nsetattr(m, 'b', 1)\n", f"from {package} import {name}\n{name}.c = 1\n",
            f"from {package}.{name} import {rng.choice('abcd')}\n", f"from {package} import {rng.choice('abcd')}\n",
            f"import {package}.{name} as m\nx = m.{rng.choice('abcd')}\n", f"from {package} import {name}\nx = {name}.{rng.choice('abcd')}\n",
            "import sys\nsys._getframe(0).f_globals['d'] = 1\n", "def __getattr__(name):\n    return 1\n",
            f"import {import_name(rng.choice(DISTRIBUTIONS))}.part\n", f"from {package} import nowhere_to_be_found\n",
            "import sys\nsys.path.insert(0, 'plain')\n", f"import {name}, {package}.{name}.deeper\n", "import meta_path\n",
            f"if TYPE_CHECKING:\n    from {package}.{name} import a, d\n", "x = (\n", "import pkgutil\n", "exec('a = 1')\n",
            f"try:\n    from {package}.{name} import b\nexcept ImportError:\n    import {name}\n", "import email.nowhere, string\n",
            f"from unittest import mock\nmock.patch('{package}.{name}.{rng.choice('abcd')}')\n", "class a:\n    b = 1\n",
            f"from unittest import mock\nmock.patch('{package}.{name}.a.{rng.choice('abcd')}')\n", "class a(b): pass\n",
            f"from unittest import mock\nmock.patch('{package}.{name}.later')\n", f"import {package}.{name} as m\nm.later = 1\n",
            f"INSTALLED_APPS = ['{package}', '{package}.{name}']\nAUTH_USER_MODEL = '{name}.a'\n",
            f"CELERY_BEAT_SCHEDULE = {{'x': {{'task': '{package}.{name}.{rng.choice('abcd')}'}}}}\n",
            "from string import no_such_name\n", "globals()['a'] = 1\n", f"import importlib\nimportlib.import_module('{package}.{name}')\n",
            f"m = __import__('{package}.{name}')\nm.later = 1\n"])
        lines = path.read_text().splitlines(keepends=True)
        if lines and rng.random() < 0.5:
            del lines[rng.randrange(len(lines))]
        if rng.random() < 0.7:
            lines.insert(rng.randrange(len(lines) + 1), added)
        path.write_text("".join(lines))
        return path

    def move_lines(self):
        """Statements that stay as they are stand elsewhere: comments come or go before them."""
        path = self.any_file()
        if not path.is_file() or not os.access(path, os.R_OK):
            return "nothing"
        lines = path.read_text().splitlines(keepends=True)
        comments = [i for i, line in enumerate(lines) if line.startswith("# moved")]
        if comments and self.rng.random() < 0.5:
            del lines[self.rng.choice(comments)]
        else:
            lines[(at := self.rng.randrange(len(lines) + 1)):at] = ["# moved\n"] * self.rng.randrange(1, 4)
        path.write_text("".join(lines))
        return path

    def write_in_many(self):
        return [self.write_in() for _ in range(self.rng.randrange(2, 6))]

    def notebook(self):
        path = self.root / "tools/look.ipynb"
        path.parent.mkdir(exist_ok=True)
        package, name = self.rng.choice(PACKAGES).replace("/", "."), self.rng.choice(NAMES)
        cell = self.rng.choice(["import shop.core", "import nowhere", "%matplotlib inline", f"import {package}.{name}\\n{name}.later = 1",
                                f"x = '{package}.{name}.a'"])
        path.write_text('{"cells": [{"cell_type": "code", "source": ["%s"]}], "nbformat": 4, "metadata": {}}' % cell
                        if self.rng.random() < 0.8 else '{"cells": [')
        return path

    def stub(self):
        path = self.root / "shop/models.pyi"
        path.parent.mkdir(exist_ok=True)
        package, name = self.rng.choice(PACKAGES).replace("/", "."), self.rng.choice(NAMES)
        path.write_text(self.rng.choice(["x: int\n", "class a: ...\n", f"# {package}.{name}.a\n"]))
        return path

    def checkout(self):
        if self.rng.random() < 0.4:
            self.commit()
            return "commit"
        self.git("checkout", "-q", "-f", self.rng.choice(self.commits))
        return "checkout"

    def baseline(self):
        """Some lines fit, some say what nothing is like, and now and then one is no line."""
        place = self.root / "headwater-baseline.txt"
        if self.rng.random() < 0.3:
            place.unlink(missing_ok=True)
            return "no baseline"
        lines = [f"{path.relative_to(self.root)} {code}\n" for path in self.files() if self.rng.random() < 0.5
                 for code in ("HW101 nowhere", f"HW201 {import_name(self.rng.choice(DISTRIBUTIONS))}")]
        if self.rng.random() < 0.05:
            lines.append("nothing\n")
        place.write_text("# headwater-baseline/1\n" + "".join(sorted(set(lines))))
        return place

    def nothing(self):
        return "nothing"

    EDITS = [(create, 8), (delete, 5), (rename, 5), (touch, 6), (rewrite, 10), (rewrite_in_disguise, 8), (add_in_disguise, 5),
             (append_blank, 8), (chmod, 4), (link, 4), (link_folder, 2), (swap_package, 4), (swap_namespace, 4),
             (ignore_rules, 4), (project, 5), (docker, 2), (strings, 8), (distribution, 8), (environment, 1), (notebook, 4),
             (checkout, 4), (baseline, 3), (write_in, 10), (write_in_many, 5), (move_lines, 6), (nothing, 6)]
    CONTENTS = [(write_in, 8), (write_in_many, 3), (move_lines, 5), (append_blank, 2), (touch, 1), (rewrite_in_disguise, 1)]

    def edit(self, among=EDITS):
        edits, weights = zip(*among)
        what = self.rng.choices(edits, weights)[0]
        try:
            return f"{what.__name__}: {what(self)}"
        except OSError as error:  # an edit before it has put something else there
            return f"{what.__name__}: {error}"


STATISTICS = b"stage  "  # their first line

COMMANDS = [["check"], ["check", "--output-format", "json"], ["check", "-v"], ["check", "--deep"], ["why", "shop.core"],
            ["cycles"], ["plan"], ["unused"], ["graph", "shop.api"], ["check", "--select", "HW1"], ["check", "--select", "HW42,HW4"]]


def run(headwater, command, options, root, environment):
    done = subprocess.run([headwater, *command, *options], cwd=root, capture_output=True, env=environment, timeout=120)
    return done.returncode, done.stdout, done.stderr


def around(text, other):
    """What of `text` stands about the first place where `other` differs."""
    if isinstance(text, int):
        return text
    common = len(os.path.commonprefix([text, other]))
    return repr(text[max(0, common - 100):common + 300])


def environment_with_cache(base):
    """Without the caller's environments of Python, and with a cache of its own below `base`."""
    kept = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "CONDA_PREFIX")}
    return kept | {"XDG_CACHE_HOME": str(base / "cache")}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("headwater", type=os.path.abspath)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    differences = again = patched = 0
    with tempfile.TemporaryDirectory(prefix="headwater-edits-") as folder:
        base = pathlib.Path(folder)
        environment = environment_with_cache(base)
        tree = Tree(base / "repo", rng)
        tree.root.mkdir()
        tree.make()
        history = []
        for step in range(options.steps):
            among = tree.EDITS if rng.random() < 0.4 else tree.CONTENTS
            for _ in range(rng.choice([1, 1, 1, 2, 5])):
                history.append(tree.edit(among))
            command = rng.choice(COMMANDS) if rng.random() < 0.3 else ["check"]
            warm = run(options.headwater, command, ["--statistics"], tree.root, environment)
            said, statistics = warm[2].partition(STATISTICS)[::2]
            warm = warm[0], warm[1], said
            patched += b"goes by the last run" in statistics
            cold = run(options.headwater, command, ["--no-cache"], tree.root, environment)
            if warm != cold:
                differences += 1
                print(f"seed {options.seed} step {step}: {' '.join(command)} differs after: {'; '.join(history[-3:])}")
                for name, one, other in zip(("code", "out", "err"), warm, cold):
                    if one != other:
                        print(f"  {name}: with    ...{around(one, other)}\n  {name}: without ...{around(other, one)}")
                if differences == 5:
                    break
            if warm[0] not in (0, 1, 2):
                differences += 1
                print(f"seed {options.seed} step {step}: exit code {warm[0]}: {warm[2][-400:]!r}")
            asked_again = run(options.headwater, command, ["--statistics"], tree.root, environment)
            again += b"answer from memory" in asked_again[2]
            if asked_again[:2] != cold[:2]:
                differences += 1
                print(f"seed {options.seed} step {step}: {' '.join(command)} says something else when asked again")
    print(f"{options.steps} steps, {differences} differences; {patched} went by the last run; asked again, {again} answers "
          "came from memory")
    return 1 if differences or again < options.steps // 2 or patched < options.steps // 10 else 0


if __name__ == "__main__":
    sys.exit(main())
