#include "environment/wholeness.h"

#include <gtest/gtest.h>

#include "base/memory_file_system.h"
#include "environment/distributions.h"
#include "unit/support/files_in_memory.h"

namespace headwater::environment {
namespace {

using Names = std::vector<std::string>;

RecordedState compared(const FileSystem& files, const std::string& record) {
  const Record parsed(record, "/s");
  return compare_with_disk(files, {{&parsed, "/s"}}).at(0);
}

TEST(Wholeness, WhatAnImportNeedsAndIsGoneIsDamage) {
  MemoryFileSystem files;
  files.add_file("/s/a/__init__.py", "12").add_file("/s/a/data.bin");
  const RecordedState state = compared(
      files,
      "a/__init__.py,sha256=x,2\na/b.py,,\na/c/d.pyi,,\na/e.cpython-312-x.so,,\na/data.bin,,9\n"
      "a/f.pyc,,\na/tests/g.py,,\n");
  EXPECT_EQ(state.wholeness, Wholeness::kDamaged);
  EXPECT_EQ(state.needed, 4u);
  EXPECT_EQ(state.gone_count, 3u);
  EXPECT_EQ(state.gone, (Names{"a/b.py", "a/c/d.pyi", "a/e.cpython-312-x.so", "a/tests/g.py"}));
}

TEST(Wholeness, TestsThatAreGoneAreNoDamage) {
  MemoryFileSystem files;
  files.add_file("/s/a.py");
  const RecordedState state =
      compared(files, "a.py,,0\ntest_a.py,,\nconftest.py,,\nb/test/c.py,,\nb_test.py,,\n");
  EXPECT_EQ(state.wholeness, Wholeness::kWhole);
  EXPECT_EQ(state.gone.size(), 4u);
  EXPECT_EQ(state.needed, 1u);
}

TEST(Wholeness, AnotherSizeIsModified) {
  MemoryFileSystem files;
  files.add_file("/s/a.py", "123").add_file("/s/b.py", "123").add_file("/s/c.py", "123");
  const RecordedState state = compared(files, "a.py,sha256=x,3\nb.py,sha256=x,4\nc.py,,\n");
  EXPECT_EQ(state.wholeness, Wholeness::kModified);
  EXPECT_EQ(state.modified, Names{"b.py"});
}

TEST(Wholeness, BytecodeInPlaceOfASourceImports) {
  MemoryFileSystem files;
  files.add_file("/s/a.pyc");
  EXPECT_EQ(compared(files, "a.py,sha256=x,3\n").wholeness, Wholeness::kWhole);
}

TEST(Wholeness, AFolderThatCannotBeListedIsUnknown) {
  MemoryFileSystem files;
  files.add_file("/s/a/b.py").forbid("/s/a");
  EXPECT_EQ(compared(files, "a/b.py,,0\n").wholeness, Wholeness::kUnknown);
}

TEST(Wholeness, NothingOutsideOfTheSiteFolderIsLookedAt) {
  MemoryFileSystem files;
  files.add_file("/s/a.py").add_file("/etc/x.py");
  const RecordedState state = compared(
      files, "a.py,,0\n../etc/x.py,,9\n/etc/x.py,,9\n\"../etc/x.py\",,9\nb/../../etc/x.py,,9\n");
  EXPECT_EQ(state.wholeness, Wholeness::kWhole);
  EXPECT_EQ(state.needed, 1u);
  EXPECT_EQ(files.lists().count("/etc"), 0u);
}

TEST(Wholeness, EachFolderIsListedOnce) {
  MemoryFileSystem files;
  files.add_file("/s/a/b.py").add_file("/s/a/c/d.py").add_file("/s/a/e.py");
  compared(files, "a/b.py,,0\na/c/d.py,,0\na/e.py,,0\n");
  EXPECT_EQ(files.lists().count("/s/a"), 1u);
}

TEST(Wholeness, AnAbsolutePathInTheSiteFolderIsOneOfIt) {
  const Record record("/s/a.py,,\n", "/s");
  ASSERT_EQ(record.files().size(), 1u);
  EXPECT_EQ(record.files()[0].path, "a.py");
}

TEST(Wholeness, InstalledFilesOfAnEggInfoCount) {
  MemoryFileSystem files;
  files.add_file("/s/a-1.egg-info/PKG-INFO", "Name: a\nVersion: 1\n")
      .add_file("/s/a-1.egg-info/installed-files.txt", "../a/__init__.py\n../a/b.py\nPKG-INFO\n")
      .add_file("/s/a/b.py");
  const auto found = read_distributions(files, {"/s"}, {}).distributions.at(0);
  EXPECT_EQ(found.files.wholeness, Wholeness::kDamaged);
  EXPECT_EQ(found.files.gone, Names{"a/__init__.py"});
  EXPECT_EQ(found.modules, Names{"a"});
}

TEST(Wholeness, OnlyWhatIsImportedIsCompared) {
  MemoryFileSystem files;
  for (const std::string name : {"a", "b", "c"}) {
    files.add_file("/s/" + name + "-1.dist-info/METADATA",
                   "Name: " + name + "\nVersion: 1\n" + (name == "a" ? "Requires-Dist: b\n" : ""));
    files.add_file("/s/" + name + "-1.dist-info/RECORD", name + ".py,,\n");
  }
  ReadOptions options;
  options.imported = {"a"};
  const auto found = read_distributions(files, {"/s"}, options).distributions;
  EXPECT_EQ(found[0].files.wholeness, Wholeness::kDamaged);
  EXPECT_EQ(found[1].files.wholeness, Wholeness::kDamaged);
  EXPECT_EQ(found[2].files.wholeness, Wholeness::kUnknown);
}

/// Answers the first status of a RECORD with another time than the later ones.
class ChangingFiles : public FilesInMemory {
 public:
  using FilesInMemory::FilesInMemory;
  Result<FileStatus> status(const std::string& path, bool follow = true) const override {
    auto found = FilesInMemory::status(path, follow);
    if (found && path.ends_with("RECORD")) found->mtime_ns = ++asked_;
    return found;
  }

