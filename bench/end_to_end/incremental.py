"""Measures what a second run costs, on one tree, and the audits of a history of commits.

Called by scripts/bench. The tree is changed and put back: one file gets an import more, one a comment at its end or above a
function, one in a hundred a comment, all get new times. CPU is user plus system, median over the rounds; `scripts/bench`
says where the samples go.
"""
import datetime
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import compare

# What, against which, must, aim: design section 6.
TARGETS = [("nothing changed", "floor-a", 1.3, 0.9), ("nothing changed", "git status", 0.6, 0.35),
           ("one import more", "nothing changed", 3, 1.3), ("one line more", "nothing changed", 3, 1.3),
           ("one comment more", "nothing changed", 3, 1.3)]


class Tree:
    """Files that are changed for a while."""

    def __init__(self, root, rng):
        self.files = sorted(path for path in pathlib.Path(root).rglob("*.py") if path.is_file() and not path.is_symlink())
        self.rng = rng
        self.kept = []

    def append(self, count, text):
        for path in self.rng.sample(self.files, count):
            status = path.stat()
            self.kept.append((path, path.read_bytes(), status))
            with path.open("ab") as file:
                file.write(text)

    def insert(self, line):
        """In front of the first function, so that what follows moves."""
        path = self.rng.choice([path for path in self.rng.sample(self.files, 200) if b"\ndef " in path.read_bytes()])
        status, content = path.stat(), path.read_bytes()
        self.kept.append((path, content, status))
        path.write_bytes(content.replace(b"\ndef ", b"\n" + line + b"\ndef ", 1))

    def touch_all(self):
        for path in self.files:
            os.utime(path)

    def restore(self):
        for path, content, status in self.kept:
            path.write_bytes(content)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        self.kept = []


