#include "triage/read_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "triage/readers.h"

namespace headwater::triage {
namespace {

std::string text_of(const ToolEntry& entry) {
  constexpr std::string_view kAbout[] = {"import", "syntax", "configuration", "other"};
  std::string text =
      fmt::format("{} {}:{} {} [{}] {}", kAbout[static_cast<size_t>(entry.about)], entry.file,
                  entry.line, entry.module, fmt::join(entry.symbols, " "), entry.rule);
  for (const ReportedFrame& frame : entry.frames) {
    text += fmt::format(" <{}:{} {}>", frame.file, frame.line, frame.statement);
  }
  return text;
}

ToolReport read(std::string_view text) {
  TextBytes bytes(text);
  auto report = read_report(bytes, "report");
  EXPECT_TRUE(report) << (report ? "" : report.error().detail);
  return report ? *std::move(report) : ToolReport();
}

/// The tool, then what it says; "+N" counts what is about no import.
std::vector<std::string> lines_of(std::string_view text) {
  const ToolReport report = read(text);
  std::vector<std::string> lines{std::string(report.tool)};
  for (const ToolEntry& entry : report.entries) lines.push_back(text_of(entry));
  if (report.other_count() != 0) lines.push_back(fmt::format("+{}", report.other_count()));
  return lines;
}

std::string error_of(std::string_view text) {
  TextBytes bytes(text);
  const auto report = read_report(bytes, "report");
  return report ? "" : report.error().detail;
}

using Lines = std::vector<std::string>;

TEST(Pyright, LinesCountFromOneAndWhatHasNoRuleIsGrammar) {
  EXPECT_EQ(lines_of(R"({"version": "1.1", "generalDiagnostics": [
    {"file": "/a/b.py", "severity": "error", "message": "Import \"x.y\" could not be resolved",
     "range": {"start": {"line": 3, "character": 5}}, "rule": "reportMissingImports"},
    {"file": "/a/b.py", "severity": "error", "message": "\"Z\" is unknown import symbol",
     "range": {"start": {"line": 4}}, "rule": "reportAttributeAccessIssue"},
    {"file": "/a/c.py", "severity": "error", "message": "Expected expression",
     "range": {"start": {"line": 0}}},
    {"file": "/a/c.py", "severity": "error", "message": "no", "rule": "reportReturnType"}],
    "summary": {"errorCount": 4}})"),
            (Lines{"pyright", "import /a/b.py:4 x.y [] reportMissingImports",
                   "import /a/b.py:5  [Z] reportAttributeAccessIssue",
                   "syntax /a/c.py:1  [] syntax", "+1"}));
}

TEST(Pyright, FindsNothing) {
  EXPECT_EQ(lines_of(R"({"version": "1.1", "generalDiagnostics": [], "summary": {}})"),
            Lines{"pyright"});
}

TEST(MypyText, NotesAndTotalsAreNoEntries) {
  EXPECT_EQ(lines_of("a.py:4: error: Cannot find implementation or library stub for module named "
                     "\"paykit\"  [import-not-found]\n"
                     "a.py:4: note: See https://example.org\n"
                     "a.py:5:1: error: Module \"m\" has no attribute \"X\"; maybe \"Y\"?  "
                     "[attr-defined]\n"
                     "C:\\b.py:6: error: Incompatible types  [assignment]\n"
                     "c.py:1: error: Invalid syntax  [syntax]\r\n"
                     "Found 4 errors in 3 files (checked 9 source files)\n"),
            (Lines{"mypy", "import a.py:4 paykit [] import-not-found",
                   "import a.py:5 m [X] attr-defined", "syntax c.py:1  [] syntax", "+1"}));
}

TEST(MypyText, ColorsDoNotMatter) {
  EXPECT_EQ(lines_of("a.py:4: \x1b[1m\x1b[31merror:\x1b(B\x1b[m Skipping analyzing \"y\": module "
                     "is installed, but missing library stubs\n")
                .at(0),
            "mypy");
}

