#!/usr/bin/env python3
"""Measures headwater against what CPython does on real code.

  setup      make the environment of `manifest`
  truth      really import every module of every subject, and of every removal; kept, and gone on with when interrupted
  ...        see --help of each
"""
import argparse
import collections
import itertools
import json
import os
import subprocess
import sys
import time

import worlds

sys.path.insert(0, str(worlds.HERE.parent.parent / "tests" / "oracle"))
import import_truth  # noqa: E402
import oraclelib  # noqa: E402


def write(path, rows):
    part = path.with_suffix(".part")
    part.write_text("".join(oraclelib.dumps(row) + "\n" for row in rows), encoding="ascii")
    part.rename(path)


def cases(which):
    """Yields (name of the case, subject, removed distribution or None, mode)."""
    if which in ("intact", "all"):
        for (subject,) in worlds.lines("subjects"):
            yield f"intact-{worlds.normalize(subject)}", subject, None, None
    if which in ("removals", "all"):
        for subject, gone, mode in worlds.lines("removals"):
            yield f"removal-{worlds.normalize(subject)}-{worlds.normalize(gone)}-{mode.strip('/').replace('/', '.')}", subject, gone, mode


def truth(args):
    folder = worlds.truth_folder()
    farm = worlds.Farm("truth")
    scratch = farm.folder / "scratch"
    scratch.mkdir(exist_ok=True)
    os.chdir(scratch)
    for name, subject, gone, mode in itertools.islice(cases(args.which), args.first):
        path = folder / f"{name}.jsonl"
        if path.exists():
            continue
        begin = time.monotonic()
        with farm.subject(subject) as root:
            if gone:
                with farm.without(gone, mode):
                    rows = really(farm, root, args.timeout)
            else:
                rows = really(farm, root, args.timeout)
        write(path, rows)
        print(f"{name}: {len(rows)} modules, {sum(not row['ok'] for row in rows)} fail, {time.monotonic() - begin:.0f} s", flush=True)


def really(farm, root, timeout):
    modules = import_truth.all_modules([str(root)])
    return import_truth.run([str(root)], [str(farm.site)], modules, python=str(farm.env / "bin" / "python"), jobs=1, timeout=timeout)


def headwater(args, farm, root, *options):
    """What `check` reports, as its JSON."""
    command = [args.headwater, "check", root, "--output-format", "json", "--exit-zero", *options]
    clean = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "CONDA_PREFIX")}
    done = subprocess.run(command, capture_output=True, env=clean, cwd=farm.folder, timeout=600)
    if done.returncode not in (0, 1):
        sys.exit(f"headwater failed: {done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)


def module_of(path):
    parts = path[:-3].split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def failing_places(rows):
    """Where CPython met a failure, directly or on the way to one."""
    places = set()
    for row in rows.values():
        places.update((file, line) for file, line in row["chain"])
        places.update(tuple(part["raised_in"]) for part in [row, *row["context"]] if part["raised_in"])
        places.add(tuple(row["at"] or ()))
    return places


def probe(farm, root, findings):
    """What each finding's statement does when it runs alone."""
    stdlib = json.loads(subprocess.run([farm.env / "bin" / "python", "-I", "-S", "-c", "import json, sys; print(json.dumps(sys.path))"],
                                       check=True, capture_output=True, text=True).stdout)
    asked = {"path": [str(root), *stdlib, str(farm.site)], "pycache": str(farm.folder / "pycache"), "root": str(root),
             "places": [[f["file"], f["line"]] for f in findings]}
    done = subprocess.run([farm.env / "bin" / "python", "-I", "-S", worlds.HERE / "probe.py"], input=json.dumps(asked), capture_output=True,
                          text=True, check=True, cwd=farm.folder)
    return json.loads(done.stdout)


def judge(farm, root, findings, rows):
    """Sets `said` of each finding: true; FALSE; alone: not reached by an import, raises when it runs alone; or ok, where
    nothing was said to fail and nothing does."""
    places = failing_places(rows)
    open_ones = []
    for finding in findings:
        row = rows.get(module_of(finding["file"]))
        claims = finding["class"] in ("fault", "environment")
        if finding["when"] == "import" and (finding["file"], finding["line"]) in places:
            finding["said"] = "true"
        elif finding["when"] == "import" and row and row["ok"]:
            finding["said"] = "FALSE" if claims else "ok"
        else:
            open_ones.append(finding)
    for finding, error in zip(open_ones, probe(farm, root, open_ones) if open_ones else ()):
        claims = finding["class"] in ("fault", "environment")
        finding["said"] = "alone" if error else "FALSE" if claims else "ok"


def faults(args):
    folder = worlds.truth_folder()
    farm = worlds.Farm("check")
    total = collections.Counter()
    for name, subject, _gone, _mode in cases("intact"):
        path = folder / f"{name}.jsonl"
        if not path.exists():
            continue
        rows = {row["module"]: row for row in oraclelib.read_jsonl(path)}
        with farm.subject(subject) as root:
            report = headwater(args, farm, root, "--env", str(farm.env) if args.env == "intact" else "none", "--python-version", "3.11")
            judge(farm, root, report["findings"], rows)
        counts = collections.Counter((f["class"], f["when"], f["said"]) for f in report["findings"])
        total.update(counts)
        total.update(subjects=1, modules=len(rows), failing=sum(not row["ok"] for row in rows.values()))
        for finding in report["findings"]:
            if finding["said"] == "FALSE" or finding["class"] == args.list:
                print("  {said:6} {code} {class} {when} {file}:{line} {message}".format(**finding))
        print(f"{subject}: {len(rows)} modules; " + ", ".join(f"{' '.join(key)} {number}" for key, number in sorted(counts.items())), flush=True)
    for key, number in sorted(total.items(), key=str):
        print(f"{key if isinstance(key, str) else ' '.join(key):40} {number}")


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = cli.add_subparsers(dest="command", required=True)
    command = commands.add_parser("setup")
    command.add_argument("--python", default=sys.executable)
    command = commands.add_parser("truth")
    command.add_argument("which", choices=("intact", "removals", "all"))
    command.add_argument("--timeout", type=int, default=20)
    command.add_argument("--first", type=int, metavar="N", help="only the first N cases")
    command = commands.add_parser("faults")
    command.add_argument("--headwater", required=True)
    command.add_argument("--env", choices=("intact", "none"), default="intact")
    command.add_argument("--list", metavar="CLASS")
    args = cli.parse_args()
    if args.command == "setup":
        worlds.setup(args.python)
    elif args.command == "truth":
        truth(args)
    elif args.command == "faults":
        faults(args)


if __name__ == "__main__":
    main()
