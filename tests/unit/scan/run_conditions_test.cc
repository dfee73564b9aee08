#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/import_graph.h"
#include "scan/python/scanner.h"

// Which branches a Python runs, from the text on.

namespace headwater::scan {
namespace {

constexpr uint16_t kPython312 = packed_version(3, 12);

/// By import: 'r' runs, 'n' never runs, 's' runs in scripts, '?' is not known.
std::string decided(std::string_view text, uint16_t version = kPython312,
                    Platforms platform = kLinux) {
  FileFacts facts = scan_python(text);
  facts.decide(version, platform);
  std::string out;
  for (const Import& import : facts.imports()) {
    const EdgeClass when = edge_kind(import).runs;
    out += when == EdgeClass::kImport   ? 'r'
           : when == EdgeClass::kNever  ? 'n'
           : when == EdgeClass::kScript ? 's'
                                        : '?';
  }
  return out;
}

/// Of `if <test>: import a; else: import b`.
std::string branches(const std::string& test, Platforms platform = kLinux) {
  return decided("if " + test + ":\n  import a\nelse:\n  import b\n", kPython312, platform);
}

TEST(RunConditions, Versions) {
  EXPECT_EQ(branches("sys.version_info >= (3, 12)"), "rn");
  EXPECT_EQ(branches("sys.version_info > (3, 12)"), "rn");  // version_info is longer
  EXPECT_EQ(branches("sys.version_info[:2] > (3, 12)"), "nr");
  EXPECT_EQ(branches("sys.version_info[:2] == (3, 12)"), "r?");
  EXPECT_EQ(branches("sys.version_info[:2] > (3,)"), "??");
  EXPECT_EQ(branches("sys.version_info[:2] >= (3, 12, 0)"), "??");
  EXPECT_EQ(branches("sys.version_info < (3, 12, 4)"), "??");
  EXPECT_EQ(branches("sys.version_info[0] != 2"), "rn");
  EXPECT_EQ(branches("sys.version_info.major == 2"), "nr");
  EXPECT_EQ(branches("2 < sys.version_info[0] < 4"), "??");
}

TEST(RunConditions, Platforms) {
  EXPECT_EQ(branches("sys.platform == 'win32'"), "nr");
  EXPECT_EQ(branches("sys.platform == 'win32'", kWin32), "rn");
  EXPECT_EQ(branches("sys.platform.startswith('linux') or os.name == 'nt'"), "rn");
  EXPECT_EQ(branches("os.name == 'posix' and sys.platform != 'darwin'"), "rn");
  EXPECT_EQ(branches("os.name == 'posix' and sys.platform != 'darwin'", kDarwin), "nr");
  EXPECT_EQ(branches("sys.platform == 'cygwin'"), "nr");
}

TEST(RunConditions, OtherHoldersOfTheSameNames) {
  for (const char* test : {"IPython.version_info[0] >= 4", "version_info >= (3, 0)",
                           "platform == 'Linux'", "a.sys.platform == 'linux'", "platform"}) {
    EXPECT_EQ(branches(test), "??") << test;
  }
}

TEST(RunConditions, OtherTestsBesideLeaveItOpen) {
  EXPECT_EQ(branches("sys.version_info >= (3, 8) and f()"), "??");
  EXPECT_EQ(branches("sys.version_info < (3, 8) and f()"), "n?");
  EXPECT_EQ(branches("not sys.version_info < (3, 8)"), "rn");
}

TEST(RunConditions, Main) {
  EXPECT_EQ(branches("__name__ == '__main__'"), "s?");
  EXPECT_EQ(branches("__name__ == '__main__' or sys.platform == 'win32'"), "??");
}

TEST(RunConditions, WhatIsNotKnownDecidesNothing) {
  EXPECT_EQ(decided("if sys.version_info >= (3, 8):\n  import a\n", 0), "?");
  EXPECT_EQ(decided("if sys.platform == 'linux':\n  import a\n", kPython312, 0), "?");
  EXPECT_EQ(decided("if sys.platform == 'linux':\n  import a\n", 0), "r");
}

TEST(RunConditions, ClausesAndNesting) {
  EXPECT_EQ(decided("if sys.version_info < (3, 9):\n  import a\nelif sys.platform == 'win32':\n"
                    "  import b\nelse:\n  import c\nimport d\n"),
            "nnrr");
  EXPECT_EQ(decided("if sys.version_info >= (3, 9):\n  for x in y:\n    import a\n  import b\n"),
            "?r");
  EXPECT_EQ(decided("while f():\n  if sys.version_info < (3, 9):\n    import a\n"), "n");
}

}  // namespace
}  // namespace headwater::scan
