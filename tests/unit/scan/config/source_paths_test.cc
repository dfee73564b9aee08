#include "scan/config/source_paths.h"

#include <gtest/gtest.h>

#include <string>

namespace headwater::scan {
namespace {

std::string found(std::string_view text) {
  std::vector<ConfigString> paths;
  add_source_paths(text, paths);
  std::string all;
  for (const ConfigString& one : paths) {
    all += one.name + '@' + std::to_string(one.line) + ':' + std::to_string(one.column) + ' ';
  }
  return all;
}

TEST(SourcePaths, LiteralsWithAFolderAndAnEnding) {
  EXPECT_EQ(found("open('conf/a.yaml')\n"), "conf/a.yaml@1:6 ");
  EXPECT_EQ(found("def f():\n    x = ['a/b.py',\n      'a/'\n      'c.sh']\n"),
            "a/b.py@2:10 a/c.sh@3:7 ");
  EXPECT_EQ(found("x = '/home/ada/data.csv'\n"), "/home/ada/data.csv@1:5 ");
  EXPECT_EQ(found("\n# a comment\n\nx = 'conf/a.yaml'"), "conf/a.yaml@4:5 ");
}

TEST(SourcePaths, OtherTextsAreNone) {
  EXPECT_EQ(found("x = 'a.yaml', f'conf/{a}.yaml', b'conf/a.yaml', 'see conf/a.yaml'\n"), "");
  EXPECT_EQ(found("# 'conf/a.yaml'\nx = 'http://a/b.json'\n'unfinished/a.yaml\n"), "");
}

}  // namespace
}  // namespace headwater::scan
