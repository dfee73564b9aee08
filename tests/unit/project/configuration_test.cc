#include "project/configuration.h"

#include <gtest/gtest.h>

#include "unit/support/files_in_memory.h"

namespace headwater::project {
namespace {

Error error_of(const std::string& settings) {
  const FilesInMemory files{{"/r/pyproject.toml", "[tool.headwater]\n" + settings}};
  const auto result = read_configuration(files, "/r");
  EXPECT_FALSE(result.has_value()) << settings;
  return result ? Error{} : result.error();
}

TEST(Configuration, EveryKeyIsRead) {
  const FilesInMemory files{
      {"/r/pyproject.toml",
       "[tool.headwater]\nroots=['src']\nexclude=['gen/']\nselect=['HW1']\nignore=['HW104']\n"
       "env='none'\npython-version='3.12'\nknown-modules=['plugins.*']\nmax-file-size='2M'\n"
       "fail-on='fault'\n"}};
  const auto configuration = read_configuration(files, "/r");
  ASSERT_TRUE(configuration.has_value());
  EXPECT_EQ(configuration->file, "pyproject.toml");
  EXPECT_EQ(configuration->roots, std::vector<std::string>{"src"});
  EXPECT_EQ(configuration->exclude, std::vector<std::string>{"gen/"});
  EXPECT_EQ(configuration->select, std::vector<std::string>{"HW1"});
  EXPECT_EQ(configuration->ignore, std::vector<std::string>{"HW104"});
  EXPECT_EQ(configuration->known_modules, std::vector<std::string>{"plugins.*"});
  EXPECT_EQ(configuration->environment, "none");
  EXPECT_EQ(configuration->python_version, (PythonVersion{3, 12}));
  EXPECT_EQ(configuration->max_file_size, 2u << 20);
  EXPECT_EQ(configuration->fail_on, "fault");
}

TEST(Configuration, NothingConfiguredIsNoError) {
  const FilesInMemory files{{"/r/pyproject.toml", "[project]\nname='x'\n"}};
  const auto configuration = read_configuration(files, "/r");
  ASSERT_TRUE(configuration.has_value());
  EXPECT_TRUE(configuration->file.empty());
}

TEST(Configuration, HeadwaterTomlWins) {
  const FilesInMemory files{{"/r/headwater.toml", "env='a'\n"},
                            {"/r/pyproject.toml", "[tool.headwater]\nenv='b'\n"}};
  EXPECT_EQ(read_configuration(files, "/r")->environment, "a");
}

TEST(Configuration, AnUnknownKeyIsAnErrorWithTheNearestOne) {
  const Error error = error_of("exclud=['x']\n");
  EXPECT_EQ(error.code, ErrorCode::kUsage);
  EXPECT_EQ(error.path, "pyproject.toml:2:1");
  EXPECT_EQ(error.detail, "unknown key `exclud`: did you mean `exclude`?");
  EXPECT_TRUE(error_of("zzzzzzzzzzzz=1\n").detail.find("known are baseline, deferrals, env") !=
              std::string::npos);
}

TEST(Configuration, DeferralsNeedAReasonAndMayHaveADay) {
  const FilesInMemory files{{"/r/headwater.toml",
                             "deferrals=[\n{module='ui',reason='moves',until=2027-01-03},\n"
                             "{path='./a/',code='HW1',owner='web',reason='x',until='2028-02-29'},\n"
                             "{module='x',reason='y'}]\n"}};
  const auto configuration = read_configuration(files, "/r");
  ASSERT_TRUE(configuration.has_value());
  ASSERT_EQ(configuration->deferrals.size(), 3u);
  EXPECT_EQ(configuration->deferrals[0].until, "2027-01-03");
  EXPECT_EQ(configuration->deferrals[0].line, 2u);
  EXPECT_EQ(configuration->deferrals[1].path, "a");
  EXPECT_EQ(configuration->deferrals[2].until, "");
  for (const char* wrong :
       {"{module='x',until='2027-01-01'}", "{module='x',reason='y',until=''}",
        "{reason='y',until='2027-01-01'}", "'ui'", "{module='x',reason='y',until='2027-02-29'}",
        "{module='x',reason='y',until='2027-1-01'}"}) {
    EXPECT_EQ(error_of("deferrals=[" + std::string(wrong) + "]\n").code, ErrorCode::kUsage);
  }
}

TEST(Configuration, AWrongTypeIsAnErrorAtTheValue) {
  EXPECT_EQ(error_of("roots='src'\n").detail, "`roots` must be a list of strings, as [\"...\"]");
  EXPECT_EQ(error_of("roots=[1]\n").path, "pyproject.toml:2:8");
  EXPECT_EQ(error_of("python-version=3.12\n").detail,
            "`python-version` must be a version in quotes, as \"3.12\"");
  EXPECT_EQ(error_of("max-file-size='10Q'\n").detail,
            "`max-file-size` must be bytes, or \"64K\", \"10M\", \"1G\"");
  EXPECT_EQ(error_of("fail-on='all'\n").detail, "`fail-on` must be \"fault\"");
}

TEST(Configuration, ASyntaxErrorNamesItsPlace) {
  const Error error = error_of("roots=[\n");
  EXPECT_EQ(error.code, ErrorCode::kMalformed);
  EXPECT_TRUE(error.path.starts_with("pyproject.toml:")) << error.path;
}

}  // namespace
}  // namespace headwater::project