 private:
  mutable int64_t asked_ = 0;
};

TEST(Wholeness, ARecordThatChangesWhileItIsReadSaysNothing) {
  const ChangingFiles files{{"/s/a-1.dist-info/METADATA", "Name: a\nVersion: 1\n"},
                            {"/s/a-1.dist-info/RECORD", "a.py,,\n"}};
  const auto installed = read_distributions(files, {"/s"}, {});
  EXPECT_EQ(installed.distributions.at(0).files.wholeness, Wholeness::kUnknown);
  EXPECT_TRUE(installed.distributions.at(0).files.gone.empty());
  ASSERT_EQ(installed.notes.size(), 1u);
  EXPECT_NE(installed.notes[0].find("changed while it was read"), std::string::npos);
}

TEST(Record, ModulesAreThePackagesBelowSharedNamespaces) {
  const Record record(
      "google/cloud/storage/__init__.py,,\ngoogle/cloud/storage/blob.py,,\n"
      "google/cloud/_helpers/__init__.py,,\ngoogle/auth.py,,\nplain/__init__.py,,\n"
      "plain/inner/x.py,,\nstubs-only/x.pyi,,\none.cpython-312-x.so,,\nx.libs/libx.so,,\n",
      "/s");
  EXPECT_EQ(modules_of(record.files()), (Names{"google.auth", "google.cloud._helpers",
                                               "google.cloud.storage", "one", "plain"}));
}

TEST(WheelTags, CompiledModulesForAnotherPythonOrPlatformDoNotFit) {
  const BuildTarget target{{3, 12}, "linux-x86_64", "cpython"};
  const auto foreign = [&](const std::string& record, std::vector<std::string> tags) {
    const Record parsed(record, "/s");
    return foreign_build(parsed.files(), tags, target);
  };
  EXPECT_EQ(foreign("a.cpython-39-x86_64-linux-gnu.so,,\n", {}), "CPython 3.9");
  EXPECT_EQ(foreign("a.pypy310-pp73-x86_64-linux-gnu.so,,\n", {}), "PyPy 3.10");
  EXPECT_EQ(foreign("a.cp311-win_amd64.pyd,,\n", {}), "CPython 3.11");
  EXPECT_EQ(foreign("a.cpython-39-x.so,,\na.cpython-312-x.so,,\n", {}), "");
  EXPECT_EQ(foreign("a.abi3.so,,\n", {"cp39-abi3-manylinux_2_17_x86_64"}), "");
  EXPECT_EQ(foreign("a.abi3.so,,\n", {"cp39-abi3-macosx_11_0_arm64"}), "macOS");
  EXPECT_EQ(foreign("a.abi3.so,,\n", {"cp39-abi3-manylinux_2_17_aarch64"}), "linux-aarch64");
  EXPECT_EQ(foreign("a.pyd,,\n", {"cp39-none-win_amd64"}), "Windows");
  EXPECT_EQ(foreign("a.py,,\n", {"cp39-none-win_amd64"}), "");
  EXPECT_EQ(foreign("a.so,,\n", {"py3-none-any"}), "");
}

TEST(WheelTags, TheVersionThatMostWheelsNameWins) {
  EXPECT_EQ(version_of_tags({{"cp312-cp312-x"}, {"cp39-abi3-x"}, {"py3-none-any"}}),
            (PythonVersion{3, 12}));
  EXPECT_EQ(version_of_tags({{"py3-none-any"}}), (PythonVersion{}));
}

}  // namespace
}  // namespace headwater::environment
