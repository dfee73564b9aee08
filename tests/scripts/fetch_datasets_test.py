"""What scripts/fetch-datasets accepts as an archive and as a manifest; nothing here needs a network."""
import importlib.machinery
import importlib.util
import os
import pathlib
import sys
import tempfile
import unittest
import zipfile

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "fetch-datasets"


def load_script():
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("fetch_datasets", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


fetch_datasets = load_script()


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def archive(self, name, mode=0):
        path = self.folder / "a.whl"
        with zipfile.ZipFile(path, "w") as members:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            members.writestr(info, "text")
        return path


class Unpack(InFolder):
    def test_plain_member_is_written(self):
        fetch_datasets.unpack(self.archive("p/m.py", 0o100644), self.folder / "out")
        self.assertEqual((self.folder / "out/p/m.py").read_text(), "text")

    def test_member_outside_the_folder_is_refused(self):
        for name in ("/absolute.py", "../m.py", "p/../../m.py", "p\\..\\m.py"):
            with self.subTest(name), self.assertRaisesRegex(fetch_datasets.FetchError, "leaves the folder"):
                fetch_datasets.unpack(self.archive(name), self.folder / "out")
            self.assertFalse((self.folder / "out").exists())

    def test_link_is_refused(self):
        with self.assertRaisesRegex(fetch_datasets.FetchError, "no plain file"):
            fetch_datasets.unpack(self.archive("link", 0o120777), self.folder / "out")


class Tier(InFolder):
    def test_tier_holds_exactly_its_distributions_and_one_commit(self):
        row = fetch_datasets.Distribution("S", "p", "1", "-", "-")
        fetch_datasets.unpack(self.archive("p/m.py"), self.folder / "unpacked" / row.folder)
        (self.folder / "S" / "stale-0").mkdir(parents=True)
        changed = fetch_datasets.assemble(self.folder / "S", [row], self.folder / "unpacked")
        fetch_datasets.commit(self.folder / "S", changed)
        self.assertEqual(sorted(os.listdir(self.folder / "S")), [".git", "p-1"])
        self.assertFalse(fetch_datasets.assemble(self.folder / "S", [row], self.folder / "unpacked"))


class Manifest(InFolder):
    def test_every_row_has_tiers_that_nest(self):
        for row in fetch_datasets.read_manifest(fetch_datasets.MANIFEST):
            self.assertIn(row.tiers, ("L", "ML", "SML"), row.name)

    def test_short_row_is_named(self):
        (self.folder / "manifest").write_text("# head\nS name 1\n")
        with self.assertRaisesRegex(fetch_datasets.FetchError, "manifest:2"):
            fetch_datasets.read_manifest(self.folder / "manifest")


if __name__ == "__main__":
    unittest.main()
