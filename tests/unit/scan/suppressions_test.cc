#include <gtest/gtest.h>

#include "scan/python/scanner.h"

namespace headwater::scan {
namespace {

struct Found {
  uint32_t line;
  uint32_t statement_line;
  std::string codes;
  bool whole_file;
  bool operator==(const Found&) const = default;
};

std::vector<Found> suppressions(std::string_view text) {
  const FileFacts facts = scan_python(text);
  std::vector<Found> found;
  for (const Suppression& each : facts.suppressions()) {
    found.push_back({each.line, each.statement_line, std::string(facts.name(each.codes)),
                     each.whole_file != 0});
  }
  return found;
}

TEST(Suppressions, BelongToTheStatementOnWhoseFirstOrLastLineTheyStand) {
  EXPECT_EQ(suppressions("import a  # headwater: ignore[HW101, HW2]\n"),
            (std::vector<Found>{{1, 1, "HW101,HW2", false}}));
  EXPECT_EQ(suppressions("x\nfrom a import (\n  b,  # headwater: ignore\n)  # headwater:ignore\n"),
            (std::vector<Found>{{3, 3, "", false}, {4, 2, "", false}}));
}

TEST(Suppressions, AreCommentsAndNoStrings) {
  EXPECT_TRUE(suppressions("x = '# headwater: ignore'\n").empty());
  EXPECT_TRUE(suppressions("\"\"\"\n# headwater: ignore\n\"\"\"\n").empty());
  EXPECT_TRUE(suppressions("# see headwater: ignore\n").empty());
  EXPECT_TRUE(suppressions("# headwater: ignores\n# headwater: ignore[HW1\n").empty());
  EXPECT_TRUE(suppressions("#headwater:").empty());
}

TEST(Suppressions, MayStandBehindAnotherRemarkAndBeforeOne) {
  EXPECT_EQ(suppressions("# noqa # headwater: ignore-file[HW1] until May"),
            (std::vector<Found>{{1, 1, "HW1", true}}));
}

}  // namespace
}  // namespace headwater::scan
