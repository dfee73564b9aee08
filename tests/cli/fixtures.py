"""Trees that the command-line cases run on, made when they are needed: most are too odd or too large for git."""
import datetime
import os
import pathlib
import shutil
import subprocess


def write(folder, path, text=""):
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(text, bytes):
        target.write_bytes(text)
    else:
        target.write_text(text)


def shop(folder):
    """A package with one certain fault, so that a case sees that the rest of the audit completes."""
    write(folder, "tree/shop/__init__.py")
    write(folder, "tree/shop/models.py", "class Order:\n    pass\n")
    write(folder, "tree/shop/api.py", "import os\n\nimport shop.modles\n")


def clean(folder):
    write(folder, "tree/shop/__init__.py")
    write(folder, "tree/shop/api.py", "import os\nfrom shop import models\n")
    write(folder, "tree/shop/models.py")


def clean_project(folder):
    clean(folder)
    write(folder, "tree/pyproject.toml", '[project]\nname = "shop"\nversion = "1"')


def larger(folder):
    """A module that is larger than 20 bytes, and one that imports it."""
    write(folder, "tree/shop/__init__.py")
    write(folder, "tree/shop/models.py", "class Order:\n    total = 100000\n")
    write(folder, "tree/shop/api.py", "import shop.models\n")


def moved(folder):
    """A module that is elsewhere now, imported in each way that there is."""
    write(folder, "tree/shop/__init__.py")
    write(folder, "tree/shop/store/__init__.py")
    write(folder, "tree/shop/store/pricing.py", "def total(): ...\n")
    write(folder, "tree/shop/absolute.py", "import os\nfrom shop.pricing import total\n\nprint(total)\n")
    write(folder, "tree/shop/relative.py", b"from .pricing import (\r\n    total,\r\n)\r\n")
    write(folder, "tree/shop/alias.py", "import os, shop.pricing as pricing")
    write(folder, "tree/shop/plain.py", "import shop.pricing\n\nshop.pricing.total()\n")


def scattered(folder):
    """Modules that are missing, of whose names there is one elsewhere: in another root, without names asked for, and in the same package."""
    write(folder, "tree/app/pyproject.toml", '[project]\nname = "app"\nversion = "1"\n')
    write(folder, "tree/app/app/__init__.py")
    write(folder, "tree/app/app/core/__init__.py")
    write(folder, "tree/app/app/core/rates.py", "RATE = 1\n")
    write(folder, "tree/app/app/core/paths.py", "def find(): ...\n")
    write(folder, "tree/app/app/main.py", "from app.utils import run\nfrom app.helpers import *\nimport app.rates as rates\n"
          "from app.paths import find\nimport app.paths as paths\n")
    write(folder, "tree/lab/pyproject.toml", '[project]\nname = "lab"\nversion = "1"\n')
    write(folder, "tree/lab/lab/__init__.py")
    write(folder, "tree/lab/lab/utils.py", "def run(): ...\n")
    write(folder, "tree/lab/lab/helpers.py")


def weighed(folder):
    """Modules of which one other has all names that are asked for: in another folder, one or two of them; one name of a module of no rare name, and
    of one that is; a module that other statements ask for names that are nowhere."""
    for package in ("app", "app/admin", "app/forms", "app/util", "app/other"):
        write(folder, f"tree/{package}/__init__.py")
    write(folder, "tree/app/forms/widgets.py", "class Map: ...\n")
    write(folder, "tree/app/forms/fields.py", "class Area: ...\nclass Line: ...\n")
    write(folder, "tree/app/util/config.py", "def load(): ...\n")
    write(folder, "tree/app/other/config.py")
    write(folder, "tree/app/util/paths.py", "def find(): ...\n")
    write(folder, "tree/app/testing.py", "def check(): ...\ndef verify(): ...\n")
    write(folder, "tree/app/main.py", "from app.admin.widgets import Map\nfrom app.admin.fields import Area\nfrom app.admin.fields import Line\n"
          "from app.config import load\nfrom app.paths import find\nfrom app.util.testing import check, verify\n"
          "from app.util.testing import check, ensure\nimport app.util.testing as t\n")


def lazy(folder):
    """Imports that fail, all of them in functions and scripts."""
    write(folder, "tree/shop/__init__.py")
    write(folder, "tree/shop/models.py", "LIMIT = 1\n")
    write(folder, "tree/shop/api.py", "def f():\n    import shop.gone\n\n\ndef g():\n    from shop.models import LIMITS\n")
    write(folder, "tree/run-it.py", "import shop.gone\n")


def lazy_in_an_environment(folder):
    """Distributions that are not installed, imported in functions and scripts alone."""
    write(folder, "tree/shop/__init__.py")
    write(folder, "tree/shop/api.py", "import sqlite3\n\n\ndef f():\n    import numpy\n\n\ndef g():\n    import flask\n")
    write(folder, "tree/run-it.py", "import requests\n")
    write(folder, "tree/.venv/pyvenv.cfg", "home = /opt/python-of-the-case/bin\nversion = 3.12.4\n")
    write(folder, "tree/.venv/lib/python3.12/site-packages/other-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: other\nVersion: 1\n")


