#!/usr/bin/env python3
"""Whatever is killed in the middle of a write, nothing that was there before is lost and the next run is right.

    killed_at_writes.py HEADWATER KILL_AT [--kills 60] [--seed 1]

A library that is loaded before others (kill_at.cc) kills a run (SIGKILL) at the Nth call that changes the disk, a write after its first
half; N goes from 1 until a run is through, and then again with other edits. A third of the kills each is of

- `check`, which writes facts and snapshots: the next run says byte for byte what --no-cache says, and `cache verify` finds all whole;
- `check --record`, which writes the history: every run that was over is there, none twice, and SQLite finds the database whole;
- `baseline create` and `update`: the file has what it had, or all of what it shall have.

By hand --kills 600.
"""
import argparse
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

from interrupted import World


class Killer:
    def __init__(self, world, library):
        self.world, self.library = world, library
        self.killed, self.through, self.at = 0, 0, 1

    def run(self, command):
        """Whether the run was killed."""
        options = ["--cache-dir", str(self.world.cache)]
        environment = self.world.environment | {"LD_PRELOAD": str(self.library), "HEADWATER_KILL_AT": str(self.at)}
        done = subprocess.run(self.world.words(command, options), cwd=self.world.tree.root, env=environment, capture_output=True)
        if done.returncode == -9:
            self.killed += 1
            self.at += 1
            return True
        self.through += 1
        self.at = 1
        return False

    def told(self, what):
        print(f"{what}: {self.killed} killed at a write, {self.through} were through; nothing lost, no difference")


def checks(killer, count):
    world = killer.world
    while killer.killed < count:
        edited = world.edit()
        killer.run(("check",))
        about = f"check after {edited}, call {killer.at}"
        world.must_agree(world.warm(), world.cold(), about)
        world.must_be_whole(about)
    killer.told("check")


def recorded(world, database):
    done = subprocess.run([world.headwater, "history", "--format", "json", "--history", database], capture_output=True)
    if done.returncode != 0:
        sys.exit(f"history: {done.stderr.decode()}")
    return [run["run"] for run in json.loads(done.stdout)["runs"]]


def records(killer, count, database):
    world = killer.world
    command = ("check", "--record", "--history", str(database))
    subprocess.run(world.words(command, []), cwd=world.tree.root, env=world.environment, capture_output=True)
    known = recorded(world, database)
    while killer.killed < count:
        edited = world.edit()
        was_killed = killer.run(command)
        about = f"check --record after {edited}, call {killer.at}"
        seen = recorded(world, database)
        if seen[:len(known)] != known or len(seen) - len(known) not in ((0, 1) if was_killed else (1,)):
            sys.exit(f"{about}: {known} became {seen}")
        known = seen
        verdict = sqlite3.connect(database).execute("PRAGMA integrity_check").fetchall()
        if verdict != [("ok",)]:
            sys.exit(f"{about}: {verdict}")
        world.must_agree(world.warm(), world.cold(), about)
    killer.told("history")


def baselines(killer, count):
    world = killer.world
    file = world.tree.root / "headwater-baseline.txt"

    def content():
        return file.read_bytes() if file.exists() else None

    while killer.killed < count:
        if world.rng.random() < 0.3:
            file.unlink(missing_ok=True)
        edited = world.edit()
        before = content()
        command = ("baseline", "update" if file.exists() else "create")
        killer.run(command)
        about = f"{' '.join(command)} after {edited}, call {killer.at}"
        left = content()
        if left is None:
            continue
        if left != before:  # all of it, then: what another run would write
            world.warm(("baseline", "update"))
            if content() != left:
                sys.exit(f"{about}: half a baseline")
    killer.told("baseline")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("headwater", type=os.path.abspath)
    parser.add_argument("library", type=os.path.abspath)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    each = options.kills // 3
    parts = [lambda killer, base: checks(killer, each), lambda killer, base: records(killer, each, base / "history.sqlite"),
             lambda killer, base: baselines(killer, each)]
    for number, part in enumerate(parts):
        with tempfile.TemporaryDirectory(prefix="headwater-killed-") as folder:
            base = pathlib.Path(folder)
            world = World(options.headwater, base, random.Random(options.seed * 100 + number))
            part(Killer(world, options.library), base)


if __name__ == "__main__":
    main()
