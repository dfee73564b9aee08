#!/usr/bin/env python3
"""Whatever is killed while it records a run, what was recorded before stays.

    history.py HEADWATER [--kills 50]

Runs of `check --record` are killed (SIGKILL) at random instants. After each the
history opens, it has every run that was over before, none twice, and SQLite finds the database whole.
"""
import argparse
import json
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

IMPORTS = 3000  # findings of a run, so that writing them takes a while


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("headwater", type=pathlib.Path)
    cli.add_argument("--kills", type=int, default=50)
    args = cli.parse_args()
    rng = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="headwater-history-") as base:
        base = pathlib.Path(base)
        (base / "tree").mkdir()
        database = base / "history.sqlite"
        headwater = args.headwater.resolve()
        check = [headwater, "check", "-q", "--no-cache", "--env", "none", "--record", "--history", database, base / "tree"]

        def edit():
            lines = [f"import gone_{rng.randrange(IMPORTS * 4)}\n" for _ in range(IMPORTS)]
            (base / "tree" / "a.py").write_text("".join(lines))

        def runs(about):
            done = subprocess.run([headwater, "history", "--format", "json", "--history", database], capture_output=True)
            if done.returncode != 0:
                sys.exit(f"{about}: {done.stderr.decode()}")
            return [run["run"] for run in json.loads(done.stdout)["runs"]]

        edit()
        lengths = []
        for _ in range(3):
            start = time.monotonic()
            subprocess.run(check, stdout=subprocess.DEVNULL, check=False)
            lengths.append(time.monotonic() - start)
        known = runs("first runs")
        wal = pathlib.Path(f"{database}-wal")
        started = killed = writing = written = 0
        while killed < args.kills:
            started += 1
            about = f"run {started}"
            edit()
            process = subprocess.Popen(check, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            time.sleep(rng.uniform(0.3, 1) * min(lengths))
            process.kill()
            error = process.communicate()[1]
            killed += process.returncode < 0
            writing += process.returncode < 0 and wal.exists() and wal.stat().st_size > 0
            seen = runs(about)
            over = process.returncode >= 0
            if error or seen[:len(known)] != known or len(seen) - len(known) not in ((1,) if over else (0, 1)):
                sys.exit(f"{about}: {known} became {seen}; {error.decode()}")
            written += len(seen) - len(known)
            known = seen
            verdict = sqlite3.connect(database).execute("PRAGMA integrity_check").fetchall()
            if verdict != [("ok",)]:
                sys.exit(f"{about}: {verdict}")
    print(f"{started} runs, {killed} killed, {writing} of them in a commit, {written} recorded: nothing lost, the database whole each time")


if __name__ == "__main__":
    main()
