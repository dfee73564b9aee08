#include "walk/walker.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "base/memory_file_system.h"
#include "unit/support/temporary_folder.h"

namespace headwater::walk {
namespace {

using Paths = std::vector<std::string>;

SourceTree walked(const FileSystem& files, const std::string& root = "/r", Paths excludes = {}) {
  WalkOptions options;
  options.root = root;
  options.excludes = std::move(excludes);
  auto tree = walk(files, options);
  EXPECT_TRUE(tree);
  return tree ? std::move(*tree) : SourceTree{};
}

Paths paths(const SourceTree& tree) {
  Paths out;
  for (const SourceFile& file : tree.files) out.push_back(file.path);
  return out;
}

TEST(Walk, TakesSourcesInBytewiseOrder) {
  MemoryFileSystem files;
  files.add_file("/r/b.py").add_file("/r/a/x.pyi").add_file("/r/a.py").add_file("/r/n.ipynb");
  files.add_file("/r/README.md");
  const SourceTree tree = walked(files);
  EXPECT_EQ(paths(tree), (Paths{"a.py", "a/x.pyi", "b.py", "n.ipynb"}));
  EXPECT_EQ(tree.files[3].kind, FileKind::kNotebook);
}

TEST(Walk, NegationCannotReachIntoAnIgnoredFolder) {
  MemoryFileSystem files;
  files.add_folder("/r/.git").add_file("/r/.gitignore",
                                       "gen/\n!gen/keep.py\n*_pb2.py\n!a_pb2.py\n");
  files.add_file("/r/gen/keep.py").add_file("/r/a_pb2.py").add_file("/r/b_pb2.py");
  EXPECT_EQ(paths(walked(files)), Paths{"a_pb2.py"});
  EXPECT_FALSE(files.lists().contains("/r/gen"));
}

TEST(Walk, RulesAboveTheAuditedFolderHold) {
  MemoryFileSystem files;
  files.add_folder("/top/.git").add_file("/top/.git/info/exclude", "excluded.py\n");
  files.add_file("/top/.gitignore", "/r/x.py\nmid.py\n").add_file("/top/r/.gitignore", "!mid.py\n");
  files.add_file("/top/r/x.py").add_file("/top/r/mid.py").add_file("/top/r/excluded.py");
  EXPECT_EQ(paths(walked(files, "/top/r")), Paths{"mid.py"});
}

TEST(Walk, FurtherWorkTreesShareTheExcludeFile) {
  MemoryFileSystem files;
  files.add_file("/r/.git", "gitdir: /main/.git/worktrees/r\n");
  files.add_file("/main/.git/worktrees/r/commondir", "../..\n");
  files.add_file("/main/.git/info/exclude", "x.py\n").add_file("/r/x.py").add_file("/r/y.py");
  EXPECT_EQ(paths(walked(files)), Paths{"y.py"});
}

TEST(Walk, RulesOutsideDoNotHoldInAnInnerRepository) {
  MemoryFileSystem files;
  files.add_folder("/r/.git").add_file("/r/.gitignore", "x.py\n");
  files.add_file("/r/inner/.git", "gitdir: ../.git/modules/inner\n").add_file("/r/inner/x.py");
  EXPECT_EQ(paths(walked(files)), Paths{"inner/x.py"});
}

TEST(Walk, ExcludesHoldWithoutRepository) {
  MemoryFileSystem files;
  files.add_file("/r/a/x.py").add_file("/r/b/x.py");
  const SourceTree tree = walked(files, "/r", {"/b/"});
  EXPECT_EQ(paths(tree), Paths{"a/x.py"});
  EXPECT_EQ(tree.counts.ignored, 1u);
}

TEST(Walk, EnvironmentsAreSkippedAndNamed) {
  MemoryFileSystem files;
  files.add_folder("/r/.git").add_file("/r/.gitignore", ".venv\n");
  files.add_file("/r/.venv/pyvenv.cfg").add_file("/r/.venv/lib/x.py");
  files.add_file("/r/seen/pyvenv.cfg").add_file("/r/conda/conda-meta/history");
  files.add_file("/r/conda/x.py");
  const SourceTree tree = walked(files);
  EXPECT_EQ(tree.environments, (Paths{".venv", "conda", "seen"}));
  EXPECT_TRUE(tree.files.empty());
}

TEST(Walk, OnlyWhatLooksBuiltIsABuildOutput) {
  MemoryFileSystem files;
  files.add_file("/r/a/build/lib/x.py").add_file("/r/b/build/__init__.py");
  files.add_file("/r/b/build/lib/x.py").add_file("/r/c/build/tool/x.py");
  files.add_file("/r/d/build/CMakeCache.txt").add_file("/r/d/build/sub/x.py");
  files.add_file("/r/e/lib/site-packages/six-1.dist-info/RECORD");
  files.add_file("/r/e/lib/site-packages/six.py");
  EXPECT_EQ(paths(walked(files)),
            (Paths{"b/build/__init__.py", "b/build/lib/x.py", "c/build/tool/x.py"}));
}

TEST(Walk, LinksAreCountedAndNeverFollowed) {
  MemoryFileSystem files;
  files.add_file("/out/x.py").add_link("/r/loop", "/r").add_link("/r/out", "/out");
  files.add_link("/r/gone.py", "nowhere").add_special("/r/pipe.py").add_file("/r/a.py");
  const SourceTree tree = walked(files);
  EXPECT_EQ(paths(tree), Paths{"a.py"});
  EXPECT_EQ(tree.counts.symlinks, 2u);
  EXPECT_EQ(tree.dangling_links.size(), 1u);
  EXPECT_EQ(tree.counts.special, 1u);
}

TEST(Walk, WhatCannotBeReadIsSaid) {
  MemoryFileSystem files;
  files.add_file("/r/a.py").add_file("/r/shut/x.py").forbid("/r/shut");
  files.add_file("/r/.gitignore", "a.py").forbid("/r/.gitignore");
  const SourceTree tree = walked(files);
  EXPECT_EQ(paths(tree), Paths{"a.py"});
  ASSERT_EQ(tree.unread.size(), 2u);
  EXPECT_EQ(tree.unread[0].path, ".gitignore");
  EXPECT_EQ(tree.unread[1].path, "shut");
  EXPECT_EQ(tree.unread[1].code, ErrorCode::kPermission);
}

TEST(Walk, RootMustBeAFolder) {
  MemoryFileSystem files;
  files.add_file("/r/a.py");
  WalkOptions options;
  options.root = "/r/a.py";
  EXPECT_EQ(walk(files, options).error().code, ErrorCode::kNotAFolder);
  options.root = "/none";
  EXPECT_EQ(walk(files, options).error().code, ErrorCode::kNotFound);
}

TEST(Walk, SurvivesWhatADiskCanHold) {
  const TemporaryFolder folder;
  folder.write("a.py", "x = 1\n");
  folder.write("b\xff.py", "");
  ASSERT_EQ(mkfifo(folder.path("pipe.py").c_str(), 0600), 0);
  ASSERT_EQ(symlink("loop", folder.path("loop").c_str()), 0);
  const SourceTree tree = walked(real_file_system(), folder.path());
  EXPECT_EQ(paths(tree), (Paths{"a.py", "b\xff.py"}));
  EXPECT_EQ(tree.files[0].size_bytes, 6u);
  EXPECT_GT(tree.files[0].mtime_ns, 0);
  EXPECT_EQ(tree.counts.non_utf8_names, 1u);
  EXPECT_EQ(tree.counts.special, 1u);
  EXPECT_EQ(tree.dangling_links.size(), 1u);
}

TEST(Walk, FoldersMayBeDeeperThanAPathCanSay) {
  const TemporaryFolder folder;
  constexpr size_t kDepth = 3000;
  int current = open(folder.path().c_str(), O_RDONLY | O_DIRECTORY);
  for (size_t i = 0; i < kDepth; ++i) {
    ASSERT_EQ(mkdirat(current, "deep", 0700), 0);
    const int next = openat(current, "deep", O_RDONLY | O_DIRECTORY);
    close(current);
    current = next;
  }
  close(openat(current, "x.py", O_CREAT | O_WRONLY, 0600));
  close(current);
  const SourceTree tree = walked(real_file_system(), folder.path());
  ASSERT_EQ(tree.files.size(), 1u);
  EXPECT_EQ(tree.files[0].path.size(), kDepth * 5 + 4);
  EXPECT_EQ(tree.counts.folders, kDepth + 1);
  EXPECT_TRUE(tree.unread.empty());
}

}  // namespace
}  // namespace headwater::walk
