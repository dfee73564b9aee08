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


def verdict(finding, truth_rows, places):
    """What the truth says of a finding that claims to raise at import."""
    row = truth_rows.get(finding["file_module"])
    place = (finding["file"], finding["line"])
    if place in places:
        return "true"
    if row is None:
        return "not measured"
    if row["ok"]:
        return "FALSE"
    return "masked"


def module_of(path):
    parts = path[:-3].split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def faults(args):
    folder = worlds.truth_folder()
    farm = worlds.Farm("check")
    total = collections.Counter()
    for name, subject, _gone, _mode in cases("intact"):
        path = folder / f"{name}.jsonl"
        if not path.exists():
            continue
        rows = {row["module"]: row for row in oraclelib.read_jsonl(path)}
        places = set()
        for row in rows.values():
            if not row["ok"]:
                places.update((file, line) for file, line in row["chain"])
                places.update(tuple(part["raised_in"]) for part in [row, *row["context"]] if part["raised_in"])
                if row["at"]:
                    places.add(tuple(row["at"]))
        with farm.subject(subject) as root:
            report = headwater(args, farm, root, "--env", str(farm.env) if args.env == "intact" else "none", "--python-version", "3.11")
        counts = collections.Counter()
        for finding in report["findings"]:
            finding["file_module"] = module_of(finding["file"])
            kind = (finding["class"], finding["when"])
            said = verdict(finding, rows, places) if finding["when"] == "import" else "-"
            counts[(*kind, said)] += 1
            total[(*kind, said)] += 1
            if args.list and (finding["class"] == args.list):
                print(f"  {said:8} {finding['code']} {finding['class']} {finding['when']} {finding['file']}:{finding['line']} {finding['message']}")
        failing = sum(not row["ok"] for row in rows.values())
        total["modules"] += len(rows)
        total["failing"] += failing
        print(f"{subject}: {len(rows)} modules, {failing} fail; " + ", ".join(f"{' '.join(key)} {number}" for key, number in sorted(counts.items())), flush=True)
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
