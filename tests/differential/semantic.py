"""Compares `headwater dump outcomes` with CPython on the semantic cases: small modules, one subtle rule each. Every
module has to be right in whether it imports, in the root cause and in its place."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))
import compare_truth  # noqa: E402
import import_truth  # noqa: E402
import semantic_cases  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("headwater")
    args = parser.parse_args()
    library = os.path.dirname(os.path.realpath(os.__file__))
    with tempfile.TemporaryDirectory() as folder:
        root = semantic_cases.write(folder)
        truth = import_truth.run([root], [], import_truth.all_modules([root]))
        runs = [subprocess.run([args.headwater, "dump", "outcomes", "--all", "--root", root, "--stdlib", library, "--stdlib",
                                os.path.join(library, "lib-dynload"), "--threads", threads],
                               stdout=subprocess.PIPE, text=True, check=True).stdout for threads in ("1", "2", "8")]
    if len(set(runs)) != 1:
        print("the output differs between numbers of threads")
        return 1
    counts, _kinds, wrong = compare_truth.compare(truth, [json.loads(line) for line in runs[0].splitlines()])
    print(dict(counts))
    for item in wrong:
        print(*item, sep="\n    ")
    return 1 if wrong or counts["modules"] < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