def measure_tree(options, runner):
    tools, rng = options.tools, random.Random(1)
    tree = Tree(options.root, rng)
    check = [tools / "headwater", "check", ".", "--threads", compare.THREADS, "--env", "none", "--python-version", "3.12",
             "--exit-zero"]
    one_percent = max(1, len(tree.files) // 100)
    changes = {"nothing changed": lambda: None,
               "one comment more": lambda: tree.append(1, b"\n# a comment\n"),
               "one line more": lambda: tree.insert(b"# a comment"),
               "one import more": lambda: tree.append(1, b"\nimport os\n"),
               "1% of files, a comment more": lambda: tree.append(one_percent, b"\n# a comment\n"),
               "1% of files, an import more": lambda: tree.append(one_percent, b"\nimport os\n"),
               "all times new": tree.touch_all}
    samples = {}
    ruff = [options.ruff, "check", "--isolated", "--quiet", "--exit-zero", "--output-format", "concise", "--cache-dir",
            pathlib.Path(runner.environment["XDG_CACHE_HOME"]) / "ruff"]
    for _ in range(options.runs):
        runner.measure("before", ["git", "status", "--porcelain"])  # brings its index up to date with what was put back
        runner.measure("before", ruff)
        for name, command in {"floor-a": [tools / "headwater_io_floors", "stat", options.root, compare.THREADS],
                              "git status": ["git", "status", "--porcelain"], "ruff check, warm cache": ruff,
                              "no cache": [*check, "--no-cache"]}.items():
            samples.setdefault(name, []).append(runner.measure(name, command))
        for name, change in changes.items():
            runner.measure("before", check)
            time.sleep(0.05)  # else what was written last is not older than the next run
            runner.measure("before", check)
            change()
            samples.setdefault(name, []).append(runner.measure(name, check))
            tree.restore()
    return samples, len(tree.files)


def make_history(folder, files, commits, rng):
    """Packages of 50 modules, each of which imports some before it; every commit changes ten files."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "gc.auto=0", "-C", folder]
    names = [f"p{i // 50}/m{i}" for i in range(files)]

    def write(name):
        place = names.index(name)
        others = [rng.choice(names[:place]).replace("/", ".") for _ in range(rng.randrange(1, 8) if place else 0)]
        body = "".join(f"import {other}\n" for other in others) + f"value = {rng.randrange(10**6)}\n"
        body += "".join(f"def f{i}(x):\n    return x + {i}\n\n\n" for i in range(20))
        (folder / f"{name}.py").write_text(body)

    for package in range(files // 50):
        (folder / f"p{package}").mkdir(parents=True)
        (folder / f"p{package}/__init__.py").touch()
    for name in names:
        write(name)
    subprocess.run([*git[:-2], "init", "-q", "-b", "main", folder], check=True)
    made = []
    for commit in range(commits):
        if commit:
            for name in rng.sample(names, 10):
                write(name)
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", str(commit)], check=True)
        made.append(subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip())
    return made, git


def measure_history(options, runner):
    with tempfile.TemporaryDirectory(prefix="headwater-history-") as place:
        folder = pathlib.Path(place) / "repository"
        commits, git = make_history(folder, options.files, options.commits, random.Random(2))
        runner.root = folder
        check = [options.tools / "headwater", "check", ".", "--threads", compare.THREADS, "--env", "none", "--exit-zero",
                 "--output-format", "json"]
        at = [runner.measure("at", [*check, "--at", commit]) for commit in commits]
        again = [runner.measure("at", [*check, "--at", commit]) for commit in commits]
        full = []
        for commit in commits:
            subprocess.run([*git, "checkout", "-q", "-f", commit], check=True)
            full.append(runner.measure("full", [*check, "--no-cache"]))
        return {"at": at, "at, again": again, "full": full}


def cpu(samples):
    return sum(sample["user"] + sample["system"] for sample in samples)


def main():
    parser = compare.argument_parser(__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--commits", type=int, default=200)
    options = parser.parse_args()
    runner = compare.Runner(options.tools, options.root)
    with tempfile.TemporaryDirectory(prefix="headwater-cache-") as cache:
        runner.environment["XDG_CACHE_HOME"] = cache
        samples, files = measure_tree(options, runner)
        stored = sum(path.stat().st_size for path in (pathlib.Path(cache) / "headwater").rglob("*") if path.is_file())
        shutil.rmtree(pathlib.Path(cache) / "headwater", ignore_errors=True)
        history = measure_history(options, runner)
    medians = {name: compare.figures(runs) for name, runs in samples.items()}
    lines = [f"# A second run on tier {options.tier}: {files:,} `.py` files", "",
             f"{datetime.date.today()}, {compare.machine()}, commit "
             f"{compare.output_of('git', '-C', options.source, 'describe', '--always', '--dirty')}, median of {options.runs} "
             f"rounds, load at the end {os.getloadavg()[0]:.1f}. The cache takes {stored / 1e6:.1f} MB.", "",
             "| command | CPU s | wall s | peak MiB |", "|---|---|---|---|"]
    for name, row in medians.items():
        lines.append(f"| {name} | {row['cpu']:.3f} | {row['wall']:.3f} | {row['peak_kib'] / 1024:.1f} |")
    lines += ["", "| ratio, CPU | measured | must | aim | reached |", "|---|---|---|---|---|"]
    for name, base, must, aim in TARGETS:
        value = medians[name]["cpu"] / medians[base]["cpu"]
        lines.append(f"| {name} / {base} | {value:.3g} | {must} | {aim} | {compare.verdict(value, must, aim)} |")
    value = medians["nothing changed"]["cpu"] / medians["ruff check, warm cache"]["cpu"]
    lines += ["", f"Nothing changed costs {value:.3g} of the CPU of `ruff check` with a warm cache."]
    total = {name: cpu(runs) for name, runs in history.items()}
    lines += ["", f"{options.commits} commits of {options.files:,} files, ten changed in each, CPU s in all: "
              f"`--at` {total['at']:.1f}, again {total['at, again']:.1f}; checked out and audited without a cache "
              f"{total['full']:.1f}: {total['at'] / total['full']:.2f} of it."]
    compare.keep(options, f"incremental-{options.tier}", samples | {"history": history}, "\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