def record(folder, site, name, files):
    """What an installer notes of a distribution, whether its files are there or not."""
    write(folder, f"{site}/{name}-2.6.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.6.0\n")
    write(folder, f"{site}/{name}-2.6.0.dist-info/RECORD", "".join(f"{path},sha256=x,0\n" for path in files))


def damaged(folder):
    """A project whose environment has lost nearly all files of a distribution; a data file keeps its folder."""
    write(folder, "tree/pyproject.toml", '[project]\nname = "shop"\nversion = "1"\ndependencies = ["numcore"]\n')
    write(folder, "tree/shop/__init__.py", "import numcore\nfrom numcore import array\n")
    write(folder, "tree/shop/solve.py", "from numcore.linalg import solve\n")
    site = "tree/.venv/lib/python3.12/site-packages"
    write(folder, "tree/.venv/pyvenv.cfg", "home = /opt/python-of-the-case/bin\nversion = 3.12.4\nuv = 0.5.1\n")
    record(folder, site, "numcore", ["numcore/__init__.py"] + [f"numcore/m{i}.py" for i in range(1199)])
    write(folder, f"{site}/numcore/m7.py")
    write(folder, f"{site}/numcore/table.bin", "1")


def damaged_where_it_may_not_matter(folder):
    """Distributions that have lost a compiled module: of one a source stands in for it, one asks for modules by computed names, one may find it elsewhere."""
    write(folder, "tree/pyproject.toml", '[project]\nname = "shop"\nversion = "1"\ndependencies = ["namekit", "numcore", "openkit"]\n')
    write(folder, "tree/shop/__init__.py")
    write(folder, "tree/shop/names.py", "import namekit\n")
    write(folder, "tree/shop/solve.py", "import numcore\n")
    write(folder, "tree/shop/quiet.py", "import shop\n")
    write(folder, "tree/shop/open.py", "import openkit\n")
    write(folder, "tree/shop/lost.py", "from openkit.core import _fast\n")
    site = "tree/.venv/lib/python3.12/site-packages"
    write(folder, "tree/.venv/pyvenv.cfg", "home = /opt/python-of-the-case/bin\nversion = 3.12.4\n")
    write(folder, f"{site}/namekit/__init__.py", "import importlib\nfrom namekit import chosen\nimportlib.import_module('namekit.' + chosen.NAME)\n")
    write(folder, f"{site}/namekit/chosen.py", "NAME = '_fast'\n")
    write(folder, f"{site}/numcore/__init__.py", "from numcore import _speed\n")
    write(folder, f"{site}/numcore/_speed.py", "x = 1\n")
    write(folder, f"{site}/openkit/__init__.py", "import sys\nif len(sys.argv) > 99:\n    pass\nelse:\n    from . import core\n")
    write(folder, f"{site}/openkit/core/__init__.py", "from openkit import version\nfrom . import arrays\n__path__.append('elsewhere')\n")
    write(folder, f"{site}/openkit/core/arrays.py", "from . import _fast\n")
    write(folder, f"{site}/openkit/version.py")
    for name, module in (("namekit", "_fast"), ("numcore", "_speed"), ("openkit", "core/_fast")):
        record(folder, site, name, [f"{name}/__init__.py", f"{name}/{module}.cpython-312-x86_64-linux-gnu.so"])


def sparse_file(folder):
    write(folder, "tree/shop/huge.py")
    os.truncate(folder / "tree/shop/huge.py", 10 << 30)


def nul_file(folder):
    write(folder, "tree/shop/nuls.py", bytes(1 << 20))


def long_line(folder):
    write(folder, "tree/shop/line.py", b"x = '" + b"a" * 100_000_000 + b"'\nimport shop.nowhere\n")


def nested_brackets(folder):
    write(folder, "tree/shop/nested.py", "x = " + "[" * 10_000 + "]" * 10_000 + "\nimport shop.nowhere\n")


def deep_folder(folder):
    """3,000 folders, of which the path is longer than the system takes at once."""
    top = os.getcwd()
    os.chdir(folder / "tree")
    try:
        for _ in range(3000):
            os.mkdir("d" * 8)
            os.chdir("d" * 8)
        pathlib.Path("deep.py").write_text("import shop.nowhere\n")
    finally:
        os.chdir(top)


def special_files(folder):
    os.mkfifo(folder / "tree/shop/pipe.py")
    os.symlink("nowhere.py", folder / "tree/shop/dangling.py")
    os.symlink("..", folder / "tree/shop/loop")


def odd_names(folder):
    """A name that is not UTF-8, and one that would clear the screen."""
    write(folder, os.fsdecode(b"tree/shop/caf\xe9.py"), "import shop.nowhere\n")
    write(folder, "tree/shop/\x1b[2J.py", "import shop.nowhere\n")


