#!/usr/bin/env python3
"""Whatever happens to the cache, the next run says what it would say without one.

    interrupted.py HEADWATER [--kills 40] [--seconds 3] [--bits 400] [--stride 16] [--seed 1]

1. Kills: runs are killed (SIGKILL) at random instants with edits in between. The next run says byte for byte what
   --no-cache says, and `cache verify` finds everything whole.
2. Folders: a full disk (a small tmpfs, where one may be mounted), a folder that is read-only, one that may not be looked
   into, one that is a file, one of another version. The same answer and exit code, and at most one line of warning.
3. Bytes: of a small snapshot every byte (every STRIDEth) is flipped, packs are cut short at every page, and random bits are
   flipped. The same again, and after the next run everything is whole.
4. Crowd: eight runs at once on one cache, again and again after an edit. Each says what --no-cache says.

By hand: --kills 500 --seconds 60 --bits 10000 --stride 1.
"""
import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

from edits import COMMANDS, Tree, around, run

NOBODY = 65534
PAGE = 4096


class World:
    """A generated repository, a folder for its cache, and what must hold of a run."""

    def __init__(self, headwater, base, rng):
        self.headwater = headwater
        self.rng = rng
        self.cache = base / "cache"
        self.prefix = []
        self.compared = self.refused = 0
        self.environment = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "CONDA_PREFIX")}
        self.tree = Tree(base / "repo", rng)
        self.tree.root.mkdir()
        self.tree.make()

    def words(self, command, options):
        return [*self.prefix, self.headwater, *command, *options]

    def cold(self, command=("check",)):
        first, *rest = self.words(command, [])
        return run(first, rest, ["--no-cache"], self.tree.root, self.environment)

    def warm(self, command=("check",)):
        first, *rest = self.words(command, [])
        return run(first, rest, ["--cache-dir", str(self.cache)], self.tree.root, self.environment)

    def start(self, command=("check",)):
        return subprocess.Popen(self.words(command, ["--cache-dir", str(self.cache)]), cwd=self.tree.root,
                                env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def must_agree(self, seen, cold, about, warnings=0):
        """Tells how many lines of warning there were."""
        warned = seen[2].count(b"headwater: cache: ")
        lines = [line for line in seen[2].splitlines(keepends=True) if not line.startswith(b"headwater: cache: ")]
        without = (seen[0], seen[1], b"".join(lines))
        if without != cold:
            difference = [f"{name}: with ...{around(one, other)}\n  without ...{around(other, one)}"
                          for name, one, other in zip(("code", "out", "err"), without, cold) if one != other]
            sys.exit(f"{about}: another answer\n  " + "\n  ".join(difference))
        self.compared += 1
        self.refused += cold[0] == 2
        if cold[0] not in (0, 1, 2):
            sys.exit(f"{about}: exit code {cold[0]}")
        if warned > warnings:
            sys.exit(f"{about}: {warned} lines of warning: {seen[2].decode()}")
        return warned

    def must_be_whole(self, about):
        done = subprocess.run([self.headwater, "cache", "verify", "--cache-dir", str(self.cache)], capture_output=True,
                              text=True)
        if done.returncode != 0:
            sys.exit(f"{about}: cache verify: {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def files(self, folder):
        return sorted(path for path in (self.cache / folder).glob("*-*") if path.suffix in ("", ".pack"))

    def edit(self):
        """Where there is nothing to audit, nothing is kept."""
        edited = self.tree.edit()
        if not self.tree.files():
            self.tree.create()
        return edited


def kills(world, count):
    killed = ended = halves = temporaries = 0
    length = 0.05
    while killed < count:
        edited = world.edit()
        process = world.start()
        begun = time.monotonic()
        time.sleep(world.rng.uniform(0, 1.1 * length))
        process.kill()
        process.communicate()
        if process.returncode != -9:
            ended += 1
            length = 0.9 * length + 0.1 * (time.monotonic() - begun)
        else:
            killed += 1
            length = min(1.02 * length, 1)
        left = len([path for path in world.cache.glob("*/*") if path.suffix not in ("", ".pack")])
        halves += left > temporaries
        temporaries = left
        about = f"kill {killed} after {edited}"
        world.must_agree(world.warm(), world.cold(), about)
        world.must_be_whole(about)
    print(f"{killed} killed, {ended} had ended before; {halves} left a temporary file; no difference; "
          f"{world.must_be_whole('kills')}")


def sized(world, rounds):
    """On disks of a few pages."""
    warned = runs = 0
    world.cache.mkdir()
    for pages in (1, 2, 3, 4, 6, 8, 12, 16, 32, 64):
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={pages * PAGE}", "headwater", world.cache],
                                 stderr=subprocess.DEVNULL)
        if mounted.returncode != 0:
            print("full disk: skipped, no tmpfs may be mounted")
            break
        try:
            for _ in range(rounds):
                edited = world.edit()
                runs += 1
                warned += world.must_agree(world.warm(), world.cold(), f"{pages} pages after {edited}", 1)
                world.must_be_whole(f"{pages} pages after {edited}")
        finally:
            subprocess.run(["umount", world.cache], check=True)
    else:
        print(f"full disk: {runs} runs on tmpfs of 1 to 64 pages, {warned} warned; no difference")
    world.cache.rmdir()


def set_modes(world, folder, file):
    for path in [world.cache, *world.cache.rglob("*")]:
        path.chmod(folder if path.is_dir() else file)


def forbidden(world, rounds):
    """As a user whom permissions bind."""
    if os.getuid() == 0:
        drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        tried = shutil.which("setpriv") and subprocess.run(drop + [world.headwater, "--version"], capture_output=True)
        if not tried or tried.returncode != 0:
            print("read-only folder: skipped, permissions do not bind this user and setpriv does not help")
            return
        world.prefix = drop
    for name, folder, file in (("read-only", 0o555, 0o444), ("forbidden", 0, 0), ("not to be listed", 0o311, 0o644)):
        warned = 0
        for number in range(rounds):
            prefix, world.prefix = world.prefix, []
            world.warm()
            set_modes(world, folder, file)
            world.prefix = prefix
            if number % 3 != 0:
                world.edit()
            warned += world.must_agree(world.warm(), world.cold(), f"{name} folder", 1)
            set_modes(world, 0o755, 0o644)
        print(f"{name} folder: {rounds} runs, {warned} warned; no difference")
    world.prefix = []
    shutil.rmtree(world.cache)


def not_a_folder(world):
    warned = runs = 0
    for part in ("", "facts", "snapshots", "worlds"):
        place = world.cache / part
        place.parent.mkdir(exist_ok=True)
        place.write_text("a file\n")
        for _ in range(5):
            world.edit()
            runs += 1
            warned += world.must_agree(world.warm(), world.cold(), f"a file in place of {part or 'cache'}", 1)
        place.unlink()
        shutil.rmtree(world.cache, ignore_errors=True)
    print(f"a file in the place of the folder: {runs} runs, {warned} warned; no difference")


def flip(path, position, bits):
    data = bytearray(path.read_bytes())
    data[position] ^= bits
    path.write_bytes(data)


def other_version(world):
    """Packs by their name, the snapshot by the program that its header names."""
    world.warm()
    for path in world.files("facts"):
        path.rename(path.with_name("0123456789abcdef" + path.name[16:]))
    for path in world.files("snapshots"):
        flip(path, 8, 0xff)
    warned = world.must_agree(world.warm(), world.cold(), "another version", 1)
    for path in world.files("facts"):
        flip(path, path.stat().st_size - 40, 0xff)
    for path in world.files("snapshots"):
        path.unlink()
    warned += world.must_agree(world.warm(), world.cold(), "a pack of another version by its footer", 1)
    world.must_be_whole("another version")
    print(f"another version: 2 runs, {warned} warned; no difference")
    shutil.rmtree(world.cache)


def every_byte_of_world(world, command, stride):
    """What is damaged is met by a run in which a source has other contents."""
    path, = world.files("worlds")
    source = world.tree.root / "b.py"
    texts = ["import a, nothing\n", "import a\n"]
    colds = []
    for text in texts:
        source.write_text(text)
        colds.append(world.cold(command))
    whole = path.read_bytes()
    positions = range(0, len(whole), stride)
    for number, position in enumerate(positions):
        for cut in (False, True):
            source.write_text(texts[0])
            world.warm(command)
            damaged = bytearray(path.read_bytes())
            at = min(position, len(damaged) - 1)
            damaged[at] ^= 1 << world.rng.randrange(8)
            path.write_bytes(damaged[:at] if cut else damaged)
            source.write_text(texts[1])
            world.must_agree(world.warm(command), colds[1], f"byte {position} of the world")
    print(f"a world of {len(whole)} bytes: {len(positions)} flipped, cut at {len(positions)}; no difference")


def every_byte(world, stride):
    """Of the snapshot of a tree of two files."""
    for path in world.tree.root.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (world.tree.root / "a.py").write_text("import nowhere\n")
    (world.tree.root / "b.py").write_text("import a\n")
    command = ("check", "--env", "none")
    cold = world.cold(command)
    world.warm(command)
    time.sleep(0.1)  # beyond the grain of the clock: then the snapshot alone has to say it
    world.warm(command)
    every_byte_of_world(world, command, stride)
    path, = world.files("snapshots")
    whole = path.read_bytes()
    positions = range(0, len(whole), stride)
    for position in positions:
        damaged = bytearray(whole)
        damaged[position] ^= 1 << world.rng.randrange(8)
        path.write_bytes(damaged)
        world.must_agree(world.warm(command), cold, f"byte {position} of the snapshot", 1)
        if path.read_bytes() == damaged:
            sys.exit(f"byte {position} of the snapshot: what is damaged stays")
    for size in positions:
        path.write_bytes(whole[:size])
        world.must_agree(world.warm(command), cold, f"the snapshot cut to {size} bytes", 1)
    print(f"a snapshot of {len(whole)} bytes: {len(positions)} flipped, cut at {len(positions)}; no difference; "
          f"{world.must_be_whole('every byte')}")
    shutil.rmtree(world.cache)


def every_page(world, modules):
    """Without a snapshot, so that the packs are asked."""
    many = world.tree.root / "many"
    many.mkdir(exist_ok=True)
    for number in range(modules):
        (many / f"m{number}.py").write_text(world.tree.source() + f"import m{number + 1}, shop.m{number % 7}\n")
    world.warm()
    path = max(world.files("facts"), key=lambda file: file.stat().st_size)
    whole = path.read_bytes()
    cold = world.cold()
    warned = 0
    sizes = sorted({size for page in range(0, len(whole), PAGE) for size in (page, page + 1, page - 1) if 0 <= size})
    for size in sizes:
        for snapshot in world.files("snapshots"):
            snapshot.unlink()
        for pack in world.files("facts"):
            pack.unlink()
        path.write_bytes(whole[:size])
        warned += world.must_agree(world.warm(), cold, f"a pack cut to {size} bytes", 1)
        world.must_be_whole(f"a pack cut to {size} bytes")
    print(f"a pack of {len(whole)} bytes cut at {len(sizes)} places, {warned} warned; no difference")
    shutil.rmtree(many)


def random_bits(world, count):
    flipped = runs = warned = again = 0
    cold = world.cold()
    while flipped < count:
        if world.rng.random() < 0.3:
            world.edit()
            cold = world.cold()
        warned += world.must_agree(world.warm(), cold, "between the flips", 1)
        files = [path for folder in ("facts", "snapshots", "worlds") for path in world.files(folder) if path.stat().st_size]
        for _ in range(world.rng.choice([1, 1, 2, 5, 30])):
            path = world.rng.choice(files)
            flip(path, world.rng.randrange(path.stat().st_size), 1 << world.rng.randrange(8))
            flipped += 1
        if world.rng.random() < 0.5:
            for path in world.files("snapshots"):
                path.unlink()
        runs += 1
        warned += world.must_agree(world.warm(), cold, f"{flipped} bits", 1)
    print(f"{flipped} bits flipped over {runs} runs, {warned} warned; no difference")
    shutil.rmtree(world.cache)


def crowd(world, seconds):
    end = time.monotonic() + seconds
    rounds = runs = 0
    while time.monotonic() < end:
        edited = [world.edit() for _ in range(world.rng.choice([1, 1, 3]))]
        commands = [["check"]] * 5 + [world.rng.choice(COMMANDS) for _ in range(3)]
        running = [world.start(command) for command in commands]
        cold = {}
        for command, process in zip(commands, running):
            out, err = process.communicate(timeout=120)
            words = " ".join(command)
            if words not in cold:
                cold[words] = world.cold(command)
            about = f"crowd, round {rounds}: {words} after {'; '.join(edited)}"
            world.must_agree((process.returncode, out, err), cold[words], about)
            runs += 1
        rounds += 1
        world.must_be_whole(f"crowd, round {rounds}")
    print(f"eight at once for {seconds} s: {rounds} rounds, {runs} runs; no difference; {world.must_be_whole('crowd')}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("headwater", type=os.path.abspath)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--bits", type=int, default=400)
    parser.add_argument("--stride", type=int, default=16, help="of the bytes of a snapshot")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    is_long = options.stride == 1
    parts = [lambda world: kills(world, options.kills), lambda world: sized(world, 20 if is_long else 2),
             lambda world: forbidden(world, 30 if is_long else 6), not_a_folder, other_version,
             lambda world: every_byte(world, options.stride), lambda world: every_page(world, 3000 if is_long else 300),
             lambda world: random_bits(world, options.bits), lambda world: crowd(world, options.seconds)]
    for number, part in enumerate(parts):
        with tempfile.TemporaryDirectory(prefix="headwater-interrupted-") as folder:
            base = pathlib.Path(folder)
            base.chmod(0o755)
            world = World(options.headwater, base, random.Random(options.seed * 100 + number))
            part(world)
            if world.refused > world.compared / 4:  # of what is not audited nothing is kept
                sys.exit(f"{world.refused} of {world.compared} runs audited nothing: that proves too little")


if __name__ == "__main__":
    main()
