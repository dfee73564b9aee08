#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scan/python/scanner.h"

namespace headwater::scan {
namespace {

using Texts = std::vector<std::string>;

/// "+" in front of the roots, "?" may not run, "unread".
Texts edits(std::string_view text) {
  const FileFacts facts = scan_python(text);
  Texts out;
  for (const PathEdit& edit : facts.path_edits()) {
    std::string line = edit.at_front ? "+" : "";
    if (edit.is_conditional) line += '?';
    out.push_back(line + (edit.is_unread ? "unread" : std::string(facts.name(edit.folder))));
  }
  return out;
}

/// With the usual imports in front.
Texts edits_of(const std::string& text) {
  return edits("import os, sys, site\nimport os.path as osp\nfrom pathlib import Path\n" + text);
}

TEST(PathEdits, LiteralsAreSeenFromWherePythonStarts) {
  EXPECT_EQ(edits_of("sys.path.insert(0, 'lib')\nsys.path.append('/opt/x/../y')\n"),
            (Texts{"+cwd:lib", "/opt/y"}));
  EXPECT_EQ(edits_of("sys.path.append(os.getcwd())\nsys.path.append('')\n"),
            (Texts{"cwd:", "cwd:"}));
}

TEST(PathEdits, ArithmeticOfOsPathIsByTheLetters) {
  const std::string here = "here = osp.dirname(os.path.abspath(__file__))\n";
  EXPECT_EQ(edits_of(here + "sys.path.insert(0, osp.join(here, '..', 'lib'))\n"),
            (Texts{"+file:../lib"}));
  EXPECT_EQ(edits_of(here + "sys.path.insert(0, osp.dirname(osp.dirname(here)) + '/lib')\n"),
            (Texts{"+file:../../lib"}));
  EXPECT_EQ(edits_of(here + "sys.path.append(f'{here}/a')\nsite.addsitedir(here + os.sep + 'b')\n"),
            (Texts{"file:a", "file:b"}));
  EXPECT_EQ(edits_of("sys.path.append(osp.join(__file__, os.pardir, os.pardir))\n"),
            (Texts{"file:.."}));
  EXPECT_EQ(edits_of("sys.path.append(osp.dirname(osp.join(osp.dirname(__file__), '..')))\n"),
            (Texts{"file:"}));
}

TEST(PathEdits, PathlibIsFollowedThroughNames) {
  EXPECT_EQ(edits_of("ROOT = Path(__file__).resolve().parents[2]\n"
                     "sys.path.insert(0, str(ROOT / 'src'))\n"),
            (Texts{"+file:../../src"}));
  EXPECT_EQ(edits_of("p = Path(__file__).parent.parent\np /= 'x'\n"
                     "sys.path += [os.fspath(p), p.joinpath('y', 'z').as_posix()]\n"),
            (Texts{"file:../x", "file:../x/y/z"}));
}

TEST(PathEdits, SeveralInFrontKeepTheOrderInWhichTheyStand) {
  EXPECT_EQ(edits_of("sys.path[:0] = ['/a', '/b']\n"), (Texts{"+/b", "+/a"}));
  EXPECT_EQ(edits_of("sys.path = ['/a'] + sys.path + ['/b']\n"), (Texts{"+/a", "/b"}));
  EXPECT_EQ(edits_of("for p in ('/a', '/b'):\n    if p not in sys.path:\n"
                     "        sys.path.insert(0, p)\n"),
            (Texts{"+/a", "+/b"}));
  EXPECT_EQ(edits_of("sys.path.extend(osp.join('/r', d) for d in ['a', 'b'])\n"),
            (Texts{"/r/a", "/r/b"}));
}

TEST(PathEdits, LoopsUpwardStopAtTheirMarker) {
  const Texts expected{"+up:0:pyproject.toml:src"};
  const std::string use = "sys.path.insert(0, str(p / 'src'))\n";
  EXPECT_EQ(edits_of("p = Path(__file__).resolve().parent\n"
                     "while not (p / 'pyproject.toml').exists():\n    p = p.parent\n" +
                     use),
            expected);
  EXPECT_EQ(edits_of("p = osp.dirname(osp.abspath(__file__))\nwhile True:\n"
                     "    if osp.exists(osp.join(p, 'pyproject.toml')):\n        break\n"
                     "    p = osp.dirname(p)\nsys.path.insert(0, osp.join(p, 'src'))\n"),
            expected);
  EXPECT_EQ(edits_of("for p in Path(__file__).resolve().parents:\n"
                     "    if (p / 'pyproject.toml').is_file():\n        " +
                     use + "        break\n"),
            expected);
  EXPECT_EQ(edits_of("p = next(q for q in Path(__file__).parents"
                     " if (q / 'pyproject.toml').exists())\n" +
                     use),
            expected);
  EXPECT_EQ(edits_of("p = Path(__file__).parent.parent\n"
                     "while not any((p / m).exists() for m in ('.git', 'x')) and p != p.parent:\n"
                     "    p = p.parent\nsys.path.append(str(p))\n"),
            (Texts{"up:1:.git|x:"}));
}

TEST(PathEdits, WhatMayNotRunIsSaidToBeSo) {
  EXPECT_EQ(edits_of("if os.environ.get('X'):\n    sys.path.insert(0, '/a')\n"), (Texts{"+?/a"}));
  EXPECT_EQ(edits_of("def main():\n    sys.path.append('/a')\n"), (Texts{"?/a"}));
  EXPECT_EQ(edits_of("try:\n    import a\nexcept ImportError:\n    sys.path.append('/a')\n"),
            (Texts{"?/a"}));
}

TEST(PathEdits, WhatCannotBeReadIsUnread) {
  const Texts unread{"unread"};
  for (const char* text :
       {"sys.path.insert(0, os.environ['X'])\n", "sys.path.pop(0)\n", "sys.path = load()\n",
        "sys.path.extend(load())\n", "del sys.path[0]\n", "sys.path[0] = '/a'\n",
        "[sys.path.append(p) for p in load()]\n", "paths = sys.path\npaths.append('/a')\n",
        "a = ['/a']\na.append(load())\nsys.path.extend(a)\n",
        "a = '/a'\nif load():\n    a = '/b'\nsys.path.append(a)\n",
        "for p in load():\n    if x(p):\n        break\nsys.path.append(p)\n",
        "with load() as p:\n    sys.path.append(p)\n",
        "p = Path(__file__).parent\nwhile p.name != 'x':\n    p = p.parent / load()\n"
        "sys.path.append(str(p))\n"}) {
    Texts found = edits_of(text);
    for (std::string& one : found) one = one.substr(one.find("unread") == 1 ? 1 : 0);
    EXPECT_EQ(found, unread) << text;
  }
  EXPECT_EQ(edits_of("def add(p):\n    sys.path.append(p)\n"), (Texts{"?unread"}));
  EXPECT_EQ(edits_of("def f():\n    sys.path.pop(0)\n    del sys.path[0]\n"), Texts{});
  EXPECT_EQ(edits_of("p = '/a'\ndef f():\n    global p\n    p = load()\nf()\nsys.path.append(p)\n"),
            unread);
  EXPECT_EQ(edits("import sys\nsys.path.append('a')\nprint 'x'\n"), unread);
}

TEST(PathEdits, ReadingThePathIsNoEdit) {
  EXPECT_EQ(edits_of("print(sys.path)\nold = sys.path[:]\ni = sys.path.index('x')\n"
                     "for p in sys.path:\n    print(p)\n# sys.path.append('a')\n"),
            Texts{});
  EXPECT_EQ(edits("def f(sys):\n    sys.path.append('/a')\n"), Texts{});
}

TEST(PathEdits, OtherNamesOfThePathAreFollowed) {
  EXPECT_EQ(edits("from sys import path\npath.append('/a')\n"), (Texts{"/a"}));
  EXPECT_EQ(edits("import sys as s\ns.path.append('/a')\n"), (Texts{"/a"}));
  EXPECT_EQ(edits("from site import addsitedir\naddsitedir('/a')\n"), (Texts{"/a"}));
}

TEST(PathEdits, HostileTextIsGivenUp) {
  std::string text = "import sys\na = ['/a']\nb = '/b'\n";
  for (int i = 0; i < 40; ++i) text += "a = a + a\nb = b + b\n";
  EXPECT_EQ(edits(text + "sys.path.extend(a)\nsys.path.append(b)\n"), (Texts{"unread", "unread"}));
  std::string loops = "import sys\n";
  std::string indent;
  for (int i = 0; i < 8; ++i) {
    loops += indent + "for p in ('/a','/b','/c','/d','/e','/f','/g','/h','/i','/j'):\n";
    indent += ' ';
  }
  const Texts given_up = edits(loops + indent + "x = p\nsys.path = load()\n");
  EXPECT_FALSE(given_up.empty());
  EXPECT_EQ(given_up.back().substr(given_up.back().size() - 6), "unread");
}

}  // namespace
}  // namespace headwater::scan
