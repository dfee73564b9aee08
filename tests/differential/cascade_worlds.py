#!/usr/bin/env python3
"""Checks what `headwater check` says of failing modules against CPython, on random worlds.

For each seed: a world (tests/oracle/import_worlds.py) and what importing each of its modules in a fresh interpreter does.
- No module that CPython imports may be among the failing ones (--allow N of them in all).
- The counts reconcile: sole and shared of each cause, and the sum over distinct sets of causes.
- The plan ends with no failing module, and each of its steps frees what it says given those before it.
Prints how many of the failing modules are found: the cascade alone leaves open what needs the import simulator.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))
import reference_predictor  # noqa: E402
import worlds_bench  # noqa: E402


def audit(binary, roots, sites, extra):
    command = [binary, "check", str(pathlib.Path(roots[0]).parent), "--output-format", "json", "--no-ignore"] + extra
    command += [word for root in roots for word in ("--root", root)] + [word for site in sites for word in ("--site", site)]
    command += [word for path in reference_predictor.stdlib_path() for word in ("--stdlib", path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{command}: {done.stderr}")
    return json.loads(done.stdout)


def reconcile(seed, report):
    """Errors of the counts of one report."""
    errors = []
    causes_of = collections.defaultdict(set)
    for cause in report["causes"]:
        for module in cause["blocks"]["modules"]:
            causes_of[module].add(cause["id"])
    for cause in report["causes"]:
        blocked = cause["blocks"]["modules"]
        sole = sum(len(causes_of[module]) == 1 for module in blocked)
        if (sole, len(blocked) - sole) != (cause["blocks"]["sole"], cause["blocks"]["shared"]):
            errors.append(f"seed {seed}: {cause['id']} blocks {cause['blocks']}, counted {sole}")
    victims = collections.Counter(frozenset(causes) for causes in causes_of.values())
    if sum(victims.values()) != report["summary"]["failing_modules"]:
        errors.append(f"seed {seed}: sets have {sum(victims.values())} victims, {report['summary']['failing_modules']} fail")
    repaired, failing = set(), set(causes_of)
    for step in report["plan"]:
        repaired.add(step["cause"])
        still = {module for module in failing if not causes_of[module] <= repaired}
        if (step["unblocks"], step["remaining"]) != (len(failing) - len(still), len(still)):
            errors.append(f"seed {seed}: step {step} frees {len(failing) - len(still)}, {len(still)} remain")
        failing = still
    if failing:
        errors.append(f"seed {seed}: after the plan {sorted(failing)} still fail")
    return errors


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("headwater")
    cli.add_argument("--seeds", default="1-20")
    cli.add_argument("--modules", type=int, default=60)
    cli.add_argument("--allow", type=int, default=0, help="modules that may be said to fail and import")
    cli.add_argument("--min-found", type=float, default=0, help="percent of the failing modules that have to be found")
    cli.add_argument("--deep", action="store_true", help="simulate the import of every module")
    args = cli.parse_args()
    first, last = (int(word) for word in args.seeds.split("-"))
    found = missed = total = 0
    wrong, errors = [], []
    with tempfile.TemporaryDirectory() as cache:
        for seed in range(first, last + 1):
            _, roots, sites, truth = worlds_bench.prepare(cache, seed, args.modules)
            report = audit(args.headwater, roots, sites, ["--deep"] if args.deep else [])
            said = {module for cause in report["causes"] for module in cause["blocks"]["modules"]}
            errors += reconcile(seed, report)
            for row in truth:
                total += 1
                found += not row["ok"] and row["module"] in said
                missed += not row["ok"] and row["module"] not in said
                if row["ok"] and row["module"] in said:
                    wrong.append(f"seed {seed}: {row['module']} imports and is said to fail")
    print(f"{total} modules, {found + missed} fail: {found} found, {missed} left open; {len(wrong)} wrongly said to fail")
    print(*wrong, *errors, sep="\n")
    sys.exit(len(wrong) > args.allow or bool(errors) or 100 * found < args.min_found * (found + missed))


if __name__ == "__main__":
    main()