TEST(MypyJson, IsJsonLines) {
  EXPECT_EQ(
      lines_of(
          R"({"file": "a.py", "line": 1, "column": 0, "message": "Cannot find implementation or library stub for module named \"t\"", "hint": null, "code": "import-not-found", "severity": "error"}
{"file": "a.py", "line": 2, "column": 0, "message": "No", "hint": "h", "code": "arg-type", "severity": "error"}
{"file": "a.py", "line": 2, "column": 0, "message": "See", "hint": null, "code": null, "severity": "note"}
)"),
      (Lines{"mypy", "import a.py:1 t [] import-not-found", "+1"}));
}

TEST(Ruff, SyntaxAloneIsAboutImports) {
  EXPECT_EQ(lines_of(R"([
    {"code": "invalid-syntax", "filename": "/a.py", "location": {"row": 2, "column": 1},
     "message": "Expected `)`"},
    {"code": null, "filename": "/b.py", "location": {"row": 3, "column": 1}, "message": "SyntaxError"},
    {"code": "F401", "filename": "/a.py", "location": {"row": 2, "column": 1}, "message": "unused"}])"),
            (Lines{"ruff", "syntax /a.py:2  [] invalid-syntax", "syntax /b.py:3  [] invalid-syntax",
                   "+1"}));
}

TEST(Pylint, BothOfItsForms) {
  const std::string rows = R"([
    {"path": "a.py", "line": 1, "message-id": "E0401", "message": "Unable to import 'x.y'"},
    {"path": "a.py", "line": 2, "message-id": "E0611", "message": "No name 'X' in module 'm'"},
    {"path": "a.py", "line": 3, "message-id": "E0402", "message": "Attempted relative import"},
    {"path": "a.py", "line": 4, "message-id": "E0001", "message": "Parsing failed: 'invalid'"},
    {"path": "a.py", "line": 5, "message-id": "E0001", "message": "Cannot import 'c' due to 'x'"},
    {"path": "a.py", "line": 6, "message-id": "C0114", "message": "Missing"}])";
  const Lines expected{"pylint",
                       "import a.py:1 x.y [] E0401",
                       "import a.py:2 m [X] E0611",
                       "import a.py:3  [] E0402",
                       "syntax a.py:4  [] E0001",
                       "import a.py:5 c [] E0001",
                       "+1"};
  EXPECT_EQ(lines_of(rows), expected);
  std::string json2 = rows;
  for (size_t at; (at = json2.find("message-id")) != std::string::npos;) {
    json2.replace(at, 10, "messageId");
  }
  EXPECT_EQ(lines_of("{\"messages\": " + json2 + ", \"statistics\": {}}"), expected);
}

TEST(Ty, IsGitLabsFormat) {
  EXPECT_EQ(lines_of(R"([{"check_name": "import-not-found",
      "description": "import-not-found: Cannot resolve imported module `..x`",
      "location": {"path": "a.py", "positions": {"begin": {"line": 4}}}},
     {"check_name": "missing-module-member",
      "description": "missing-module-member: Module `m` has no member `X`",
      "location": {"path": "a.py", "positions": {"begin": {"line": 5}}}},
     {"check_name": "invalid-assignment", "description": "invalid-assignment: no",
      "location": {"path": "a.py", "positions": {"begin": {"line": 5}}}}])"),
            (Lines{"ty", "import a.py:4 ..x [] import-not-found",
                   "import a.py:5 m [X] missing-module-member", "+1"}));
}

TEST(Pyrefly, NamesItsRules) {
  EXPECT_EQ(lines_of(R"({"errors": [
     {"line": 4, "path": "a.py", "name": "missing-import", "concise_description": "Cannot find module `x`"},
     {"line": 5, "path": "a.py", "name": "missing-module-attribute", "concise_description": "Could not import `X` from `m`"},
     {"line": 6, "path": "a.py", "name": "parse-error", "concise_description": "Parse error: no"},
     {"line": 7, "path": "a.py", "name": "bad-return", "concise_description": "no"}]})"),
            (Lines{"pyrefly", "import a.py:4 x [] missing-import",
                   "import a.py:5 m [X] missing-module-attribute", "syntax a.py:6  [] parse-error",
                   "+1"}));
}

