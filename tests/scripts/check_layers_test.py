"""scripts/check_layers must find each kind of breach: a check that never fails checks nothing."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "check_layers"
ALLOWED = [("model/a.h", "base/b.h"), ("walk/a.cc", "model/b.h"), ("walk/a.cc", "walk/b.h"),
           ("pipeline/a.cc", "walk/b.h"), ("cli/a.cc", "pipeline/b.h"), ("cli/a.cc", "report/b.h"),
           ("cache/a.cc", "model/b.h"), ("cache/a.cc", "base/b.h"), ("pipeline/a.cc", "cache/b.h")]
REFUSED = [("base/a.h", "model/b.h"), ("model/a.h", "walk/b.h"), ("walk/a.cc", "scan/b.h"),
           ("scan/python/a.cc", "walk/b.h"), ("walk/a.cc", "pipeline/b.h"), ("cli/a.cc", "scan/b.h"),
           ("pipeline/a.cc", "cli/b.h"), ("walk/a.cc", "b.h"),
           ("cache/a.cc", "scan/b.h"), ("scan/a.cc", "cache/b.h"), ("cli/a.cc", "cache/b.h")]


def check(files):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "src"
        for name in ("base", "model", "walk", "scan", "report", "cache", "pipeline", "cli"):
            (source / name).mkdir(parents=True)
        for name, text in files.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text)
        run = subprocess.run([sys.executable, SCRIPT, source], stdout=subprocess.PIPE, text=True)
        return run.returncode, run.stdout


class Layers(unittest.TestCase):
    def test_direction(self):
        for place, target in ALLOWED:
            with self.subTest(place=place, target=target):
                self.assertEqual(check({place: f'#include "{target}"\n'})[0], 0)
        for place, target in REFUSED:
            with self.subTest(place=place, target=target):
                code, out = check({place: f'#pragma once\n#include "{target}"\n'})
                self.assertEqual(code, 1)
                self.assertIn(f"src/{place}:2:", out)

    def test_length_of_files_but_not_of_tables(self):
        self.assertEqual(check({"walk/a.cc": "\n" * 601})[0], 1)
        self.assertEqual(check({"walk/a.inc": "\n" * 601})[0], 0)


if __name__ == "__main__":
    unittest.main()
