#!/usr/bin/env python3
"""Compares `headwater dump environment` with what interpreters say of environments made for the test.

    environment.py HEADWATER

Makes virtual environments with this Python in a temporary folder, puts path lines and distributions
into them, and asks each interpreter for sys.path, importlib.metadata and its built-in modules. Any
difference is printed and fails.
"""
import json, os, pathlib, subprocess, sys, tempfile, venv

ASK = r"""
import sys, json, os, sysconfig, importlib.metadata as m
def normalized(name):
    import re
    return re.sub(r"[-_.]+", "-", name).lower()
seen = {}
for d in m.distributions():
    name = d.metadata["Name"]
    if name: seen.setdefault(normalized(name), d.version)
stdlib = os.path.dirname(os.path.realpath(os.__file__))
path = [p for p in sys.path[1:] if os.path.isdir(p)]
print(json.dumps({"path": path, "stdlib": stdlib, "distributions": seen, "version": "%d.%d" % sys.version_info[:2],
                  "builtin": sorted(sys.builtin_module_names), "names": sorted(getattr(sys, "stdlib_module_names", []))}))
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def distribution(folder, name, version, kind="dist-info"):
    file = {"dist-info": "METADATA", "egg-info": "PKG-INFO"}[kind]
    write(folder / f"{name.replace('-', '_')}-{version}.{kind}" / file, f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


def make(place, **options):
    venv.EnvBuilder(symlinks=True, **options).create(place)
    return next(place.glob("lib/python3*/site-packages"))


def worlds(folder):
    """Yields a name and an environment."""
    site = make(folder / "plain")
    distribution(site, "Some.Thing", "1.0")
    distribution(site, "eggy", "2", "egg-info")
    yield "plain", folder / "plain"

    site = make(folder / "paths")
    extra = folder / "extra"
    (extra / "one").mkdir(parents=True)
    (extra / "two").mkdir()
    distribution(extra / "one", "linked", "3")
    distribution(site, "linked", "2")
    distribution(extra / "two", "far", "1")
    (site / "inside").mkdir()
    write(site / "b.pth", f"{extra}/two\n")
    write(site / "a.pth", b"\xef\xbb\xbf" if sys.version_info >= (3, 13) else b"")
    write(site / "c.pth", f"# {extra}/comment\r\n\r\n{extra}/one  \r\ninside\n/absent/folder\n{extra}/../extra/two\n./inside/\nimport sys\n")
    write(site / "empty.pth", "")
    yield "path files", folder / "paths"

    make(folder / "system", system_site_packages=True)
    yield "system site-packages", folder / "system"

    # An egg-link and easy-install.pth, as setuptools itself writes them.
    make(folder / "developed", system_site_packages=True)
    project = folder / "project"
    write(project / "source" / "inner.py", "")
    write(project / "setup.py", "from setuptools import setup\nsetup(name='outer', version='5', py_modules=['inner'], package_dir={'': 'source'})\n")
    done = subprocess.run([folder / "developed/bin/python", "setup.py", "-q", "develop", "--no-deps"], cwd=project, capture_output=True)
    if done.returncode == 0:
        yield "developed", folder / "developed"

    os.symlink(folder / "plain", folder / "link")
    yield "through a link", folder / "link"


def differences(headwater, environment, tree):
    python = environment / "bin" / "python"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"PYTHONNOUSERSITE": "1"}
    truth = json.loads(subprocess.run([python, "-c", ASK], check=True, capture_output=True, text=True, env=clean).stdout)
    said = json.loads(subprocess.run([*headwater, "dump", "environment", "--env", str(environment), str(tree)], check=True,
                                     capture_output=True, text=True, env=clean).stdout)
    library = said["standard_library"]
    path = library["folders"] + [entry["path"] for entry in said["search_path"]]
    distributions = {d["normalized_name"]: d["version"] for d in said["distributions"]}
    pairs = {
        "version": (said["python"], truth["version"]),
        "search path": ([os.path.realpath(p) for p in path], [os.path.realpath(p) for p in truth["path"]]),
        "distributions": (distributions, truth["distributions"]),
        "built-in modules": (sorted(library["builtin_names"]), truth["builtin"]),
        "standard library": (sorted(set(truth["names"]) - set(library["names"])), []),
    }
    return [(what, ours, theirs) for what, (ours, theirs) in pairs.items() if ours != theirs]


def main():
    headwater = [os.path.abspath(sys.argv[1])]
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(os.path.realpath(name))
        write(folder / "tree" / "shop.py", "")
        for title, environment in worlds(folder):
            for what, ours, theirs in differences(headwater, environment, folder / "tree"):
                failures += 1
                print(f"{title}: {what}\n  headwater {ours}\n  python    {theirs}")
    print(f"{failures} differences")
    return failures > 0


sys.exit(main())
