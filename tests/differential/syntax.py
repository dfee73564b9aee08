#!/usr/bin/env python3
"""Compares the parser with CPython's: what compiles, and the tree of what does.

usage: syntax.py DRIVER PATH... [--tree] [--every N] [--without FOLDER...] [--show N]

A file must be refused exactly when this Python's compile() refuses it, where "needs a newer Python than this one" counts
as refused. With --tree, the tree of each file that both take must equal ast's, positions included. Run it with the Python
to compare with.
"""
import argparse
import ast
import collections
import json
import os
import re
import subprocess
import sys
import unicodedata
import warnings
from multiprocessing import Pool

MINOR = sys.version_info[1]
# Before 3.12 the parts of an f-string have no places of their own.
PLACED_FORMATS = MINOR >= 12
SKIPPED = {"type_comment", "kind", "ctx", "op", "ops", "type_ignores", "level", "is_async", "simple", "conversion", "str"}
NO_PLACE = (ast.Module, ast.comprehension, ast.arguments, ast.withitem) + ((ast.match_case,) if MINOR >= 10 else ())


def files_of(paths, every, without):
    found = []
    for path in paths:
        if os.path.isfile(path):
            found.append(path)
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if name not in without)
            found += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
    return [path for path in found[::every] if "\n" not in path]


def details(node):
    if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Starred, ast.List, ast.Tuple)):
        return " " + type(node.ctx).__name__
    if isinstance(node, (ast.BinOp, ast.AugAssign, ast.UnaryOp, ast.BoolOp)):
        return " " + type(node.op).__name__
    if isinstance(node, ast.Compare):
        return "".join(" " + type(op).__name__ for op in node.ops)
    if isinstance(node, ast.comprehension):
        return f" {node.is_async}"
    if isinstance(node, ast.AnnAssign):
        return f" {node.simple}"
    if isinstance(node, ast.ImportFrom):
        return f" {node.level}"
    if isinstance(node, ast.FormattedValue):
        return f" {node.conversion}"
    if type(node).__name__ == "Interpolation":
        return f" {node.conversion} {json.dumps(node.str)}"
    if isinstance(node, ast.Constant):
        return " " + constant(node)
    return ""


def constant(node):
    value = node.value
    if value is None or value is True or value is False:
        return str(value)
    if value is Ellipsis:
        return "Ellipsis"
    if isinstance(value, str):
        return ("u" if node.kind else "") + json.dumps(value)
    if isinstance(value, bytes):
        return "b" + json.dumps(value.decode("latin-1"))
    if isinstance(value, int) and value >= 1 << 4000:
        return f"\x01{value:x}\x01"
    return f"\x01{value!r}\x01"


sys.setrecursionlimit(20000)


def write(node, out, placed):
    kind = type(node).__name__
    if isinstance(node, ast.stmt):
        out.append("\n")
    out.append("(" + kind)
    if not isinstance(node, NO_PLACE):
        out.append(f" {node.lineno}:{node.col_offset}" if placed else " *")
    out.append(details(node))
    if kind in ("Constant", "MatchSingleton"):
        if kind == "MatchSingleton":
            out.append(f" (Constant {node.lineno}:{node.col_offset} {node.value})")
        out.append(")")
        return
    inner = placed and (PLACED_FORMATS or kind != "JoinedStr")
    for field in node._fields:
        if field in SKIPPED:
            continue
        write_field(getattr(node, field, None), out, inner)
    if kind in ("TypeVar", "ParamSpec", "TypeVarTuple"):  # bound and default_value, where ast has none
        out.append(" -" * ((MINOR < 13) + (kind != "TypeVar")))
    if kind in ("FunctionDef", "AsyncFunctionDef", "ClassDef") and MINOR < 12:
        out.append(" []")  # type_params
    out.append(")")


def write_field(value, out, placed):
    if isinstance(value, list):
        out.append(" [")
        for item in value:
            write_field(item, out, placed)
        out.append("]")
    elif value is None:
        out.append(" -")
    elif isinstance(value, ast.AST):
        out.append(" ")
        write(value, out, placed)
    else:
        out.append(f" '{value}")


def canonical_numbers(text):
    def number(match):
        try:
            value = ast.literal_eval(match[1])
        except (ValueError, SyntaxError):
            return match[0]
        if isinstance(value, int) and value >= 1 << 4000:
            return f"\x01{value:x}\x01"
        return f"\x01{value!r}\x01"
    return re.sub("\x01([^\x01]*)\x01", number, text)


