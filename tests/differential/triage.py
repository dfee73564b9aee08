#!/usr/bin/env python3
"""`headwater triage` of what the real tools report, against what CPython does: triage.py HEADWATER FOLDER.

FOLDER gets the tools and an environment, by name, version and hash (triage_*.txt); without a network the test is skipped (77).

On the sample, each tool of --tools runs, and triage must know its report, lose no entry of it and call real what `check` finds
and nothing else. With --project, a folder in which dask is unpacked, its modules are judged in an environment from which
--without was removed: pytest and, where it is among --tools, pyright report what they meet. Every import that triage names is
run alone by CPython (bench/truth/probe.py), and every test module that pytest could not collect is imported
(tests/oracle/import_truth.py): real are those that raise, working those that do not, and the cause is what CPython names.

CI runs pytest, pylint and deptry. By hand: --tools all, which takes minutes.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
SKIPPED = 77
FEW = ["pytest", "pylint", "deptry"]
REAL = {"fault", "environment", "cascade"}


def run(*command, cwd=None, env=None, **options):
    return subprocess.run([str(word) for word in command], cwd=cwd, env=env, text=True, capture_output=True, check=False, **options)


def install(folder, name):
    """A virtual environment with what tests/differential/triage_NAME.txt lists; None: it cannot be had."""
    requirements = HERE / f"triage_{name}.txt"
    place = folder / name
    done = place / "installed"
    if not done.exists() or done.read_text() != requirements.read_text():
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        got = run(place / "bin/pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--requirement", requirements)
        if got.returncode != 0:
            print(f"skipped, {requirements.name} cannot be installed:\n{got.stderr}")
            sys.exit(SKIPPED)
        done.write_text(requirements.read_text())
    return place


class Tools:
    """Each method runs one tool on a repository and returns its report."""

    def __init__(self, args, folder):
        self.few = install(folder, "tools") / "bin"
        self.more = install(folder, "more_tools") / "bin" if set(args.tools) - set(FEW) else None

    def pytest(self, root, *options):
        return run(self.few / "python", "-m", "pytest", "-p", "no:cacheprovider", *options, cwd=root).stdout

    def junit(self, root):
        with tempfile.NamedTemporaryFile() as report:
            self.pytest(root, f"--junitxml={report.name}")
            return pathlib.Path(report.name).read_text()

    def pylint(self, root):
        return run(self.few / "pylint", "--output-format=json2", "--recursive=y", ".", cwd=root).stdout

    def deptry(self, root):
        with tempfile.NamedTemporaryFile() as report:
            run(self.few / "deptry", "src", "--json-output", report.name, cwd=root / "store")
            return pathlib.Path(report.name).read_text()

    def mypy(self, root):
        return run(self.more / "mypy", "store/src", "backoffice/backoffice", cwd=root).stdout

    def mypy_json(self, root):
        return run(self.more / "mypy", "--output", "json", "store/src", "backoffice/backoffice", cwd=root).stdout

    def ruff(self, root):
        return run(self.more / "ruff", "check", "--isolated", "--output-format", "json", ".", cwd=root).stdout

    def ty(self, root):
        return run(self.more / "ty", "check", "--output-format", "gitlab", ".", cwd=root).stdout

    def pyrefly(self, root):
        return run(self.more / "pyrefly", "check", "--output-format", "json", cwd=root).stdout

    def pyright(self, root, *options):
        return run(self.more / "pyright", "--outputjson", *options, cwd=root).stdout


def triage(args, report, root, *options):
    done = run(args.headwater, "triage", "-", root, "--output-format", "json", "--no-cache", *options, input=report)
    if done.returncode not in (0, 1) or done.stderr:
        raise SystemExit(f"triage exits with {done.returncode}: {done.stderr}")
    answer = json.loads(done.stdout)
    summary = answer["summary"]
    said = sum(words["times"] for row in answer["imports"] for words in row["said"])
    by_class = sum(summary["by_class"].values())
    if said != summary["about_imports"] or by_class != len(answer["imports"]) or (done.returncode == 1) != any(
            row["class"] in REAL for row in answer["imports"]):
        raise SystemExit(f"counts do not add up: {summary}, {said} said, exit {done.returncode}")
    return answer


def sample(args, tools):
    """Complaints."""
    found = []
    with tempfile.TemporaryDirectory(prefix="headwater-triage-") as folder:
        root = pathlib.Path(folder).resolve() / "sample"
        shutil.copytree(SOURCE / "datasets" / "sample", root)
        check = json.loads(run(args.headwater, "check", root, "--output-format", "json", "--no-cache").stdout)
        known = {(row["file"], row["line"]): row["class"] for row in check["findings"]}
        names = [name for tool in args.tools for name in {"pytest": ["pytest", "junit"], "mypy": ["mypy", "mypy_json"]}.get(tool, [tool])]
        for name in names:
            answer = triage(args, getattr(tools, name)(root), root)
            tool = answer["reports"][0]["tool"]
            if tool is None and name != "deptry" or tool and not name.startswith(tool) and name != "junit":
                found.append(f"sample: the report of {name} is taken for one of {tool}")
            for row in answer["imports"]:
                at = known.get((row["file"], row["line"]), "works")
                if at != row["class"]:
                    found.append(f"sample: {name}: {row['file']}:{row['line']} is {row['class']}, check says {at}")
            print(f"sample: {name}: {answer['summary']}")
    return found


def probes(python, root, site, places):
    library = json.loads(run(python, "-I", "-S", "-c", "import json, sys; print(json.dumps(sys.path))").stdout)
    with tempfile.TemporaryDirectory(prefix="headwater-triage-") as pycache:
        asked = {"path": [str(root), *library, str(site)], "pycache": pycache, "root": str(root), "places": places}
        done = run(python, "-I", "-S", SOURCE / "bench/truth/probe.py", input=json.dumps(asked))
    return json.loads(done.stdout)


def module_of(file):
    return re.sub(r"(/__init__)?\.py$", "", file).replace("/", ".")


def truth(python, root, site, modules):
    done = run(sys.executable, SOURCE / "tests/oracle/import_truth.py", "--root", root, "--site", site, "--python", python, "--jobs", os.cpu_count(),
               *modules)
    return {row["module"]: row for row in map(json.loads, done.stdout.splitlines())}


def is_right(row, error):
    """By what the statement does when it runs alone."""
    if row["class"] == "stale":
        return error is not None and error["error"] == "?"
    return (row["class"] in REAL or row["class"] == "optional") == (error is not None)


def names_cause(row, name):
    """Whether the cause is about the top-level module that CPython misses."""
    top = name.split(".")[0].lower().replace("_", "-")
    return row["cause"] is None or top in row["cause"].lower().replace("_", "-")


def judge(name, answer, python, root, site):
    found = []
    rows = [row for row in answer["imports"] if row["class"] != "unknown"]
    counts = collections.Counter(row["class"] for row in answer["imports"])
    right = 0
    for row, error in zip(rows, probes(python, root, site, [[row["file"], row["line"]] for row in rows])):
        missing = re.match(r"ModuleNotFoundError: No module named '([\w.]+)'", (error or {}).get("error", ""))
        if not is_right(row, error):
            found.append(f"{name}: {row['file']}:{row['line']} is {row['class']} ({row['why']}); CPython: {error}")
        elif row["class"] in REAL and missing and not names_cause(row, missing[1]):
            found.append(f"{name}: {row['file']}:{row['line']} has the cause {row['cause']}; CPython: {error}")
        else:
            right += 1
    print(f"{name}: {answer['summary']['about_imports']} entries, {len(answer['imports'])} imports: {dict(counts)}; {right} of {len(rows)} decided are right")
    return found


def blocks(report):
    """Each error of collection as a report of its own, by the file that could not be collected."""
    parts = re.split(r"(?m)^(_{3,} ERROR collecting (.*?) _{3,}\n)", report)
    end = "=== end ===\n"
    return {file: head + re.split(r"(?m)^={3,} ", text)[0] + end for head, file, text in zip(parts[1::3], parts[2::3], parts[3::3])}


def is_on_the_way(row, want, root):
    """Whether CPython fails there: at the statement, or where a handler around it raises."""
    places = [[row["file"], row["line"]]]
    text = (root / row["file"]).read_text().splitlines()
    places += [place for place in want["chain"] if place[0] == row["file"] and text[place[1] - 1].lstrip().startswith("raise ")]
    return any(place in want["chain"] for place in places)


def test_modules(args, report, python, root, site, options):
    """Of pytest, each error by itself: that the module fails at the statement, for the reason, that CPython gives."""
    found = []
    errors = list(blocks(report).items())
    errors = errors[:: max(1, len(errors) // args.errors)]
    wants = truth(python, root, site, [module_of(file) for file, _ in errors])
    counts = collections.Counter()
    for file, text in errors:
        rows = triage(args, text, root, *options)["imports"]
        want = wants[module_of(file)]
        if len(rows) != 1 or want["ok"]:
            found.append(f"import_truth: {file} comes to {len(rows)} imports; CPython imports it: {want['ok']}")
            continue
        row, where = rows[0], f"import_truth: {file}: {rows[0]['file']}:{rows[0]['line']}"
        counts[row["class"]] += 1
        if row["class"] not in REAL:
            found.append(f"{where} is {row['class']}: {row['why']}; CPython: {want['root']}")
        elif not is_on_the_way(row, want, root):
            found.append(f"{where} is {row['class']}; CPython fails by {want['chain']}")
        elif want["root"]["kind"] == "missing-module" and not names_cause(row, want["root"]["module"]):
            found.append(f"{where} has the cause {row['cause']}; CPython's is {want['root']}")
    print(f"import_truth: {len(errors)} errors of collection: {dict(counts)}; {len(found)} wrong")
    return found


def project(args, tools, folder):
    found = []
    environment = install(folder, "environment")
    python = environment / "bin/python"
    with tempfile.TemporaryDirectory(prefix="headwater-triage-") as scratch:
        root = pathlib.Path(scratch).resolve() / "project"
        shutil.copytree(args.project, root)
        broken = pathlib.Path(scratch).resolve() / "env"
        shutil.copytree(environment, broken, symlinks=True)
        got = run(broken / "bin/python", "-m", "pip", "uninstall", "--yes", "--quiet", args.without)
        site = next(broken.glob("lib/python3*/site-packages"))
        if got.returncode != 0 or (site / args.without).exists():
            raise SystemExit(f"{args.without} cannot be removed: {got.stderr}")
        packages = [root / folder for folder in args.packages.split(",")]
        report = run(broken / "bin/python", "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", "-q", *packages, cwd=root).stdout
        found += judge("pytest", triage(args, report, root, "--env", broken), python_of(broken), root, site)
        found += test_modules(args, report, python_of(broken), root, site, ["--env", broken])
        if "pyright" in args.tools:
            report = tools.pyright(root, "--pythonpath", broken / "bin/python", *packages)
            found += judge("pyright", triage(args, report, root, "--env", broken), python_of(broken), root, site)
    return found


def python_of(environment):
    return environment / "bin/python"


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("headwater", type=pathlib.Path)
    cli.add_argument("folder", type=pathlib.Path)
    cli.add_argument("--tools", default=",".join(FEW), help="names with commas between, or all")
    cli.add_argument("--project", type=pathlib.Path, help="dask, unpacked")
    cli.add_argument("--packages", default="dask", help="folders of it, with commas between")
    cli.add_argument("--without", default="fsspec")
    cli.add_argument("--errors", type=int, default=12, help="of collection, so many are judged one by one")
    args = cli.parse_args()
    args.tools = [*FEW, "mypy", "ruff", "ty", "pyrefly", "pyright"] if args.tools == "all" else args.tools.split(",")
    args.headwater = args.headwater.resolve()
    args.folder.mkdir(parents=True, exist_ok=True)
    tools = Tools(args, args.folder.resolve())
    found = sample(args, tools)
    if args.project:
        found += project(args, tools, args.folder.resolve())
    print("\n".join(found[:60]))
    print(f"{len(found)} wrong")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
