#include "cli/options.h"

#include <gtest/gtest.h>

namespace headwater::cli {
namespace {

Result<Options> parsed(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "headwater");
  return parse_options(static_cast<int>(arguments.size()), arguments.data());
}

TEST(Options, ListOptionTakesOneValueSoThatAPathMayFollow) {
  const auto options = parsed({"check", "--root", "src", "--root", "lib", "tree"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->audit.roots, (std::vector<std::string>{"src", "lib"}));
  EXPECT_EQ(options->paths, std::vector<std::string>{"tree"});
}

TEST(Options, CodesAreCutAtCommas) {
  const auto options = parsed({"check", "--select", "HW1,HW201"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->audit.select, (std::vector<std::string>{"HW1", "HW201"}));
  EXPECT_EQ(options->paths, std::vector<std::string>{"."});
}

TEST(Options, SizesHaveBinaryUnits) {
  EXPECT_EQ(parsed({"check", "--max-file-size", "3M"})->audit.max_file_size, 3u << 20);
  EXPECT_FALSE(parsed({"check", "--max-file-size", "99999999999999T"}));
}

TEST(Options, UnknownOnesNameTheNearest) {
  EXPECT_EQ(parsed({"check", "--exlude=x"}).error().detail,
            "unknown option; did you mean --exclude?");
  EXPECT_EQ(parsed({"chekc"}).error().detail, "unknown command; did you mean check?");
  EXPECT_EQ(parsed({"dump", "import"}).error().path, "dump");
}

TEST(Options, DumpTakesSeveralPaths) {
  const auto options = parsed({"dump", "imports", "a", "b"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->stage, "imports");
  EXPECT_EQ(options->paths.size(), 2u);
}

TEST(Options, HelpAndVersionArePrinted) {
  EXPECT_EQ(parsed({"--version"})->command, nullptr);
  EXPECT_NE(parsed({"check", "--help"})->text.find("--output-format"), std::string::npos);
}

}  // namespace
}  // namespace headwater::cli