TEST(Deptry, OnlyWhatIsNotThereMayFail) {
  EXPECT_EQ(lines_of(R"([{"error": {"code": "DEP001", "message": "'x' imported but missing"},
       "module": "x", "location": {"file": "a.py", "line": 3, "column": 8}},
      {"error": {"code": "DEP002", "message": "unused"}, "module": "y",
       "location": {"file": "pyproject.toml", "line": null, "column": null}}])"),
            (Lines{"deptry", "import a.py:3 x [] DEP001", "+1"}));
}

TEST(Traceback, TheHandledImportErrorIsWhatIsReported) {
  EXPECT_EQ(lines_of("INFO start\n"
                     "Traceback (most recent call last):\n"
                     "  File \"/r/m.py\", line 2, in <module>\n"
                     "    import nope.sub\n"
                     "ModuleNotFoundError: No module named 'nope'\n"
                     "\n"
                     "The above exception was the direct cause of the following exception:\n"
                     "\n"
                     "Traceback (most recent call last):\n"
                     "  File \"/r/t.py\", line 1, in <module>\n"
                     "    import m\n"
                     "    ^^^^^^^^\n"
                     "  File \"/r/m.py\", line 4, in <module>\n"
                     "    raise RuntimeError(\"install\") from e\n"
                     "RuntimeError: install\n"
                     "Traceback (most recent call last):\n"
                     "  File \"/r/k.py\", line 9, in go\n"
                     "    d['k']\n"
                     "KeyError: 'k'\n"),
            (Lines{"traceback",
                   "import /r/m.py:2 nope [] ModuleNotFoundError </r/t.py:1 import m> "
                   "</r/m.py:4 raise RuntimeError(\"install\") from e> </r/m.py:2 import nope.sub>",
                   "+1"}));
}

TEST(Traceback, ASyntaxErrorIsWhereItSays) {
  EXPECT_EQ(lines_of("Traceback (most recent call last):\n"
                     "  File \"/r/t.py\", line 1, in <module>\n"
                     "    import m\n"
                     "  File \"/r/m.py\", line 7\n"
                     "    def f(:\n"
                     "          ^\n"
                     "SyntaxError: invalid syntax\n"),
            (Lines{"traceback",
                   "syntax /r/m.py:7  [] SyntaxError </r/t.py:1 import m> </r/m.py:7 def f(:>"}));
}

constexpr std::string_view kPytestErrors =
    "==================================== ERRORS ====================================\n"
    "___________________ ERROR collecting tests/test_a.py ____________________\n"
    "ImportError while importing test module '/r/tests/test_a.py'.\n"
    "Hint: make sure your test modules/packages have valid Python names.\n"
    "Traceback:\n"
    "/usr/lib/python3.11/importlib/__init__.py:126: in import_module\n"
    "    return _bootstrap._gcd_import(name[level:], package, level)\n"
    "           ^^^^^^^^^^^^\n"
    "tests/test_a.py:1: in <module>\n"
    "    from m import X\n"
    "E   ImportError: cannot import name 'X' from 'm' (/r/m.py)\n"
    "___________________ ERROR collecting tests/test_b.py ____________________\n"
    "tests/test_b.py:3: in <module>\n"
    "    import broken\n"
    "E     File \"/r/broken.py\", line 2\n"
    "E       x = (\n"
    "E           ^\n"
    "E   SyntaxError: '(' was never closed\n"
    "=================================== FAILURES ===================================\n"
    "____________________________________ test_x ____________________________________\n"
    "\n"
    "    def test_x():\n"
    ">       go()\n"
    "\n"
    "tests/test_c.py:3: \n"
    "_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ \n"
    "\n"
    "    def go():\n"
    ">       import nope.a\n"
    "E       ModuleNotFoundError: No module named 'nope'\n"
    "\n"
    "mod.py:2: ModuleNotFoundError\n"
    "=========================== short test summary info ============================\n"
    "ERROR tests/test_a.py\n";