def unreadable(folder):
    write(folder, "tree/locked/inside.py")
    write(folder, "tree/shop/secret.py")
    os.chmod(folder / "tree/locked", 0)
    os.chmod(folder / "tree/shop/secret.py", 0)


def many_modules(folder):
    """2,000 modules with failures of several kinds: enough that threads meet."""
    for i in range(2000):
        write(folder, f"tree/p{i % 20}/m{i}.py",
              f"import os, json, absent{i % 7}\nfrom p{(i + 1) % 20} import m{i + 1}, gone{i % 3}\n"
              f"try:\n    import fast{i % 5}\nexcept ImportError:\n    pass\n")
        write(folder, f"tree/p{i % 20}/__init__.py")


def changing_file(folder):
    write(folder, "tree/shop/changing.py", "import os\n" * 2_000_000)


def remove(folder):
    """Deeper than Python's own removal goes, and with folders that may not be listed."""
    subprocess.run(["chmod", "-R", "u+rwx", str(folder)], stderr=subprocess.DEVNULL, check=False)
    if subprocess.run(["rm", "-rf", str(folder)], check=False).returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)


def commits(folder, history):
    """A repository whose commits are (day, author, {path: text, or None where it goes}); the last one is checked out."""
    stream = []
    for number, (day, author, changes) in enumerate(history, 1):
        moment = int(datetime.datetime.fromisoformat(day + "T12:00:00+00:00").timestamp())
        stream.append(f"commit refs/heads/main\nmark :{number}\ncommitter {author} <{author}@example.org> {moment} +0000\n"
                      f"data 0\n" + (f"from :{number - 1}\n" if number > 1 else ""))
        for path, text in changes.items():
            stream.append(f"D {path}\n" if text is None else
                          f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n")
    folder.mkdir(parents=True, exist_ok=True)
    git = ["git", "-c", "init.defaultBranch=main", "-C", str(folder)]
    for command in (["init", "-q"], ["fast-import", "--quiet"], ["reset", "-q", "--hard", "main"]):
        subprocess.run(git + command, input="".join(stream).encode(), check=True, stdout=subprocess.DEVNULL,
                       env=dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null"))


def script(*lines):
    """A program of enough tokens to be compared with others."""
    body = "".join(f"    {line}\n" for line in lines)
    return f"import argparse\n\n\ndef main():\n    parser = argparse.ArgumentParser()\n    arguments = parser.parse_args()\n{body}\n\nif __name__ == \"__main__\":\n    main()\n"


def scripts_with_history(folder):
    """A shop with a script for each way to live or not, and the commits that tell which."""
    export = script(*(f"print(arguments.column_{i}, arguments.total_{i}, sep='{i}')" for i in range(20)))
    work = {f"shop/m{i}.py": f"X = {i}\n" for i in range(12)}
    day = "2024-01-{:02}".format
    history = [
        (day(2), "ann", {
            "shop/__init__.py": "", "shop/store.py": "def load(): ...\n", "README.md": "Run `python tools/release.py` to release.\n",
            "Makefile": "night:\n\tpython tools/nightly.py\n\tfor w in a b; do python tools/check_$$w.py; done\n",
            ".github/workflows/ci.yml": "jobs:\n  test:\n    steps:\n      - run: python tools/report.py\n",
            "etc/cron.d/export": "0 3 * * * app python /srv/shop/tools/export.py\n",
            "tools/nightly.py": "import helper\nfrom shop.store import load\n\nhelper.run(load)\n",
            "tools/helper.py": "def run(f):\n    f()\n",
            "tools/report.py": "from shop.gone import total\n\nprint(total())\n",
            "tools/release.py": "print('1.0')\n",
            "tools/check_a.py": "print('a')\n",
            "tools/migrate_users.py": "from shop.users import all_users\n\nfor user in all_users():\n    print(user)\n",
            "tools/convert_prices.py": "from shop.store import load\n\nprint(load())\n",
            "tools/dust.py": "print('dust')\n",
            "tools/export.py": export, "tools/export_copy.py": export,
            "tools/export_more.py": export.replace("    main()\n", "    main()\n    print('more')\n"),
        }),
        *((f"2024-{month:02}-03", "ben", {"shop/store.py": f"def load(): ...\nMONTH = {month}\n"}) for month in range(2, 13)),
        ("2025-02-01", "ann", {"tools/load.py": "print(1)\n"}),
        ("2025-02-03", "ben", {"tools/load.py": "print(2)\n"}),
        ("2025-02-05", "ben", {"tools/load.py": "print(3)\n", "tools/try_it.py": "print('it')\n"}),
        # A mass commit, which says nothing of the scripts that it changes.
        ("2025-03-01", "bot", {**work, "tools/dust.py": "print(\"dust\")\n", "tools/convert_prices.py":
                               "from shop.store import load\n\n\nprint(load())\n"}),
        # A move, which is no change.
        ("2025-03-02", "ann", {"tools/dust.py": None, "scripts/dust.py": "print(\"dust\")\n"}),
    ]
    commits(folder / "shop", history)
