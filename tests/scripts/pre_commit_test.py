#!/usr/bin/env python3
"""The hook of .pre-commit-hooks.yaml under the real pre-commit: pre_commit_test.py HEADWATER FOLDER.

pre-commit comes from the package index into FOLDER, by version and hash; without a network the test is skipped (77). The hook's repository is
made here: the hook, scripts/headwater, and a build that takes the binary HEADWATER instead of compiling.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
SKIPPED = 77
BUILD = """#!/bin/sh
[ "$1" = --build ] || exit 0
cp "$HEADWATER_BINARY" "$2/headwater"
"""
CONFIGURATION = """repos:
- repo: {hooks}
  rev: v1
  hooks: [{{id: headwater, args: [--env, none]}}]
"""


def run(*command, cwd=None, env=None):
    return subprocess.run([str(word) for word in command], cwd=cwd, env=env, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)


def install(folder):
    """The folder of pre-commit's programs."""
    requirements = HERE / "pre_commit_requirements.txt"
    done = folder / "installed"
    if not done.exists() or done.read_text() != requirements.read_text():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        got = run(folder / "bin/pip", "install", "--quiet", "--require-hashes", "--only-binary=:all:", "--requirement", requirements)
        if got.returncode != 0:
            print(f"skipped, pre-commit cannot be installed:\n{got.stdout}")
            sys.exit(SKIPPED)
        done.write_text(requirements.read_text())
    return folder / "bin"


class Repository:
    def __init__(self, folder, env):
        self.folder, self.env = folder, env
        folder.mkdir(parents=True)
        self.git("init", "--quiet")

    def git(self, *arguments):
        return run("git", *arguments, cwd=self.folder, env=self.env)

    def write(self, path, text):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def commit(self, *arguments):
        """The exit status and the output of a commit of all that is there."""
        self.git("add", "--all")
        done = self.git("commit", "--message", "change", *arguments)
        return done.returncode, done.stdout


def make_hooks(folder, env):
    hooks = Repository(folder, env)
    shutil.copy(SOURCE / ".pre-commit-hooks.yaml", folder)
    (folder / "scripts").mkdir()
    shutil.copy(SOURCE / "scripts/headwater", folder / "scripts")
    hooks.write("scripts/setup", "#!/bin/sh\n")
    (folder / "scripts/setup").chmod(0o755)
    hooks.write("CMakeLists.txt", "")
    assert hooks.commit()[0] == 0
    hooks.git("tag", "v1")


def check(repository, programs):
    def expect(passes, what, text=""):
        code, out = repository.commit()
        assert (code == 0) == passes and text in out, f"{what}: exit {code}\n{out}"
        print(f"{what}: {'passes' if passes else 'refused'}")

    repository.write(".pre-commit-config.yaml", CONFIGURATION.format(hooks=repository.folder.parent / "hooks"))
    repository.write("shop/__init__.py", "")
    repository.write("shop/models.py", "class Order: ...\n")
    repository.write("shop/api.py", "from shop.models import Order\n")
    assert run(programs / "pre-commit", "install", cwd=repository.folder, env=repository.env).returncode == 0
    expect(True, "a good commit", "headwater")

    repository.write("shop/models.py", "class Invoice: ...\n")
    expect(False, "a name is gone that another module asks for", "shop/api.py:1 shop.models has no Order")
    repository.write("shop/api.py", "from shop.models import Invoice\n")
    expect(True, "the other module is mended, too")

    (repository.folder / "shop/models.py").unlink()
    expect(False, "a commit that only deletes a file", "shop.models does not exist")
    repository.git("reset", "--hard", "--quiet")

    repository.write("shop/api.py", "import shop.gone\n")
    repository.git("add", "--all")
    repository.write("shop/api.py", "import shop.models\n")
    done = repository.git("commit", "--message", "change")
    assert done.returncode != 0 and "shop.gone does not exist" in done.stdout, done.stdout
    print("what is mended and not staged: refused")
    expect(True, "what is mended and staged")

    repository.write("README", "text\n")
    expect(True, "a commit without Python")

    repository.write("shop/old.py", "import shop.gone\n")
    expect(False, "a new fault")
    made = run(repository.env["HEADWATER_BINARY"], "baseline", "create", "--env", "none", cwd=repository.folder, env=repository.env)
    assert made.returncode == 0, made.stdout
    expect(True, "a fault that the baseline has")
    repository.write("shop/new.py", "import shop.gone\n")
    expect(False, "another one beside it", "shop/new.py:1 shop.gone does not exist")


def main():
    binary, venv = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    programs = install(venv)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        tools = folder / "tools"
        tools.mkdir()
        (tools / "cmake").write_text(BUILD)
        (tools / "cmake").chmod(0o755)
        env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}
        env.update(PATH=f"{tools}:{programs}:{env['PATH']}", HEADWATER_BINARY=str(binary), PRE_COMMIT_HOME=str(folder / "home"),
                   XDG_CACHE_HOME=str(folder / "cache"), GIT_CONFIG_GLOBAL=os.devnull, GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.org",
                   GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.org")
        make_hooks(folder / "hooks", env)
        check(Repository(folder / "work", env), programs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