def blank_formats(text):
    """Takes the places off what is inside a JoinedStr."""
    out, position = [], 0
    while True:
        begin = text.find("(JoinedStr ", position)
        if begin < 0:
            return "".join(out) + text[position:]
        depth, i, end = 0, begin, len(text)
        for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[()]', text[begin:]):
            depth += {"(": 1, ")": -1}.get(token[0], 0)
            if depth == 0:
                end = begin + token.end()
                break
        inside = text[begin + 1:end]
        head = inside.index(" [")
        out.append(text[position:begin + 1] + inside[:head])
        out.append(re.sub(r"\((\w+) \d+:\d+", r"(\1 *", inside[head:]))
        position = end


def verdict_of(source):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "<file>", "exec", dont_inherit=True)
            return None
        except (SyntaxError, ValueError) as error:
            return [getattr(error, "lineno", 0) or 0, type(error).__name__, str(getattr(error, "msg", error))]
        except (RecursionError, MemoryError) as error:
            return [0, type(error).__name__, "too deep"]


def compare(job):
    try:
        return compare_file(job)
    except Exception as error:
        return "other tree", json.loads(job[0])["file"], f"the test failed: {error!r}"


def compare_file(job):
    line, with_tree = job
    row = json.loads(line)
    with open(row["file"], "rb") as file:
        source = file.read()
    theirs = verdict_of(source)
    needs = row["needs"][0]
    ours = row["errors"][0] if row["errors"] else ["needs", needs] if needs > MINOR else None
    if row["too_deep"]:
        return "too deep", row["file"], None
    if (ours is None) != (theirs is None):
        if theirs and theirs[1] in ("RecursionError", "MemoryError"):
            return "too deep", row["file"], None
        if theirs and theirs[2].startswith("unknown encoding"):
            return "missed, an encoding that Python lacks", row["file"], None  # see docs/limits.md
        return "false fault" if theirs is None else "missed", row["file"], ours or theirs
    if theirs is not None:
        if ours[0] == "needs":
            return "refused, needs", row["file"], None
        same_line = ours[0] == theirs[0]
        same_text = same_line and ours[3].split(" (")[0] == theirs[2].split(" (")[0]
        return ("refused" if same_text else "refused, other text" if same_line else "refused, other line"), row["file"], (
            ours, theirs)
    if not with_tree or "tree" not in row:
        return "taken", row["file"], None
    out = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            write(ast.parse(source), out, True)
        except RecursionError:
            return "too deep", row["file"], None
    expected, given = (canonical_numbers(tree).replace("\\u007f", "\x7f") for tree in ("".join(out), row["tree"]))
    if "\\ufffd" in given:
        return "taken, names of characters", row["file"], None
    if not given.isascii() or not expected.isascii():
        # Identifiers beyond ASCII are not brought into normal form NFKC.
        expected, given = (unicodedata.normalize("NFKC", tree) for tree in (expected, given))
    if not PLACED_FORMATS:
        expected, given = blank_formats(expected), blank_formats(given)
    if expected == given:
        return "taken", row["file"], None
    for left, right in zip(expected.split("\n"), given.split("\n")):
        if left != right:
            return "other tree", row["file"], (left[:1500], right[:1500])
    return "other tree", row["file"], ("length", len(expected), len(given))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("driver")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--tree", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=[], help="names of folders")
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    files = files_of(options.paths, options.every, options.without)
    command = [options.driver] + (["--tree"] if options.tree else [])
    rows = subprocess.run(command, input="".join(path + "\n" for path in files), stdout=subprocess.PIPE, text=True,
                          encoding="utf-8", errors="surrogateescape", check=True).stdout.splitlines()
    counts, shown = collections.Counter(), collections.Counter()
    with Pool(options.jobs) as pool:
        for kind, path, more in pool.imap(compare, [(row, options.tree) for row in rows], 16):
            counts[kind] += 1
            if more is not None and shown[kind] < options.show:
                shown[kind] += 1
                print(kind, path, *(more if isinstance(more, tuple) else [more]), sep="\n    ")
    print(dict(sorted(counts.items())))
    if sum(counts.values()) != len(files):
        print(f"the driver ended early: {sum(counts.values())} of {len(files)} files")
        return 1
    bad = [kind for kind in ("false fault", "missed", "other tree") if counts[kind]]
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