const Lines kPytestEntries{
    "pytest",
    "import tests/test_a.py:1 m [X] ImportError </usr/lib/python3.11/importlib/__init__.py:126 "
    "return _bootstrap._gcd_import(name[level:], package, level)> <tests/test_a.py:1 from m import "
    "X>",
    "syntax /r/broken.py:2  [] SyntaxError <tests/test_b.py:3 import broken>",
    "import mod.py:2 nope [] ModuleNotFoundError <tests/test_c.py:3 go()> <mod.py:2 import "
    "nope.a>"};

TEST(Pytest, ErrorsOfCollectionAndFailures) { EXPECT_EQ(lines_of(kPytestErrors), kPytestEntries); }

TEST(Pytest, TheSummaryCountsWhereNothingElseIsTold) {
  EXPECT_EQ(lines_of("========= test session starts =========\n"
                     "======= short test summary info =======\n"
                     "ERROR tests/test_a.py - ModuleNotFoundError: No module named 'x'\n"
                     "========= 1 error in 0.1s =========\n"),
            (Lines{"pytest", "import tests/test_a.py:0 x [] ModuleNotFoundError"}));
}

TEST(Pytest, AMessageMayBeginOnTheNextLine) {
  const ToolReport report = read(
      "========= ERRORS =========\n"
      "____ ERROR collecting tests/test_a.py ____\n"
      "tests/test_a.py:1: in <module>\n"
      "    import core\n"
      "E   ImportError: \n"
      "E   \n"
      "E   IMPORTANT: PLEASE READ THIS\n"
      "E   \n"
      "E   Importing the C-extensions failed.\n"
      "____ ERROR collecting tests/test_b.py ____\n"
      "tests/test_b.py:1: in <module>\n"
      "    import frames\n"
      "E   ImportError: Unable to import required dependencies:\n"
      "E   numpy: No module named 'numpy'\n"
      "========= 2 errors in 0.1s =========\n");
  ASSERT_EQ(report.entries.size(), 2u);
  EXPECT_EQ(report.entries[0].rule, "ImportError");
  EXPECT_EQ(report.entries[0].message, "IMPORTANT: PLEASE READ THIS");
  EXPECT_EQ(report.entries[1].message,
            "Unable to import required dependencies: numpy: No module named 'numpy'");
}

TEST(Traceback, AMessageMayBeginOnTheNextLine) {
  const ToolReport report = read(
      "Traceback (most recent call last):\n"
      "  File \"a.py\", line 1, in <module>\n"
      "    import core\n"
      "ImportError: \n"
      "\n"
      "IMPORTANT: PLEASE READ THIS\n"
      "and more\n");
  ASSERT_EQ(report.entries.size(), 1u);
  EXPECT_EQ(report.entries[0].rule, "ImportError");
  EXPECT_EQ(report.entries[0].message, "IMPORTANT: PLEASE READ THIS");
}

TEST(Pytest, AConftestThatFailsIsAll) {
  EXPECT_EQ(lines_of("ImportError while loading conftest '/r/conftest.py'.\n"
                     "conftest.py:1: in <module>\n"
                     "    import mod\n"
                     "E   ModuleNotFoundError: No module named 'mod'"),
            (Lines{"pytest",
                   "import conftest.py:1 mod [] ModuleNotFoundError <conftest.py:1 import mod>"}));
}

TEST(JUnit, HoldsTheSameText) {
  EXPECT_EQ(
      lines_of("<?xml version=\"1.0\"?><testsuites><testsuite name=\"a>b\"><testcase name=\"t\">"
               "<error message=\"collection failure\">tests/t.py:1: in &lt;module&gt;\n"
               "    from m import &#88;\nE   ImportError: cannot import name 'X' from 'm'</error>"
               "</testcase><testcase name=\"u\"/><testcase><failure><![CDATA[t.py:2: in f\n"
               "    x < 1\nE   TypeError: no]]></failure></testcase></testsuite></testsuites>"),
      (Lines{"pytest", "import tests/t.py:1 m [X] ImportError <tests/t.py:1 from m import X>",
             "+1"}));
}

