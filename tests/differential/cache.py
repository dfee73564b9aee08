"""The facts store among processes: killed, many at once, and on a full disk.

    cache.py DRIVER [--kills 100] [--processes 8] [--seconds 3] [--seed 1]

1. Kills: a process commits rounds until it is killed (SIGKILL) at a random instant; then everything that it said was
   committed is there, and every pack is whole.
2. Crowd: processes find, add, commit and merge in one store at once; nobody sees wrong facts, half a commit or a warning.
3. Full disk: on a small tmpfs, where one may be mounted, commits fail with a warning, and what was committed stays.
By hand: --kills 500 --seconds 60.
"""
import argparse
import pathlib
import random
import subprocess
import sys
import tempfile
import time


def run(driver, *arguments):
    """What the driver prints; its complaint ends the test."""
    done = subprocess.run([driver, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}: exit code {done.returncode}: {done.stdout}")
    return done.stdout.strip()


def kills(driver, folder, count, chance):
    """Most delays are of about the length of a round; the longer ones let merges of large packs end, too."""
    begin, halves = 0, 0
    for number in range(count):
        process = subprocess.Popen([driver, "rounds", folder, str(begin)], stdout=subprocess.PIPE, text=True)
        time.sleep(chance.uniform(0, 0.06 if chance.random() < 0.9 else 1))
        process.kill()
        printed = process.communicate()[0]
        if process.returncode != -9:
            sys.exit(f"kill {number}: ended by itself: {printed}")
        committed = printed[:printed.rfind("\n") + 1].split()
        if committed:
            begin = int(committed[-1]) + 1
        halves += any(pathlib.Path(folder).glob("*.tmp"))
        run(driver, "verify", folder)
        run(driver, "find", folder, max(0, begin - 40), begin)
    run(driver, "find", folder, 0, begin)
    print(f"{count} kills, {begin} rounds committed, none lost; {halves} left a temporary file; "
          f"{run(driver, 'verify', folder)}")


def crowd(driver, folder, processes, seconds):
    running = [subprocess.Popen([driver, "churn", folder, str(seed), str(seconds)], stdout=subprocess.PIPE, text=True)
               for seed in range(processes)]
    outputs = [process.communicate()[0].strip() for process in running]
    for process, output in zip(running, outputs):
        if process.returncode != 0:
            sys.exit(f"crowd: exit code {process.returncode}: {output}")
    print(f"{processes} processes, {seconds} s, {sum(map(int, outputs))} commits; {run(driver, 'verify', folder)}")


def full_disk(driver, folder):
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "headwater", folder], stderr=subprocess.DEVNULL)
    if mounted.returncode != 0:
        print("full disk: skipped, no tmpfs may be mounted")
        return
    try:
        committed = int(run(driver, "fill", folder))
        run(driver, "find", folder, 0, committed)
        print(f"full disk after {committed} rounds, none lost; {run(driver, 'verify', folder)}")
    finally:
        subprocess.run(["umount", folder], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("driver")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kills(options.driver, f"{folder}/kills", options.kills, random.Random(options.seed))
        crowd(options.driver, f"{folder}/crowd", options.processes, options.seconds)
        pathlib.Path(folder, "full").mkdir()
        full_disk(options.driver, f"{folder}/full")


if __name__ == "__main__":
    main()
