#include "project/python_path.h"

#include <gtest/gtest.h>

#include "project/container_file.h"
#include "project/python_path_value.h"
#include "unit/support/files_in_memory.h"

namespace headwater::project {
namespace {

using Texts = std::vector<std::string>;

Texts values(std::string_view text) {
  Texts found;
  for (const PythonPathAssignment& one : python_path_assignments(text)) found.push_back(one.value);
  return found;
}

Texts folders(std::string_view value) { return python_path_folders(value).folders; }

TEST(PythonPathAssignments, AreReadInEveryLanguageOfSettings) {
  EXPECT_EQ(values("PYTHONPATH=src:lib pytest"), (Texts{"src:lib"}));
  EXPECT_EQ(values("export PYTHONPATH := $(CURDIR)/a"), (Texts{"$(CURDIR)/a"}));
  EXPECT_EQ(values("  PYTHONPATH: ${{ github.workspace }}/a # why"),
            (Texts{"${{ github.workspace }}/a"}));
  EXPECT_EQ(values("env = [\"PYTHONPATH=a\", \"X=b\"]"), (Texts{"a"}));
  EXPECT_EQ(values("env = {PYTHONPATH = \"a\", X = \"b\"}"), (Texts{"a"}));
  EXPECT_EQ(values("{\"PYTHONPATH\": \"a\"}"), (Texts{"a"}));
  EXPECT_EQ(values("- PYTHONPATH=$PWD/\"a\":b"), (Texts{"$PWD/a:b"}));
  EXPECT_EQ(values("echo \"PYTHONPATH=a\" >> $GITHUB_ENV"), (Texts{"a"}));
}

TEST(PythonPathAssignments, UsesAndCommentsAreNone) {
  EXPECT_EQ(values("# PYTHONPATH=a"), Texts());
  EXPECT_EQ(values("echo $PYTHONPATH ${PYTHONPATH:-x} MY_PYTHONPATH=a"), Texts());
  EXPECT_EQ(values("PYTHONPATH= pytest"), Texts());
  EXPECT_EQ(values("unset PYTHONPATH\nPYTHONPATH"), Texts());
}

TEST(PythonPathFolders, TheWorkingFolderIsKnownByItsVariables) {
  EXPECT_EQ(folders("$PWD/a:${PWD}:./b/:$(shell pwd)/c"), (Texts{"a", "", "b", "c"}));
  EXPECT_EQ(folders("{toxinidir}{/}a{:}{env:PYTHONPATH:}"), (Texts{"a"}));
  EXPECT_EQ(folders("a${PYTHONPATH:+:${PYTHONPATH}}"), (Texts{"a"}));
}

TEST(PythonPathFolders, OtherVariablesAreNotRead) {
  const PythonPathFolders read = python_path_folders("$SPARK_HOME/python:a");
  EXPECT_EQ(read.folders, (Texts{"a"}));
  EXPECT_TRUE(read.has_unread);
}

Texts shown(const std::vector<ContainerFolder>& all, std::string_view path) {
  Texts found;
  for (const ContainerFolder& one : shown_at(all, path)) found.push_back(one.outside);
  return found;
}

TEST(ContainerFile, CopiesTellWhatAFolderShows) {
  FilesInMemory files{};
  files.add("/r/service/lib/shop/a.py", "");
  files.add("/r/service/Dockerfile", "");
  const ContainerFile read = read_container_file(files, "/r", "service/Dockerfile",
                                                 "FROM python AS build\nWORKDIR /app\n"
                                                 "COPY [\"lib/shop\", \"./shop\"]\n"
                                                 "FROM build\nENV PYTHONPATH .\n"
                                                 "FROM other\nCOPY --from=build /app/shop /x/shop\n"
                                                 "RUN PYTHONPATH=/x python -m shop\n");
  EXPECT_EQ(shown(read.folders, "/app"), (Texts{"service/lib"}));
  EXPECT_EQ(shown(read.folders, "/app/shop/deep"), (Texts{"service/lib/shop/deep"}));
  EXPECT_EQ(shown(read.folders, "/x"), (Texts{"service/lib"}));
  EXPECT_EQ(shown(read.folders, "/y"), Texts());
  ASSERT_EQ(read.python_path.size(), 2u);
  EXPECT_EQ(read.python_path[0].value, ".");
  EXPECT_EQ(read.python_path[0].working_folder, "/app");
  EXPECT_EQ(read.python_path[1].value, "/x");
  EXPECT_EQ(read.python_path[1].line, 8u);
}

TEST(ContainerFile, AFileThatGrowsWithoutEndIsNotFollowed) {
  FilesInMemory files{};
  files.add("/r/a.py", "");
  const auto read = [&](const std::string& text) {
    return read_container_file(files, "/r", "Dockerfile", text);
  };
  std::string doubled = "ENV A0=xxxxxxxx\n";
  std::string copied = "COPY . /a\n";
  for (int i = 0; i < 100; ++i) {
    const std::string old = std::to_string(i);
    doubled += "ENV A" + std::to_string(i + 1) + "=$A" + old + "$A" + old + "\n";
    copied += "COPY --from=x /a /a /a /a /a /a /a /a /a /a /a\n";
  }
  EXPECT_TRUE(read(doubled + "ENV PYTHONPATH=$A100\n").folders.empty());
  EXPECT_LE(read(copied).folders.size(), 1u);
  EXPECT_TRUE(read(std::string(1000000, '\n') + "COPY . /a\n").folders.size() == 1);
}

TEST(PythonPath, FoldersOutsideOfTheTreeAreLeftOut) {
  FilesInMemory files{};
  files.add("/r/a/.env", "PYTHONPATH=../../other:lib:lib:gone\n");
  files.add("/r/a/lib/x.py", "");
  files.add("/other/y.py", "");
  SourceTree tree;
  tree.root = "/r";
  tree.run_files = {"a/.env"};
  std::vector<std::string> notes;
  const std::vector<WrittenFolder> found = find_python_path(files, tree, notes);
  EXPECT_EQ(found, (std::vector<WrittenFolder>{{{"/r/a/lib", "PYTHONPATH: a/.env:1"}, "a"}}));
}

TEST(PythonPath, WhatIsNoTextIsNotRead) {
  FilesInMemory files{};
  files.add("/r/.env", std::string("PYTHONPATH=lib\0\n", 16));
  files.add("/r/lib/x.py", "");
  SourceTree tree;
  tree.root = "/r";
  tree.run_files = {".env"};
  std::vector<std::string> notes;
  EXPECT_TRUE(find_python_path(files, tree, notes).empty());
}

}  // namespace
}  // namespace headwater::project