TEST(ImportAudit, TextNamesImportsAndTargets) {
  EXPECT_EQ(lines_of("\n====\nAUDIT REPORT | Scanned 2 .py files, 1 .yaml files\n====\n\n"
                     "BROKEN IMPORTS (2):\n"
                     "  [File] a/b.py:12\n"
                     "    --> Import: x.y ['A', 'B']\n"
                     "    --> Error: Module or attribute not found\n"
                     "  [File] a/c.py:3\n"
                     "    --> Import: torch \n"
                     "    --> Error: Module not found\n"
                     "BROKEN HYDRA TARGETS (1):\n"
                     "  [Config] c.yaml\n    --> Key: a.b\n    --> Target: x.y.Z\n"
                     "    --> Error: Module 'x.y' not found\n\nAnomalies detected.\n"),
            (Lines{"import audit", "import a/b.py:12 x.y [A B] ", "import a/c.py:3 torch [] ",
                   "configuration c.yaml:0 x.y.Z [] a.b"}));
}

TEST(ImportAudit, CategoriesAreTheRules) {
  const std::string entry =
      R"({"file": "a.py", "line": 3, "module": "m", "symbols": ["A"], "error": "no"})";
  EXPECT_EQ(lines_of(R"({"total": 1, "categories": {"ui": 1}, "details": {"empty": [], "ui": [)" +
                     entry + "]}}"),
            (Lines{"import audit", "import a.py:3 m [A] ui"}));
  EXPECT_EQ(lines_of(R"({"core_fixes": {"base": [)" + entry +
                     R"(]}, "script_candidates": {"data": [)" + entry + R"(]}, "summary": {}})"),
            (Lines{"import audit", "import a.py:3 m [A] base", "import a.py:3 m [A] data"}));
}

TEST(ScriptAudit, IsCountedByCategory) {
  const ToolReport report = read(
      R"({"audit_date": "x", "categorization": {"keep": [{"file": "a.py", "complexity": {"lines": 3}}],
          "review": [{"file": "b.py", "complexity": {}}, {"file": "c.py", "complexity": {}}]}})");
  EXPECT_EQ(report.tool, "script audit");
  EXPECT_EQ(report.others, (OtherEntries{{"keep", 1}, {"review", 2}}));
}

TEST(Report, WhatIsEmptyHasNoEntries) {
  for (const char* text : {"", "\n \n", "\xEF\xBB\xBF", "[]"}) {
    EXPECT_EQ(lines_of(text), Lines{""}) << text;
  }
}

TEST(Report, ACleanRunHasNoEntries) {
  EXPECT_EQ(lines_of("Success: no issues found in 3 source files\n"), Lines{"mypy"});
  EXPECT_EQ(lines_of("a.py:1: note: See\n\x1b[1m\x1b[32mSuccess: no issues found in 1 source "
                     "file\x1b[m"),
            Lines{"mypy"});
  EXPECT_EQ(lines_of("..   [100%]\n2 passed in 0.01s\n"), Lines{"pytest"});
  EXPECT_EQ(lines_of("1 passed, 2 skipped, 1 warning in 61.10s (0:01:01)\n\n"), Lines{"pytest"});
  EXPECT_EQ(lines_of("All checks passed!"), Lines{"ruff or ty"});
  EXPECT_EQ(lines_of("0 errors, 0 warnings, 0 informations \n"), Lines{"pyright"});
}

TEST(Report, ALineThatPraisesItDoesNotHideWhatIsSaidElsewhere) {
  EXPECT_EQ(lines_of("All checks passed!\na.py:4: error: Invalid syntax  [syntax]\n"),
            (Lines{"mypy", "syntax a.py:4  [] syntax"}));
  for (const char* text :
       {"a.py:1:8 - error: Import \"x\"\nAll checks passed!\n", "All checks passed!\nmore\n",
        "1 failed, 2 passed in 0.01s\n", "no tests ran in 0.01s\n", "x passed in 1s\n", " in 1s\n",
        "2 passed in"}) {
    EXPECT_TRUE(error_of(text).starts_with("byte 0: it is in no format")) << text;
  }
}

