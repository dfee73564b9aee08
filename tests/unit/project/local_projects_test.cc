#include "project/local_projects.h"

#include <gtest/gtest.h>

#include "project/layout.h"
#include "project/workspace.h"
#include "unit/support/files_in_memory.h"

namespace headwater::project {
namespace {

using Paths = std::vector<std::string>;

/// The tree at /repo/a, below a repository of git at /repo.
ProjectLayout layout_of(const FilesInMemory& files) {
  SourceTree tree;
  tree.root = "/repo/a";
  tree.files.push_back({"src/a/__init__.py", 0, 0, FileKind::kPython});
  return find_layout(files, tree, {}, {});
}

Paths search_roots(const ProjectLayout& layout) {
  Paths paths;
  for (const uint32_t root : layout.projects[0].search_roots) {
    paths.push_back(layout.roots[root].path);
  }
  return paths;
}

TEST(LocalProjects, ProjectsOfTheRepositoryOutsideOfTheTreeAreSearched) {
  FilesInMemory files{};
  files.add("/repo/.git/HEAD", "");
  files.add("/repo/a/pyproject.toml",
            "[project]\nname='a'\n[tool.uv.sources]\nb={path='../libs/b'}\n");
  files.add("/repo/libs/b/pyproject.toml",
            "[project]\nname='b'\ndependencies=['c @ file:../c']\n"
            "[tool.setuptools.packages.find]\nwhere=['lib']\n");
  files.add("/repo/libs/b/lib/b/__init__.py", "");
  files.add("/repo/libs/c/src/c/__init__.py", "");
  const ProjectLayout layout = layout_of(files);
  EXPECT_EQ(search_roots(layout), (Paths{"src", "/repo/libs/b/lib", "/repo/libs/c/src"}));
  EXPECT_EQ(layout.roots[1].why, "needed by path: pyproject.toml: tool.uv.sources");
}

TEST(LocalProjects, MembersOfTheWorkspaceAroundAreFoundByName) {
  FilesInMemory files{};
  files.add("/repo/.git/HEAD", "");
  files.add("/repo/pyproject.toml", "[tool.uv.workspace]\nmembers=['*']\nexclude=['old']\n");
  files.add("/repo/a/pyproject.toml", "[project]\nname='a'\ndependencies=['Big_B', 'old']\n");
  files.add("/repo/b/pyproject.toml", "[project]\nname='big-b'\n");
  files.add("/repo/old/pyproject.toml", "[project]\nname='old'\n");
  EXPECT_EQ(search_roots(layout_of(files)), (Paths{"src", "/repo/b"}));
}

TEST(LocalProjects, TheRootOfTheWorkspaceIsAMemberAndItsSourcesAreInherited) {
  FilesInMemory files{};
  files.add("/repo/.git/HEAD", "");
  files.add("/repo/pyproject.toml",
            "[project]\nname='top'\n[tool.uv.workspace]\nmembers=['a']\n"
            "[tool.uv.sources]\nx={path='libs/x'}\n");
  files.add("/repo/src/top/__init__.py", "");
  files.add("/repo/libs/x/pyproject.toml", "[project]\nname='x'\n");
  files.add("/repo/a/pyproject.toml", "[project]\nname='a'\ndependencies=['top', 'x']\n");
  EXPECT_EQ(search_roots(layout_of(files)), (Paths{"src", "/repo/src", "/repo/libs/x"}));
}

TEST(LocalProjects, PdmAndHatchNameProjectsForDevelopment) {
  FilesInMemory files{};
  files.add("/repo/.git/HEAD", "");
  files.add("/repo/a/pyproject.toml",
            "[tool.pdm.dev-dependencies]\ntest=['-e file:///${PROJECT_ROOT}/../b#egg=b']\n"
            "[tool.hatch.envs.test]\nextra-dependencies=['c @ {root:uri}/../c']\n");
  files.add("/repo/b/b.py", "");
  files.add("/repo/c/c.py", "");
  EXPECT_EQ(search_roots(layout_of(files)), (Paths{"src", "/repo/b", "/repo/c"}));
}

TEST(LocalProjects, NothingOutsideOfTheRepositoryIsRead) {
  FilesInMemory files{};
  files.add("/repo/.git/HEAD", "");
  files.add("/repo/a/requirements.txt", "-e ../../other\n");
  files.add("/repo/a/setup.py", "");
  files.add("/other/src/other.py", "");
  const ProjectLayout layout = layout_of(files);
  EXPECT_EQ(search_roots(layout), Paths{"src"});
  ASSERT_EQ(layout.notes.size(), 1u);
  EXPECT_EQ(layout.notes[0],
            "/other lies outside of the repository and is not read (requirements.txt)");
}

TEST(LocalProjects, PatternsOfMembersMatchFolders) {
  FilesInMemory files{};
  for (const char* folder : {"packages/a", "packages/b", "libs/x/y", "apps/web", "packages/.git"}) {
    files.add("/r/" + std::string(folder) + "/pyproject.toml", "");
  }
  EXPECT_EQ(workspace_members(files, "/r", {"packages/*", "apps/web"}, {"packages/b"}),
            (Paths{"/r/apps/web", "/r/packages/a"}));
  EXPECT_EQ(workspace_members(files, "/r", {"libs/**/y", "../*", "/r/*"}, {}),
            Paths{"/r/libs/x/y"});
}

}  // namespace
}  // namespace headwater::project
