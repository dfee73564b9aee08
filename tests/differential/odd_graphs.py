#!/usr/bin/env python3
"""Checks `check`, `cycles` and `dump outcomes` on graphs of imports that exhaust what is not bounded.

- A cycle of --cycle modules: it imports from wherever it is entered, nothing is found, and it is one cycle.
- A chain of --chain modules whose last one imports what is missing: that one statement is the root of all, and blocks all. (CPython
  itself would give up at its recursion limit; the verdict is that of an interpreter with room enough.)
- Many rings that fail from wherever they are entered: what cannot be simulated in time is undecided.
- Modules that import themselves, and a package that is its own submodule by a link: as CPython says.
No command may take more than --memory MiB or --seconds.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))
import compare_truth  # noqa: E402
import import_truth  # noqa: E402

ODD = {
    "own.py": "import own\nown.__name__\n",
    "own_name.py": "from own_name import later\nlater = 1\n",
    "own_guard.py": "import own_guard\ntry:\n    from own_guard import later\nexcept ImportError:\n    later = 1\n",
    "loop/__init__.py": "X = 1\n",
    "loop/inner.py": "from . import loop\nfrom .loop.loop import X\n",
    "user.py": "import loop.loop.loop.inner\nfrom loop.loop import X\n",
    "bad_user.py": "from loop.loop.loop import Y\n",
}
ODD_MODULES = ["own", "own_name", "own_guard", "loop", "loop.inner", "loop.loop.inner", "loop.loop.loop", "user", "bad_user"]
LIBRARY = os.path.dirname(os.path.realpath(os.__file__))
LIBRARIES = ["--stdlib", LIBRARY, "--stdlib", os.path.join(LIBRARY, "lib-dynload")]


class Runner:
    def __init__(self, args):
        self.args = args
        self.errors = []

    def run(self, *command):
        """Standard output of a command that has to end well within the bounds."""
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen([self.args.headwater, *command], stdout=out)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            text = out.read().decode()
        seconds, mib = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        print(f"{' '.join(command[:2])}: {seconds:.1f} s of CPU, {mib:.0f} MiB")
        self.expect(process.returncode in (0, 1), f"{command}: exit status {process.returncode}")
        self.expect(seconds <= self.args.seconds and mib <= self.args.memory, f"{command}: {seconds:.1f} s, {mib:.0f} MiB")
        return text

    def expect(self, holds, message):
        if not holds:
            self.errors.append(message)

    def check(self, root):
        return json.loads(self.run("check", str(root), "--env", "none", "--no-ignore", "--output-format", "json"))

    def outcomes(self, root, modules):
        listing = root.parent / (root.name + ".txt")
        listing.write_text("".join(name + "\n" for name in modules))
        rows = self.run("dump", "outcomes", "--root", str(root), *LIBRARIES, "--modules", str(listing)).splitlines()
        return [json.loads(row) for row in rows]


def cycle(runner, folder, size):
    folder.mkdir()
    for i in range(size):
        (folder / f"m{i}.py").write_text(f"import m{(i + 1) % size}\n")
    report = runner.check(folder)
    runner.expect(report["summary"]["modules"] == size and not report["findings"], f"cycle: {report['summary']}")
    said = runner.run("cycles", str(folder), "--env", "none", "--no-ignore")
    runner.expect(f"1 cycle at import time, none fatal\n\n  {size:,} modules\n" in said, f"cycle: {said[:200]}")
    rows = runner.outcomes(folder, ["m0", f"m{size - 1}"])
    runner.expect(len(rows) == 2 and all(row["ok"] and not row["uncertain"] for row in rows), f"cycle: {str(rows)[:500]}")


def chain(runner, folder, size):
    (folder / "links").mkdir(parents=True)
    (folder / "links" / "__init__.py").touch()
    for i in range(size):
        following = f"m{i + 1}" if i + 1 < size else "absent"
        (folder / "links" / f"m{i}.py").write_text(f"import links.{following}\n")
    report = runner.check(folder)
    causes = [(cause["kind"], cause["subject"], cause["sites"], cause["blocks"]["sole"], cause["blocks"]["shared"])
              for cause in report["causes"]]
    site = {"file": f"links/m{size - 1}.py", "line": 1}
    runner.expect(causes == [("missing-module", "links.absent", [site], size, 0)], f"chain: {causes}")
    rows = runner.outcomes(folder, ["links.m0"])
    root = {"kind": "missing-module", "module": "links.absent", "symbol": None}
    runner.expect([(row["ok"], row["root"], row["at"]) for row in rows] == [(False, root, [site["file"], 1])], f"chain: {str(rows)[:500]}")


def rings(runner, folder, count):
    """Each fails from wherever it is entered, its modules take a while to run, and it imports the next one."""
    size = 12
    work = "def f(n):\n    return n + 1\n" + "".join(f"v{i} = f({i})\n" for i in range(200))
    for ring in range(count):
        package = folder / f"r{ring}"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        for i in range(size):
            following = f"try:\n    import r{ring + 1}.m0\nexcept ImportError:\n    pass\n" if i == 0 and ring + 1 < count else ""
            (package / f"m{i}.py").write_text(f"{work}{following}from r{ring}.m{(i + 1) % size} import x\nx = 1\n")
    report = runner.check(folder)
    summary = report["summary"]
    runner.expect(summary["failing_modules"] + summary["uncertain_modules"] == size * count, f"rings: {summary}")
    runner.expect(summary["failing_modules"] > 0, f"rings: {summary}")


def odd(runner, folder):
    (folder / "loop").mkdir(parents=True)
    for name, text in ODD.items():
        (folder / name).write_text(text)
    (folder / "loop" / "loop").symlink_to(".")
    truth = import_truth.run([str(folder)], [], ODD_MODULES)
    counts, _, wrong = compare_truth.compare(truth, runner.outcomes(folder, ODD_MODULES))
    runner.expect(counts["modules"] == len(ODD_MODULES) and not wrong, f"odd: {dict(counts)} {wrong}")
    fails = {row["module"] for row in truth if not row["ok"]}
    runner.expect(fails == {"own_name", "bad_user"}, f"odd: CPython fails {fails}")
    said = {module for cause in runner.check(folder)["causes"] for module in cause["blocks"]["modules"]}
    runner.expect("bad_user" in said and said <= fails, f"odd: check says that {said} fail")


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("headwater")
    cli.add_argument("--cycle", type=int, default=50_000)
    cli.add_argument("--chain", type=int, default=100_000)
    cli.add_argument("--memory", type=int, default=1280, metavar="MIB", help="11 KiB for each nested import")
    cli.add_argument("--seconds", type=float, default=120)
    args = cli.parse_args()
    runner = Runner(args)
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        odd(runner, folder / "odd")
        cycle(runner, folder / "cycle", args.cycle)
        chain(runner, folder / "chain", args.chain)
        rings(runner, folder / "rings", 60)
    print(*runner.errors, sep="\n")
    sys.exit(bool(runner.errors))


if __name__ == "__main__":
    main()
