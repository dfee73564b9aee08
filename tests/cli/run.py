#!/usr/bin/env python3
"""Runs the command-line cases: a folder each, with

  command          a bash script; `headwater` is on the PATH, the working folder is new and empty
  fixture          (optional) names of functions of fixtures.py, which fill the working folder first
  requires         (optional) "unprivileged": a user whom file permissions bind, "namespace": a user namespace of its own;
                   exit 77 where there is none
  expected_stdout, expected_stderr, expected_exit    absent: empty, empty, 0

`{TMP}` in an expectation stands for the working folder. `--update` writes what was seen as what is expected: read the
difference before it is committed.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import fixtures

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
SKIPPED = 77
NOBODY = 65534

PRELUDE = """
as_anyone() {
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi
}
"""


def environment(binary, cache):
    kept = {name: value for name, value in os.environ.items()
            if name not in ("VIRTUAL_ENV", "CONDA_PREFIX", "NO_COLOR", "COLUMNS", "PYTHONPATH")}
    return dict(kept, PATH=f"{binary.parent}:{kept['PATH']}", LC_ALL="C.UTF-8", SOURCE=str(SOURCE), CASES=str(HERE),
                XDG_CACHE_HOME=str(cache))


def permissions_can_be_tried(binary):
    if os.getuid() != 0:
        return True
    if not shutil.which("setpriv"):
        return False
    drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return subprocess.run(drop + [str(binary), "--version"], capture_output=True).returncode == 0


def namespaces_can_be_tried(_):
    limit = "echo 0 > /proc/sys/user/max_inotify_watches"
    return (shutil.which("unshare") is not None and
            subprocess.run(["unshare", "--user", "--map-root-user", "sh", "-c", limit], capture_output=True).returncode == 0)


REQUIRED = {"unprivileged": (permissions_can_be_tried, "permissions do not bind this user and setpriv does not help"),
            "namespace": (namespaces_can_be_tried, "no user namespace can be made")}


def read(path, default):
    return path.read_text(encoding="utf-8", errors="surrogateescape") if path.exists() else default


def run_case(binary, case, folder):
    for name in read(case / "fixture", "").split():
        getattr(fixtures, name)(folder)
    script = PRELUDE + (case / "command").read_text()
    with tempfile.TemporaryDirectory(prefix="headwater-cache-") as cache:
        os.chmod(cache, 0o777)
        done = subprocess.run(["bash", "-c", script], cwd=folder, env=environment(binary, cache), capture_output=True,
                              timeout=300)
    seen = {"expected_stdout": done.stdout, "expected_stderr": done.stderr,
            "expected_exit": f"{done.returncode}\n".encode()}
    return {name: data.decode("utf-8", "surrogateescape").replace(str(folder), "{TMP}") for name, data in seen.items()}


def compare(case, seen, update):
    failed = False
    for name, text in seen.items():
        default = "0\n" if name == "expected_exit" else ""
        if text == read(case / name, default):
            continue
        if update:
            if text == default:
                (case / name).unlink(missing_ok=True)
            else:
                (case / name).write_text(text, encoding="utf-8", errors="surrogateescape")
            continue
        failed = True
        print(f"{case.name}: {name} differs\n--- expected\n{read(case / name, default)}--- seen\n{text}---")
    return failed


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("headwater", type=pathlib.Path)
    cli.add_argument("cases", nargs="*", type=pathlib.Path, help="folders; all, if none is given")
    cli.add_argument("--update", action="store_true")
    args = cli.parse_args()
    binary = args.headwater.resolve()
    cases = args.cases or sorted(path.parent for path in HERE.glob("*/command"))
    failures = skipped = 0
    for case in cases:
        can_be_tried, why_not = REQUIRED.get(read(case / "requires", "").strip(), (lambda _: True, ""))
        if not can_be_tried(binary):
            print(f"{case.name}: skipped, {why_not}")
            skipped += 1
            continue
        folder = pathlib.Path(tempfile.mkdtemp(prefix="headwater-cli-")).resolve()
        os.chmod(folder, 0o755)
        try:
            failures += compare(case, run_case(binary, case, folder), args.update)
        finally:
            fixtures.remove(folder)
    print(f"{len(cases)} cases, {failures} failed, {skipped} skipped")
    sys.exit(1 if failures else SKIPPED if skipped and len(cases) == 1 else 0)


if __name__ == "__main__":
    main()
