"""Edits a tree under `headwater watch` and prints what it says to each edit; `polls`: where the system watches no folder."""
import os
import pathlib
import queue
import signal
import subprocess
import sys
import threading

# Far above what a busy machine takes: a line that never comes ends the test, and nothing is timed.
PATIENCE = 120


class Watch:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def prints(self, last=" imports: "):
        """Up to the line that counts, or another."""
        while True:
            line = self.lines.get(timeout=PATIENCE)
            print(" ", line, end="")
            if last in line:
                return

    def end(self):
        self.process.send_signal(signal.SIGINT)
        print("ended with", self.process.wait(timeout=PATIENCE))


def put(path, text):
    """At once, so that nothing half written is audited."""
    aside = pathlib.Path("aside")
    aside.write_text(text)
    os.replace(aside, path)


def main():
    command = ["headwater", "watch", "tree", "--env", "none", "-q", "--width", "200"]
    if sys.argv[1:] == ["polls"]:
        none = "echo 0 > /proc/sys/user/max_inotify_watches && exec " + " ".join(command)
        command = ["unshare", "--user", "--map-root-user", "sh", "-c", none]
    tree = pathlib.Path("tree")
    (tree / "shop").mkdir(parents=True)
    put(tree / "shop/__init__.py", "")
    put(tree / "shop/models.py", "import os\n")
    put(tree / "main.py", "import shop.models\nimport nowhere\n")
    watch = Watch(command)
    try:
        print("at first")
        watch.prints()
        print("a module goes")
        os.rename(tree / "shop/models.py", tree / "shop/model.py")
        if sys.argv[1:] == ["polls"]:
            watch.prints("every second")
        watch.prints()
        print("its name is written right, and a line comes before it")
        put(tree / "main.py", "import os\nimport shop.model\nimport nowhere\n")
        watch.prints()
        print("a folder comes with what was missing")
        folder = pathlib.Path("nowhere")
        folder.mkdir()
        put(folder / "__init__.py", "")
        os.rename(folder, tree / folder)
        watch.prints()
        print("what came is changed")
        put(tree / "nowhere/__init__.py", "import gone\n")
        watch.prints()
        print("the configuration is wrong for a while")
        put(tree / "headwater.toml", "excluded = []\n")
        watch.prints("excluded")
        put(tree / "headwater.toml", "exclude = ['nowhere/']\n")
        watch.prints()
        watch.end()
    finally:
        watch.process.kill()


if __name__ == "__main__":
    main()
