#!/usr/bin/env python3
"""Measures headwater against what CPython does on real code.

  setup      make the environment of `manifest`
  truth      really import every module of every subject, and of every removal; kept, and gone on with when interrupted
  faults     what `check` reports of intact subjects: true, or false
  predict    what `check` or `dump outcomes` says of every module, intact or with a dependency taken away
"""
import argparse
import collections
import contextlib
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


def judge(farm, root, findings, rows, probes):
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
    if not probes:
        for finding in open_ones:
            finding["said"] = "not reached"
        return
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
            judge(farm, root, report["findings"], rows, args.probe)
        counts = collections.Counter((f["class"], f["when"], f["said"]) for f in report["findings"])
        total.update(counts)
        total.update(subjects=1, modules=len(rows), failing=sum(not row["ok"] for row in rows.values()))
        for finding in report["findings"]:
            if finding["said"] == "FALSE" or finding["class"] == args.list:
                print("  {said:6} {code} {class} {when} {file}:{line} {message}".format(**finding))
        print(f"{subject}: {len(rows)} modules; " + ", ".join(f"{' '.join(key)} {number}" for key, number in sorted(counts.items())), flush=True)
    for key, number in sorted(total.items(), key=str):
        print(f"{key if isinstance(key, str) else ' '.join(key):40} {number}")


def blocked(args, farm, root):
    """What `check` counts as failing: the modules that its certain causes block, as rows of predictions."""
    report = headwater(args, farm, root, "--env", str(farm.env))
    rows = {}
    for cause in report["causes"]:
        finding = next((f for f in report["findings"] if f["cause"] == cause["id"]), None)
        if finding and finding["class"] in ("unknown", "optional"):
            continue
        for module in cause["blocks"]["modules"]:
            rows.setdefault(module, {"module": module, "ok": False, "subjects": []})["subjects"].append(cause["distribution"] or cause["subject"])
    return rows


def outcomes(args, farm, root):
    """What `dump outcomes` says, as rows of predictions."""
    stdlib = json.loads(subprocess.run([farm.env / "bin" / "python", "-I", "-S", "-c", "import json, sys; print(json.dumps(sys.path))"],
                                       check=True, capture_output=True, text=True).stdout)
    command = [args.headwater, "dump", "outcomes", "--root", root, "--site", farm.site, "--all"]
    for folder in stdlib:
        if os.path.isdir(folder):
            command += ["--stdlib", folder]
    done = subprocess.run(command, capture_output=True, timeout=600, cwd=farm.folder)
    if done.returncode not in (0, 1):
        sys.exit(f"headwater failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return {row["module"]: row for row in map(json.loads, done.stdout.splitlines())}


def is_root_right(want, got):
    return want["kind"] == (got or {}).get("kind") and all(want[key] is None or want[key] == got.get(key) for key in ("module", "symbol"))


def compare(name, truth_rows, said, gone, total, listed):
    """Counts one case; prints where the two differ."""
    counts = collections.Counter(modules=len(truth_rows))
    for row in truth_rows:
        mine = said.get(row["module"], {"ok": True})
        real, claimed = not row["ok"], not mine["ok"]
        counts["truly fail"] += real
        counts["said to fail"] += claimed
        counts["both"] += real and claimed
        counts["uncertain"] += bool(mine.get("uncertain"))
        counts["missed, but uncertain"] += real and not claimed and bool(mine.get("uncertain"))
        if real and claimed and "root" in mine:
            right = is_root_right(row["root"], mine["root"])
            counts["root right"] += right
            counts["place right"] += right and row["at"] == mine.get("at")
            if not right:
                listed[("root", row["root"]["kind"], (mine["root"] or {}).get("kind"))].append((name, row["module"], row["root"], row["at"], mine["root"], mine.get("at")))
        elif real and claimed and gone:
            counts["cause names what was taken"] += any(worlds.normalize(subject) == worlds.normalize(gone) for subject in mine["subjects"])
        elif real != claimed:
            kind = row["root"]["kind"] if real else (mine.get("root") or {}).get("kind")
            listed[("FALSE" if not real else "uncertain" if mine.get("uncertain") else "missed", kind)].append((name, row["module"], row["root"], row["at"], mine.get("root") or mine.get("subjects"), mine.get("at")))
    total.update(counts)
    total["cases"] += 1
    print(f"{name}: " + ", ".join(f"{key} {number}" for key, number in counts.items()), flush=True)


def predict(args):
    folder = worlds.truth_folder()
    farm = worlds.Farm("predict")
    ask = outcomes if args.by == "outcomes" else blocked
    total, listed = collections.Counter(), collections.defaultdict(list)
    for name, subject, gone, mode in itertools.islice(cases(args.which), args.first):
        path = folder / f"{name}.jsonl"
        if args.only not in name or not path.exists():
            continue
        with farm.subject(subject) as root, farm.without(gone, mode) if gone else contextlib.nullcontext():
            said = ask(args, farm, root)
        compare(name, oraclelib.read_jsonl(path), said, gone, total, listed)
    for key, rows in sorted(listed.items(), key=lambda item: -len(item[1])):
        print(f"\n{' '.join(map(str, key))}: {len(rows)}")
        for row in rows[:args.show]:
            print("  ", *row)
    print()
    for key, number in total.items():
        print(f"{key:30} {number}")
    print(f"precision {total['both'] / max(1, total['said to fail']):.4f} recall {total['both'] / max(1, total['truly fail']):.4f} "
          f"root right {total['root right'] / max(1, total['both']):.4f}")


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
    command.add_argument("--list", metavar="CLASS", help="print the findings of this class, not only the false ones")
    command.add_argument("--probe", action="store_true", help="run alone what no import reaches (slow)")
    command = commands.add_parser("predict")
    command.add_argument("which", choices=("intact", "removals", "all"))
    command.add_argument("--headwater", required=True)
    command.add_argument("--by", choices=("outcomes", "check"), default="outcomes")
    command.add_argument("--show", type=int, default=10, help="differences of each class")
    command.add_argument("--first", type=int, metavar="N")
    command.add_argument("--only", default="", metavar="TEXT", help="only the cases with this in their name")
    args = cli.parse_args()
    if args.command == "setup":
        worlds.setup(args.python)
    elif args.command == "truth":
        truth(args)
    elif args.command == "predict":
        predict(args)
    elif args.command == "faults":
        faults(args)


if __name__ == "__main__":
    main()
