"""Interrupts `headwater` and says how it ended: `output`, blocked on a pipe that nobody reads; `any`, after 0 to 60 ms."""
import collections
import os
import signal
import subprocess
import sys
import time


def interrupted(command, delay):
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(delay)
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=30)
        return code, process.stderr.read(), time.monotonic() - asked


def main():
    if sys.argv[1] == "output":
        code, errors, seconds = interrupted(["headwater", "dump", "imports", "tree"], 1.5)
        print(code, errors, "promptly" if seconds < 1 else f"after {seconds:.1f} s")
        return
    seen = collections.Counter()
    for milliseconds in range(0, 60, 2):
        command = ["headwater", "check", "tree", "--env", "none", "--output-file", "report.txt"]
        code, errors, seconds = interrupted(command, milliseconds / 1000)
        # Before the first instruction of main the default holds; after the last one the run is over.
        if code in (130, 1, -signal.SIGINT) and not errors and seconds < 1:
            continue
        seen[code, errors, seconds >= 1] += 1
    print("unexpected:", dict(seen))
    print("left behind:", sorted(set(os.listdir(".")) - {"tree", "report.txt"}))


if __name__ == "__main__":
    main()
