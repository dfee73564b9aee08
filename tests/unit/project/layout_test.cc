#include "project/layout.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/support/files_in_memory.h"

namespace headwater::project {
namespace {

/// The tree at /r, with those of the files that the walk would take, sorted.
struct Sample {
  FilesInMemory files{};
  SourceTree tree;

  Sample(std::initializer_list<std::pair<const std::string, std::string>> content) {
    tree.root = "/r";
    for (const auto& [path, text] : content) {
      files.add("/r/" + path, text);
      if (!path.ends_with(".py") && !path.ends_with(".pyi")) continue;
      tree.files.push_back({path, text.size(), 0, FileKind::kPython});
    }
    std::sort(
        tree.files.begin(), tree.files.end(),
        [](const SourceFile& left, const SourceFile& right) { return left.path < right.path; });
  }
  ProjectLayout layout(const LayoutOptions& options = {}) const {
    return find_layout(files, tree, {}, options);
  }
  std::vector<std::string> roots(const LayoutOptions& options = {}) const {
    std::vector<std::string> paths;
    for (const SourceRoot& root : layout(options).roots) paths.push_back(root.path);
    return paths;
  }
};

using Paths = std::vector<std::string>;

TEST(Layout, WithoutConfigurationTheTreeIsTheRootOfItsPackages) {
  EXPECT_EQ((Sample{{"shop/__init__.py", ""}, {"shop/a/__init__.py", ""}}.roots()), Paths{""});
}

TEST(Layout, SrcWithoutInitializerIsARootAndTestsAreAnother) {
  const Sample sample{{"pyproject.toml", "[project]\nname='shop'\n"},
                      {"src/shop/__init__.py", ""},
                      {"tests/test_shop.py", ""},
                      {"tests/unit/test_a.py", ""}};
  EXPECT_EQ(sample.roots(), (Paths{"src", "tests"}));
  EXPECT_EQ(sample.layout().roots[0].why, "src layout");
}

TEST(Layout, SrcWithInitializerIsAPackage) {
  EXPECT_EQ((Sample{{"src/__init__.py", ""}, {"src/shop/__init__.py", ""}}.roots()), Paths{""});
}

TEST(Layout, EachBackEndSaysWhereItsPackagesLie) {
  const std::pair<const char*, const char*> cases[] = {
      {"[tool.setuptools.packages.find]\nwhere=['lib']", "tool.setuptools.packages.find"},
      {"[tool.setuptools]\npackage-dir={''='lib'}", "tool.setuptools.package-dir"},
      {"[tool.hatch.build.targets.wheel]\npackages=['lib/shop']",
       "tool.hatch.build.targets.wheel.packages"},
      {"[tool.hatch.build.targets.wheel]\nsources=['lib']",
       "tool.hatch.build.targets.wheel.sources"},
      {"[tool.hatch.build]\ndev-mode-dirs=['lib']", "tool.hatch.build.dev-mode-dirs"},
      {"[tool.poetry]\npackages=[{include='shop',from='lib'}]", "tool.poetry.packages"},
      {"[tool.pdm.build]\npackage-dir='lib'", "tool.pdm.build.package-dir"},
      {"[tool.uv.build-backend]\nmodule-root='lib'", "tool.uv.build-backend.module-root"},
      {"[tool.maturin]\npython-source='lib'", "tool.maturin.python-source"},
  };
  for (const auto& [text, why] : cases) {
    const ProjectLayout layout =
        Sample{{"pyproject.toml", text}, {"lib/shop/__init__.py", ""}}.layout();
    ASSERT_EQ(layout.roots.size(), 1u) << text;
    EXPECT_EQ(layout.roots[0].path, "lib") << text;
    EXPECT_EQ(layout.roots[0].why, std::string("pyproject.toml: ") + why);
    EXPECT_EQ(layout.why, "from pyproject.toml");
  }
}

TEST(Layout, SetupCfgSaysWhereItsPackagesLie) {
  const Sample sample{{"setup.cfg", "[options]\npackage_dir =\n    = lib\n"},
                      {"lib/shop/__init__.py", ""}};
  EXPECT_EQ(sample.roots(), Paths{"lib"});
}

TEST(Layout, APackageInSrcThatPoetryNamesHasSrcForItsRoot) {
  const Sample sample{{"pyproject.toml", "[tool.poetry]\nname='shop'\n"},
                      {"src/shop/__init__.py", ""}};
  EXPECT_EQ(sample.roots(), Paths{"src"});
}

TEST(Layout, UnpackedDistributionsSideBySideAreARootEach) {
  const Sample sample{
      {"google_cloud_x-1.0/google/cloud/x/__init__.py", ""},
      {"google_cloud_x-1.0/google_cloud_x-1.0.dist-info/METADATA", "Name: google-cloud-x\n"},
      {"six-1.16/six.py", ""},
      {"six-1.16/six-1.16.dist-info/METADATA", "Name: six\nRequires-Dist: a\n\n"}};
  EXPECT_EQ(sample.roots(), (Paths{"google_cloud_x-1.0", "six-1.16"}));
  EXPECT_EQ(sample.layout().projects[2].dependencies[0].normalized_name, "a");
}

TEST(Layout, ProjectFilesInsideAnUnpackedDistributionAreItsContent) {
  const Sample sample{{"ansible-1/ansible-1.dist-info/METADATA", "Name: ansible\n"},
                      {"ansible-1/collections/x/pyproject.toml", "[project]\nname='x'\n"},
                      {"ansible-1/collections/x/plugins/a.py", ""}};
  EXPECT_EQ(sample.roots(), Paths{"ansible-1"});
}

TEST(Layout, DataFoldersOfAWheelAreInstalledToo) {
  const Sample sample{{"x-1/x-1.dist-info/METADATA", "Name: x\n"},
                      {"x-1/x-1.data/purelib/x/__init__.py", ""}};
  EXPECT_EQ(sample.roots(), (Paths{"x-1", "x-1/x-1.data/purelib"}));
}

TEST(Layout, SourceDistributionOfANamespaceHasItsTopForRoot) {
  const Sample sample{{"pyproject.toml", "[project]\nname='azure-storage'\n"},
                      {"azure/storage/blob/__init__.py", ""},
                      {"acme/__init__.py", ""}};
  EXPECT_EQ(sample.roots(), Paths{""});
  const Sample bare{{"tree/google/cloud/x/__init__.py", ""}};
  EXPECT_EQ(bare.roots(), Paths{"tree"});
}

TEST(Layout, NamespacePortionsBelowADeclaredRootAreNoRoots) {
  const Sample sample{{"pyproject.toml", "[tool.setuptools.packages.find]\nwhere=['src']\n"},
                      {"src/acme/tools/x/__init__.py", ""},
                      {"src/acme/util.py", ""}};
  EXPECT_EQ(sample.roots(), Paths{"src"});
}

TEST(Layout, ProjectsOfAMonorepoHaveRootsOfTheirOwn) {
  const Sample sample{{"pyproject.toml", "[tool.uv.workspace]\nmembers=['packages/*']\n"},
                      {"packages/a/pyproject.toml", "[project]\nname='a'\n"},
                      {"packages/a/src/a/__init__.py", ""},
                      {"packages/b/setup.py", ""},
                      {"packages/b/b/__init__.py", ""},
                      {"services/c/app/__init__.py", ""}};
  EXPECT_EQ(sample.roots(), (Paths{"services/c", "packages/a/src", "packages/b"}));
  EXPECT_EQ(sample.layout().projects.size(), 3u);
}

TEST(Layout, AFolderInsideAPackageBelongsToIt) {
  EXPECT_EQ((Sample{{"shop/__init__.py", ""}, {"shop/data/gen/x.py", ""}}.roots()), Paths{""});
}

TEST(Layout, APackageOfARepositoryIsImportedFromTheFolderAround) {
  Sample sample{{"__init__.py", ""}, {"x.py", ""}};
  EXPECT_EQ(sample.roots(), Paths{""});
  sample.files.add("/.git/HEAD", "");
  EXPECT_EQ(sample.roots(), (Paths{"", "/"}));
  sample.files.add("/r/.git/HEAD", "");
  EXPECT_EQ(sample.roots(), Paths{""});
}

TEST(Layout, PytestFoldersComeAfterTheProjectsOwn) {
  const Sample sample{
      {"pyproject.toml", "[tool.pytest.ini_options]\npythonpath=['tools','absent']\n"},
      {"shop/__init__.py", ""},
      {"tools/x.py", ""}};
  EXPECT_EQ(sample.roots(), (Paths{"", "tools"}));
}

TEST(Layout, GivenRootsReplaceWhatWouldBeFound) {
  const Sample sample{{"shop/__init__.py", ""}, {"lib/x.py", ""}};
  EXPECT_EQ(sample.roots({{"/r/lib", "/elsewhere"}, {}}), (Paths{"lib", "/elsewhere"}));
  EXPECT_EQ(sample.roots({{}, {"lib/"}}), Paths{"lib"});
}

TEST(Layout, DependenciesComeFromEveryFileThatDeclaresThem) {
  const ProjectLayout layout =
      Sample{{"pyproject.toml",
              "[project]\nname='shop'\nrequires-python='>=3.10'\n"
              "dependencies=['Flask>=2; python_version>\"3\"', 'typing_extensions']\n"
              "[project.optional-dependencies]\nui=['rich[x]']\n"
              "[dependency-groups]\ndev=['pytest', {include-group='x'}]\n"
              "[tool.setuptools_scm]\nversion_file='src/shop/_version.py'\n"},
             {"requirements-test.txt",
              "# c\n-r other.txt\nnumpy==1.0 # why\ngit+https://h/x.git#egg=From_Git\n"}}
          .layout();
  const Project& project = layout.projects[0];
  std::vector<std::string> got;
  for (const auto& d : project.dependencies) got.push_back(d.normalized_name + "/" + d.group);
  EXPECT_EQ(got, (Paths{"flask/", "typing-extensions/", "rich/ui", "pytest/dev", "numpy/test",
                        "from-git/test"}));
  EXPECT_EQ(project.requires_python, ">=3.10");
  EXPECT_EQ(project.generated_files, Paths{"src/shop/_version.py"});
}

TEST(Layout, CythonsSourcesAreGeneratedWhereABuildTakesThem) {
  const auto generated = [](const char* name, const char* text) {
    Sample sample{{name, text}, {"p/__init__.py", ""}};
    ListedFolder& folder = sample.tree.folders.emplace_back("p");
    for (const char* file : {"__init__.py", "a.pyx", "b.pyx.in", "c.pxd"}) {
      folder.add(EntryType::kFile, file);
    }
    return sample.layout().projects[0].generated_files;
  };
  EXPECT_EQ(generated("pyproject.toml", "[build-system]\nrequires=['Cython>=3']\n"),
            (Paths{"p/a.so", "p/b.so"}));
  EXPECT_EQ(generated("setup.py", "setup(ext_modules=cythonize('p/*.pyx'))\n"),
            (Paths{"p/a.so", "p/b.so"}));
  EXPECT_EQ(generated("pyproject.toml", "[project]\nname='p'\n"), Paths{});
}

TEST(Layout, AMalformedProjectFileIsANote) {
  const Sample sample{{"pyproject.toml", "[project\n"}, {"shop/__init__.py", ""}};
  EXPECT_EQ(sample.roots(), Paths{""});
  ASSERT_EQ(sample.layout().notes.size(), 1u);
  EXPECT_TRUE(sample.layout().notes[0].starts_with("pyproject.toml:1 is no TOML"));
}

}  // namespace
}  // namespace headwater::project
