"""The worlds that are measured: an environment of pinned distributions, one of which is the repository.

Everything lies below $HEADWATER_TRUTH or the user's cache folder, never in the clone:
  env/               a virtual environment that pip filled from `manifest`
  farm-NAME/         the same as hard links, for one job: a subject's files are renamed out of it and back
  truth/KEY/...      what CPython said, JSON lines; KEY names the interpreter and the manifest
"""
import contextlib
import csv
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("HEADWATER_TRUTH") or pathlib.Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "headwater" / "truth")
MANIFEST = HERE / "manifest"
PYTHON = (3, 11)
SITE = pathlib.Path("lib") / f"python{PYTHON[0]}.{PYTHON[1]}" / "site-packages"


def lines(name):
    """The words of each line of a list beside this file, comments left out."""
    for line in (HERE / name).read_text().splitlines():
        words = line.split("#")[0].split()
        if words:
            yield words


def normalize(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def setup(python):
    """Make the environment once."""
    env = CACHE / "env"
    if (CACHE / "manifest").exists() and (CACHE / "manifest").read_bytes() == MANIFEST.read_bytes():
        return env
    CACHE.mkdir(parents=True, exist_ok=True)
    said = subprocess.run([python, "-c", "import sys; print(*sys.version_info[:2])"], check=True, capture_output=True, text=True).stdout
    if tuple(map(int, said.split())) != PYTHON:
        sys.exit(f"{python} is not Python {PYTHON[0]}.{PYTHON[1]}: give one by --python")
    subprocess.run([python, "-m", "venv", "--clear", env], check=True)
    subprocess.run([env / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "-r", MANIFEST], check=True)
    shutil.copy(MANIFEST, CACHE / "manifest")
    return env


def truth_folder():
    key = hashlib.sha256(MANIFEST.read_bytes()).hexdigest()[:12]
    folder = CACHE / "truth" / f"py{PYTHON[0]}{PYTHON[1]}-{key}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Farm:
    """A copy of the environment whose distributions can be moved out and back."""

    def __init__(self, name):
        self.folder = CACHE / f"farm-{name}"
        self.env, self.root, self.stash = self.folder / "env", self.folder / "root", self.folder / "stash"
        if not self.env.exists() or self.root.exists() or self.stash.exists():  # interrupted: begin anew
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            subprocess.run(["cp", "-al", CACHE / "env", self.env], check=True)
            for cached in list(self.env.rglob("__pycache__")):
                shutil.rmtree(cached)
        self.site = self.env / SITE
        self.records = {normalize(info.name.rsplit("-", 2)[0] if info.name.count("-") > 1 else info.stem.split("-")[0]): info
                        for info in self.site.glob("*.dist-info")}

    def files(self, distribution):
        """What the distribution's RECORD lists inside site-packages."""
        info = self.records[normalize(distribution)]
        with open(info / "RECORD", newline="", encoding="utf-8") as handle:
            names = {row[0] for row in csv.reader(handle) if row}
        return sorted(name for name in names if not name.startswith(("..", "/")) and (self.site / name).is_file())

    def names(self):
        return sorted(self.records)

    @contextlib.contextmanager
    def moved(self, files, target):
        """Rename `files` of site-packages below `target`, and back in the end."""
        made = []
        for name in files:
            there = target / name
            there.parent.mkdir(parents=True, exist_ok=True)
            (self.site / name).rename(there)
            made.append(name)
        emptied = self.prune({os.path.dirname(name) for name in files})
        try:
            yield target
        finally:
            for folder in reversed(emptied):
                (self.site / folder).mkdir(parents=True, exist_ok=True)
            for name in made:
                (self.site / name).parent.mkdir(parents=True, exist_ok=True)
                (target / name).rename(self.site / name)
            shutil.rmtree(target)

    def prune(self, folders):
        """Remove the folders that are empty now, deepest first, and those above them."""
        gone = []
        for folder in sorted(folders, key=lambda name: -name.count("/")):
            while folder and not any((self.site / folder).iterdir() if (self.site / folder).exists() else [1]):
                (self.site / folder).rmdir()
                gone.append(folder)
                folder = os.path.dirname(folder)
        return gone

    def subject(self, distribution):
        """The distribution alone in a folder, the rest as its environment. Its metadata goes along, as in a checkout."""
        return self.moved(self.files(distribution), self.root)

    def without(self, distribution, mode):
        """A dependency that is taken away (see `removals`)."""
        files = self.files(distribution)
        return self.moved([name for name in files if is_lost(name, mode)], self.stash)


def is_lost(name, mode):
    """Whether `mode` takes the file: `removed` all; `half` the even half of the code, by hash; `code` all code, so that
    metadata and other files stay; `PREFIX` what lies below that path."""
    code = name.endswith((".py", ".so"))
    if mode == "removed":
        return True
    if mode == "half":
        return code and hashlib.sha256(name.encode()).digest()[0] % 2 == 0
    if mode == "code":
        return code
    return code and name.startswith(mode)
