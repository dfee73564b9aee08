"""Runs single import statements, each in a fork of its own: `probe.py` reads JSON from stdin, prints JSON.

{"path": [...sys.path], "pycache": DIR, "root": DIR, "places": [[file, line], ...]} -> [null | {"error": "ExceptionName: text" | "?", "at": [file, line] | null}, ...]
The package that the statement's file lies in is imported first, where that works, and the statement runs with its
`__package__`. So a statement in a function, or after another one that fails, can be asked too. "?": no import there. `at` is where the exception was raised,
null if by the statement itself.
"""
import ast
import json
import os
import signal
import sys


def statement(path, line):
    with open(path, "rb") as handle:
        tree = ast.parse(handle.read())
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)) and node.lineno == line:
            return node
    return None


def raised_in(error, root, file, node):
    """The place of the innermost frame, unless it is the statement, run here or on the way by its own module."""
    at, trace = None, error.__traceback__.tb_next
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if not name.startswith("<"):
            at = [os.path.relpath(name, root) if os.path.isabs(name) else name, trace.tb_lineno]
        trace = trace.tb_next
    return None if at and at[0] == file and node.lineno <= at[1] <= node.end_lineno else at


def run(root, file, line):
    try:
        node = statement(os.path.join(root, file), line)
    except (OSError, SyntaxError, ValueError):
        return {"error": "?", "at": None}
    if node is None:
        return {"error": "?", "at": None}
    parts = file[:-3].split("/")
    package = ".".join(parts[:-1])
    loaded = set(sys.modules)
    try:
        __import__(package) if package else None
    except BaseException:  # noqa: BLE001 the statement is what is asked about
        for name in set(sys.modules) - loaded:  # what it left would be found without its packages
            del sys.modules[name]
    space = {"__name__": ".".join(parts), "__package__": package}
    try:
        exec(compile(ast.Module([node], []), file, "exec"), space)
    except BaseException as error:  # noqa: BLE001
        return {"error": f"{type(error).__name__}: {error}", "at": raised_in(error, root, file, node)}
    return None


def forked(*asked):
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(r)
        signal.alarm(20)
        null = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(null, fd)
        os.write(w, json.dumps(run(*asked)).encode()[:60000])
        os._exit(0)
    os.close(w)
    with os.fdopen(r, "rb") as handle:
        said = handle.read()
    os.waitpid(pid, 0)
    return json.loads(said) if said else {"error": "died", "at": None}


def main():
    asked = json.load(sys.stdin)
    sys.path[:] = asked["path"]
    sys.dont_write_bytecode, sys.pycache_prefix = False, asked["pycache"]
    print(json.dumps([forked(asked["root"], *place) for place in asked["places"]]))


if __name__ == "__main__":
    main()