TEST(Report, WhatIsNotKnownSaysWhere) {
  EXPECT_NE(error_of("nothing to see\n").find("byte 0: it is in no format"), std::string::npos);
  EXPECT_NE(error_of("  {\"a\": [{\"b\": 1}]}").find("byte 9: it is in no"), std::string::npos);
  EXPECT_EQ(error_of("\xFF\xFE{"), "byte 0: it is UTF-16; save it as UTF-8");
  EXPECT_EQ(error_of("{\"a\": [1, 2}"), "byte 11: a bracket closes none that is open");
}

TEST(Report, WhatIsCutOffIsReadAsFarAsItGoes) {
  const std::string one =
      R"({"filename": "/a.py", "location": {"row": 2}, "code": "E999", "message": "x"})";
  const ToolReport cut = read("[" + one + ",\n" + one.substr(0, 30));
  EXPECT_EQ(cut.entries.size(), 1u);
  ASSERT_EQ(cut.warnings.size(), 1u);
  EXPECT_EQ(cut.warnings[0], fmt::format("byte {}: it ends in the entry that begins at byte {}; "
                                         "what is before it was read",
                                         one.size() + 33, one.size() + 3));
}

TEST(Report, AnEntryThatCannotBeReadIsSkippedAndCounted) {
  const std::string one =
      R"({"filename": "/a.py", "location": {"row": 2}, "code": "E999", "message": "x"})";
  const ToolReport report =
      read("[" + one + R"(, {"filename": 3}, {"filename": "\xff"}, )" + one + "]");
  ASSERT_EQ(report.entries.size(), 1u);
  EXPECT_EQ(report.entries[0].times, 2u);
  EXPECT_EQ(report.unreadable, 2u);
  ASSERT_EQ(report.warnings.size(), 1u);
  EXPECT_NE(report.warnings[0].find("2 of its entries cannot be read"), std::string::npos);
}

TEST(Report, AnEntryThatIsNoJsonInsideIsSkipped) {
  const ToolReport report = read(
      R"([{"code": "E999", "filename": "/a.py", "location": {"row": 1 2}, "message" "x"},
          {"code" "E999", "filename": "/a.py", "location": {"row": 2}}, {"code": "E999", "filename":
          "/b.py", "location": {"row": 3}, "message": "x"}])");
  EXPECT_EQ(report.entries.size(), 1u);
  EXPECT_EQ(report.unreadable, 2u);
}

TEST(Report, WhatIsKeptOfAnEntryIsBounded) {
  const std::string long_text(100000, 'x');
  const ToolReport report =
      read(R"([{"filename": "/)" + long_text +
           R"(", "location": {"row": 2}, "code": "E999", "message": ")" + long_text + "\"}]");
  ASSERT_EQ(report.entries.size(), 1u);
  EXPECT_EQ(report.entries[0].file.size(), 4096u);
  EXPECT_EQ(report.entries[0].message.size(), 1024u);
}

TEST(Report, TextReadersDoNotMindWhereAPieceEnds) {
  for (const TextFormat* format : {&kPytest, &kTraceback, &kMypyText, &kImportAuditText}) {
    Lines whole;
    Lines pieces;
    const auto into = [](Lines& lines) {
      return Sink([&lines](const ToolEntry& entry) { lines.push_back(text_of(entry)); });
    };
    const Sink all = into(whole);
    const Sink each = into(pieces);
    const auto one = format->make();
    one->take(kPytestErrors, all);
    one->finish(all);
    const auto other = format->make();
    for (const char& c : kPytestErrors) other->take({&c, 1}, each);
    other->finish(each);
    EXPECT_EQ(whole, pieces) << format->tool;
  }
}

}  // namespace
}  // namespace headwater::triage
