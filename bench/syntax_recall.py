#!/usr/bin/env python3
"""How many broken files `headwater check` finds, by class of error, against this Python's compile().

usage: syntax_recall.py HEADWATER PATH... [--files N] [--seed N] [--minimum PERCENT]

Takes N files that compile from PATH, breaks each by one mutation of one token (delete, double, swap, replace), keeps those
that compile() refuses, and audits them with and without --deep. Every finding about a file that compiles is a false fault.
The same seed gives the same mutants. Exits with 1 for a false fault, or for less recall than --minimum in the classes
lexical, bracket and indentation without --deep.
"""
import argparse
import collections
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import tokenize
import warnings

LEXICAL = ("unterminated", "invalid character", "invalid non-printable", "literal", "unicode error", "value error",
           "line continuation", "null bytes", "unexpected EOF", "decode", "f-string: single", "f-string: expecting '}'",
           "leading zeros", "bytes can only")
BRACKET = ("was never closed", "unmatched", "does not match opening", "too many nested")


def refused(source):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "<file>", "exec", dont_inherit=True)
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError):
            return None
    return False


def class_of(error, source):
    if isinstance(error, IndentationError):
        return "indentation"
    message = error.msg or ""
    if any(part in message for part in BRACKET):
        return "bracket"
    if any(part in message for part in LEXICAL) and "cannot assign" not in message and "assign to literal" not in message:
        return "lexical"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "<file>", "exec", 0x400, dont_inherit=True)  # ast.PyCF_ONLY_AST
        return "symbol table"
    except SyntaxError:
        return "grammar"


def mutant(text, choice):
    try:
        tokens = [t for t in tokenize.generate_tokens(io.StringIO(text).readline)
                  if t.type not in (tokenize.ENDMARKER, tokenize.COMMENT, tokenize.NL, tokenize.DEDENT)
                  and (t.string or t.type == tokenize.INDENT)]
    except (tokenize.TokenError, SyntaxError):
        return None
    if not tokens:
        return None
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    token = choice.choice(tokens)
    begin, end = (starts[row - 1] + column for row, column in (token.start, token.end))
    old = text[begin:end]
    kind = choice.randrange(5)
    if kind == 0:
        new = ""
    elif kind == 1:
        new = old + " " + old
    elif kind == 2:
        other = choice.choice(tokens)
        new = other.string
    elif kind == 3 and old:
        at = choice.randrange(len(old))
        new = old[:at] + old[at + 1:]
    else:
        new = old + choice.choice(list("()[]{}'\"\\:,=") + ["  ", "\n", " x", "\t"])
    return text[:begin] + new + text[end:]


def audited(headwater, folder, deep):
    command = [headwater, "check", folder, "--env", "none", "--python-version", f"3.{sys.version_info[1]}", "--no-ignore",
               "--select", "HW301", "--output-format", "jsonl"] + (["--deep"] if deep else [])
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    return {json.loads(line)["file"] for line in done.stdout.splitlines() if b'"HW301"' in line}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("headwater")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minimum", type=float, default=0)
    options = parser.parse_args()
    choice = random.Random(options.seed)
    sources = sorted(os.path.join(folder, name) for path in options.paths for folder, _, names in os.walk(path)
                     for name in names if name.endswith(".py"))
    sources = choice.sample(sources, min(options.files, len(sources)))
    broken, sound = {}, set()
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(sources):
            try:
                with open(path, encoding="utf-8") as file:
                    text = file.read()
            except (OSError, UnicodeDecodeError):
                continue
            if len(text) > 200_000 or refused(text) is not False:
                continue
            changed = mutant(text, choice)
            if changed is None:
                continue
            error = refused(changed)
            if error is None:
                continue
            name = f"m{number:05}.py"
            with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
                file.write(changed)
            if error:
                broken[name] = (class_of(error, changed), error.msg)
            else:
                sound.add(name)
        by_mode = {mode: audited(options.headwater, folder, mode == "--deep") for mode in ("default", "--deep")}
    failed = False
    for mode, found in by_mode.items():
        totals, hits, missed = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
        for name, (of_class, message) in broken.items():
            totals[of_class] += 1
            hits[of_class] += name in found
            if name not in found:
                missed[of_class][message[:70]] += 1
        false = sorted(found & sound)
        print(f"{mode}: {len(false)} false of {len(sound)} sound files {false[:5]}")
        failed |= bool(false)
        for of_class in sorted(totals):
            share = 100 * hits[of_class] / totals[of_class]
            print(f"  {of_class:13} {hits[of_class]:5} of {totals[of_class]:5} {share:6.1f} %  missed: "
                  f"{dict(missed[of_class].most_common(4))}")
            if mode == "default" and of_class in ("lexical", "bracket", "indentation"):
                failed |= share < options.minimum
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
