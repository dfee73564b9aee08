"""Measures headwater against the floors and its peers on one tree, in turn, and says the ratios of the design.

Called by scripts/bench. Every round runs each command once, so that a change of the machine's mood meets all of them;
a figure is the median over the rounds, and CPU is user plus system.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile

THREADS = "2"
# Ratios of design section 6: what, of which command, against which, of which figure, must, aim.
TARGETS = [
    ("scan of the full facts / floor (b), CPU", "scan", "floor-b", "cpu", 4.5, 3.0),
    ("cold audit / floor (b), CPU", "check", "floor-b", "cpu", 6, 4),
    ("cold audit / ripgrep, wall", "check", "ripgrep", "wall", 0.9, 0.6),
    ("cold audit / ruff analyze graph, CPU", "check", "ruff", "cpu", 1 / 12, 1 / 20),
    ("scan / floor (b), pages evicted, wall", "scan, evicted", "floor-b, evicted", "wall", 0.6, 0.35),
    ("cold audit / floor (b), pages evicted, wall", "check, evicted", "floor-b, evicted", "wall", 0.6, 0.35),
]
EVICTED = ", evicted"


def commands(tools, root, ruff):
    """By name, in the order of a round. Each runs in the tree's root."""
    check = [tools / "headwater", "check", ".", "--threads", THREADS, "--env", "none", "--python-version", "3.12", "--no-cache",
             "--exit-zero"]
    plain = {
        "floor-a": [tools / "headwater_io_floors", "stat", root, THREADS],
        "floor-b": [tools / "headwater_io_floors", "read", root, THREADS],
        "ripgrep": ["rg", "-uu", "-c", r"^\s*(import|from) ", "-g", "*.py"],
        # --isolated: the tree's own configurations of ruff are no part of the comparison, and a bad one ends ruff.
        "ruff": [ruff, "analyze", "graph", "--isolated"],
        "scan": [tools / "headwater_scan_only", root, THREADS],
        "check": check,
        "version": [tools / "headwater", "--version"],
    }
    return plain | {name + EVICTED: plain[name] for name in ("floor-b", "scan", "check")}


class Runner:
    def __init__(self, tools, root):
        self.tools, self.root = tools, root
        unwanted = ("VIRTUAL_ENV", "CONDA_PREFIX")
        self.environment = {key: value for key, value in os.environ.items() if key not in unwanted}
        self.environment["RAYON_NUM_THREADS"] = THREADS

    def evict(self):
        os.sync()  # a page that is not yet on the disk cannot be dropped
        subprocess.run([self.tools / "headwater_io_floors", "evict", self.root, "1"], check=True,
                       stdout=subprocess.DEVNULL)

    def measure(self, name, command):
        if name.endswith(EVICTED):
            self.evict()
        with tempfile.NamedTemporaryFile("r") as result:
            run = subprocess.run([self.tools / "headwater_measure", result.name, *command], cwd=self.root,
                                 env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True)
            sample = json.loads(result.read() or "{}")
        if run.returncode != 0 or sample.get("status") != 0:
            last = (run.stderr.strip().splitlines() or ["it says nothing"])[-1]
            sys.exit(f"bench: {name} ended with {sample.get('status', run.returncode)}: {last}")
        return sample


def figures(samples):
    return {"cpu": statistics.median(sample["user"] + sample["system"] for sample in samples),
            "wall": statistics.median(sample["wall"] for sample in samples),
            "peak_kib": statistics.median(sample["peak_kib"] for sample in samples)}


def verdict(value, must, aim):
    return "aim" if value <= aim else "must" if value <= must else "**missed**"


def ratio_rows(medians, files):
    for what, name, base, figure, must, aim in TARGETS:
        value = medians[name][figure] / medians[base][figure]
        yield f"| {what} | {value:.3g} | {must:.3g} | {aim:.3g} | {verdict(value, must, aim)} |"
    memory = medians["check"]["peak_kib"] / files
    yield f"| cold audit, peak memory per file, KiB | {memory:.2f} | 2 | 1 | {verdict(memory, 2, 1)} |"
    start = medians["version"]["wall"] * 1000
    yield f"| `headwater --version`, wall, ms | {start:.1f} | 5 | 2 | {verdict(start, 5, 2)} |"


def summary(record, medians):
    lines = [f"# {record['tier']}: {record['files']:,} `.py` files, {record['bytes'] / 1e6:,.0f} MB", "",
             f"{record['date']}, {record['machine']}, commit {record['commit']}, median of {record['runs']} runs in turn, "
             f"load at the start {record['load']:.1f}. {record['tools']}.", "",
             "| command | CPU s | wall s | peak MiB |", "|---|---|---|---|"]
    for name, row in medians.items():
        lines.append(f"| {name} | {row['cpu']:.3f} | {row['wall']:.3f} | {row['peak_kib'] / 1024:.1f} |")
    lines += ["", "| ratio | measured | must | aim | reached |", "|---|---|---|---|---|"]
    return "\n".join(lines + list(ratio_rows(medians, record["files"]))) + "\n"


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def describe(options, counts):
    return {"tier": f"Tier {options.tier}", "files": counts["files"], "bytes": counts["bytes"], "runs": options.runs,
            "date": datetime.date.today().isoformat(), "load": os.getloadavg()[0],
            "machine": machine(),
            "commit": output_of("git", "-C", options.source, "describe", "--always", "--dirty"),
            "tools": ", ".join([output_of("rg", "--version").splitlines()[0], output_of(options.ruff, "--version")])}


def argument_parser(description):
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--tier", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--source", required=True, help="the repository, for its commit and for bench/runs")
    parser.add_argument("--tools", type=pathlib.Path, required=True, help="the folder of the programs")
    parser.add_argument("--ruff", required=True)
    parser.add_argument("--runs", type=int, default=5)
    return parser


def machine():
    return f"{os.cpu_count()}-core-{platform.machine().replace('_', '-')}"


def keep(options, name, record, text):
    """Samples, one a line, and the table, below bench/runs; prints the table."""
    folder = pathlib.Path(options.source) / "bench" / "runs" / f"{datetime.date.today()}-{machine()}"
    folder.mkdir(parents=True, exist_ok=True)
    lines = json.dumps(record, indent=1)
    lines = re.sub(r"\{\s+(\"wall\"[^}]*?)\s+\}", lambda sample: "{" + re.sub(r"\s+", " ", sample[1]) + "}", lines)
    (folder / f"{name}.json").write_text(lines + "\n")
    (folder / f"{name}.md").write_text(text)
    print(text, end="")


def main():
    options = argument_parser(__doc__).parse_args()
    # This run brings every page into memory too, so that the first round is no different from the others.
    counts = json.loads(output_of(options.tools / "headwater_io_floors", "read", options.root, THREADS))
    record = describe(options, counts)
    runner = Runner(options.tools, options.root)
    chosen = commands(options.tools, options.root, options.ruff)
    samples = {name: [] for name in chosen}
    for number in range(options.runs):
        print(f"bench: round {number + 1} of {options.runs}", file=sys.stderr)
        for name, command in chosen.items():
            samples[name].append(runner.measure(name, command))
    medians = {name: figures(runs) for name, runs in samples.items()}
    keep(options, options.tier, record | {"samples": samples}, summary(record, medians))


if __name__ == "__main__":
    main()
