#include "environment/distributions.h"

#include <gtest/gtest.h>

#include "model/core_metadata.h"
#include "model/requirement.h"
#include "unit/support/files_in_memory.h"

namespace headwater::environment {
namespace {

using Names = std::vector<std::string>;

TEST(Distributions, ImportNameWinsOverTopLevelWinsOverRecord) {
  FilesInMemory files{{"/s/a-1.dist-info/METADATA", "Name: A.B_c\nVersion: 1\n"},
                      {"/s/a-1.dist-info/RECORD", "a/__init__.py,sha256=x,1\na/b.py,,\n"}};
  const auto read = [&] { return read_distributions(files, {"/s"}, {}).distributions.at(0); };
  EXPECT_EQ(read().normalized_name, "a-b-c");
  EXPECT_EQ(read().evidence, "RECORD");
  EXPECT_EQ(read().top_level, Names{"a"});
  files.add("/s/a-1.dist-info/top_level.txt", "top\n");
  EXPECT_EQ(read().top_level, Names{"top"});
  files.add("/s/a-1.dist-info/METADATA",
            "Name: a\nImport-Name: ns.one\nImport-Name: two ; private\nImport-Namespace: ns\n");
  EXPECT_EQ(read().evidence, "Import-Name");
  EXPECT_EQ(read().top_level, (Names{"ns", "two"}));
}

TEST(Distributions, MetadataWithoutANameTakesTheFoldersAndSaysSo) {
  const FilesInMemory files{{"/s/left_pad-1.2.dist-info/METADATA", "Summary: x\n"}};
  const auto installed = read_distributions(files, {"/s"}, {});
  EXPECT_EQ(installed.distributions[0].normalized_name, "left-pad");
  EXPECT_EQ(installed.distributions[0].version, "1.2");
  EXPECT_EQ(installed.notes.size(), 1u);
}

TEST(Distributions, LinesOfBlanksDoNotEndTheHeader) {
  const FilesInMemory files{
      {"/s/a-1.dist-info/METADATA",
       "Name: a\nLicense: MIT\n        \n        as is\n\t\n"
       "Requires-Dist: b\n\nRequires-Dist: none\n"},
      {"/s/c-1.dist-info/METADATA", "Name: c\r\nRequires-Dist: b\r\n\r\nRequires-Dist: none\r\n"},
      {"/s/d-1.dist-info/METADATA", "Name: d\nRequires-Dist: b\nno field\nRequires-Dist: none\n"}};
  for (const Distribution& one : read_distributions(files, {"/s"}, {}).distributions) {
    EXPECT_EQ(one.requires_dist, Names{"b"}) << one.normalized_name;
  }
}

TEST(Distributions, TheEarlierFolderCounts) {
  const FilesInMemory files{{"/s/a-1.dist-info/METADATA", "Name: a\nVersion: 1\n"},
                            {"/t/a-2.dist-info/METADATA", "Name: a\nVersion: 2\n"}};
  EXPECT_EQ(read_distributions(files, {"/t", "/s"}, {}).distributions.at(0).version, "2");
  EXPECT_EQ(read_distributions(files, {"/t", "/s"}, {}).distributions.size(), 1u);
}

TEST(Distributions, TwoOfOneNameInAFolderAreSaid) {
  const FilesInMemory files{{"/s/a-1.dist-info/METADATA", "Name: a\nVersion: 1\n"},
                            {"/s/a-2.dist-info/METADATA", "Name: a\nVersion: 2\n"}};
  EXPECT_EQ(read_distributions(files, {"/s"}, {}).notes.size(), 1u);
}

TEST(Distributions, EggsLinksAndEditableInstallsAreFound) {
  const FilesInMemory files{{"/s/old.egg-link", "/w/old\n.\n"},
                            {"/w/old/old.egg-info/PKG-INFO", "Name: old\nVersion: 3\n"},
                            {"/w/old/old.egg-info/top_level.txt", "old\n"},
                            {"/s/e-1.dist-info/METADATA", "Name: e\n"},
                            {"/s/e-1.dist-info/direct_url.json",
                             R"({"url": "file:///w/my%20e", "dir_info": {"editable": true}})"},
                            {"/s/x.egg/EGG-INFO/PKG-INFO", "Name: x\n"}};
  const auto found = read_distributions(files, {"/s", "/s/x.egg"}, {}).distributions;
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].editable_folder, "/w/my e");
  EXPECT_EQ(found[1].version, "3");
  EXPECT_EQ(found[2].name, "x");
}

TEST(Distributions, RecordNamesWhatCanBeImported) {
  const Record record(
      "../../bin/x,,\n/abs.py,,\na-1.dist-info/RECORD,,\n"
      "\"q,uoted/x.py\",,\nmod.py,,\next.cpython-311-x.so,,\n"
      "pkg/sub/data.json,,\npkg/sub/x.py,,\r\ndata/x.txt,,\n__pycache__/m.py,,",
      "/s");
  EXPECT_EQ(top_level_of(record.files()), (Names{"ext", "mod", "pkg"}));
}

TEST(Distributions, DirectUrlThatIsNotEditableOrMalformedIsNone) {
  EXPECT_EQ(editable_folder_of(R"({"url": "file:///w", "dir_info": {}})"), "");
  EXPECT_EQ(editable_folder_of(R"({"url": "https://h/x", "dir_info": {"editable": true}})"), "");
  EXPECT_EQ(editable_folder_of("{\"url\": "), "");
  EXPECT_EQ(editable_folder_of(""), "");
}

TEST(Requirement, NamesAreTakenLeniently) {
  EXPECT_EQ(requirement_name("Foo.bar[x,y] >=1 ; python_version < '3'"), "Foo.bar");
  EXPECT_EQ(requirement_name("foo@ https://h/x.whl"), "foo");
  EXPECT_EQ(requirement_name("git+https://h/x"), "");
  EXPECT_EQ(requirement_name("./here"), "");
  EXPECT_EQ(requirement_name("https://h/x.whl"), "");
  EXPECT_EQ(required_extra("a; extra == 'x'"), "x");
  EXPECT_EQ(required_extra("a; (python_version>'3') and extra==\"x-y\""), "x-y");
  EXPECT_EQ(required_extra("a; 'x' == extra and python_version < '3.8'"), "x");
  EXPECT_EQ(required_extra("a; extra == ''"), "extra");
  EXPECT_EQ(required_extra("extra-streamlit; python_version > '3'"), "");
}

TEST(Requirement, SpecifiersAdmitVersions) {
  std::vector<PythonVersion> all;
  for (int minor = 9; minor <= 14; ++minor) all.push_back({3, minor});
  const auto newest = [&](const char* text) { return newest_admitted(text, all); };
  EXPECT_EQ(newest(">=3.8"), (PythonVersion{3, 14}));
  EXPECT_EQ(newest(">=3.8, <3.12"), (PythonVersion{3, 11}));
  EXPECT_EQ(newest("<3.12.4"), (PythonVersion{3, 12}));
  EXPECT_EQ(newest("==3.10.*"), (PythonVersion{3, 10}));
  EXPECT_EQ(newest("~=3.9.2"), (PythonVersion{3, 9}));
  EXPECT_EQ(newest("^3.9"), (PythonVersion{3, 14}));
  EXPECT_EQ(newest("!=3.14.*"), (PythonVersion{3, 13}));
  EXPECT_EQ(newest("<3"), std::nullopt);
  EXPECT_EQ(newest(""), std::nullopt);
}

}  // namespace
}  // namespace headwater::environment
