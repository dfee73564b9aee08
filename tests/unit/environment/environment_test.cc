#include "environment/environment.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/support/files_in_memory.h"

namespace headwater::environment {
namespace {

using Paths = std::vector<std::string>;

/// A base installation in /opt/py311 and a virtual environment of it in /r/.venv.
FilesInMemory sample() {
  FilesInMemory files{
      {"/opt/py311/bin/python3.11", ""},
      {"/opt/py311/lib/python3.11/os.py", ""},
      {"/opt/py311/lib/python3.11/lib-dynload/math.cpython-311-x86_64-linux-gnu.so", ""},
      {"/opt/py311/lib/python3.11/site-packages/base-1.0.dist-info/METADATA", "Name: base\n"},
      {"/r/.venv/pyvenv.cfg", "home = /opt/py311/bin\nversion = 3.11.7\n"},
      {"/r/.venv/lib/python3.11/site-packages/six.py", ""},
      {"/r/.venv/lib/python3.11/site-packages/six-1.16.dist-info/METADATA",
       "Name: six\nVersion: 1.16\n\nName: not-a-header\n"},
      {"/r/.venv/lib/python3.11/site-packages/six-1.16.dist-info/top_level.txt", "six\n"},
      {"/r/shop/__init__.py", ""}};
  files.link("/r/.venv/lib64", "/r/.venv/lib");
  files.link("/r/.venv/bin/python", "/opt/py311/bin/python3.11");
  return files;
}

EnvironmentOptions in_repository() {
  EnvironmentOptions options;
  options.repository_root = "/r";
  options.audited_folder = "/r";
  return options;
}

Paths search_path(const PythonEnvironment& environment) {
  Paths paths;
  for (const SearchPathEntry& entry : environment.search_path) paths.push_back(entry.path);
  return paths;
}

TEST(Environment, NearestVirtualEnvironmentIsRead) {
  EnvironmentOptions options = in_repository();
  options.audited_folder = "/r/shop";
  const auto environment = read_environment(sample(), options);
  ASSERT_TRUE(environment.has_value());
  EXPECT_EQ(environment->source, EnvironmentSource::kNearestFolder);
  EXPECT_EQ(environment->prefix, "/r/.venv");
  EXPECT_EQ(environment->why, "above the audited folder");
  EXPECT_EQ(environment->version, (PythonVersion{3, 11}));
  EXPECT_EQ(environment->platform, "linux-x86_64");
  EXPECT_EQ(search_path(*environment), Paths{"/r/.venv/lib/python3.11/site-packages"});
  EXPECT_EQ(environment->standard_library.folders,
            (Paths{"/opt/py311/lib/python3.11", "/opt/py311/lib/python3.11/lib-dynload"}));
  EXPECT_FALSE(environment->standard_library.builtin_names.contains("math"));
  ASSERT_EQ(environment->distributions.size(), 1u);
  EXPECT_EQ(environment->distributions[0].version, "1.16");
  EXPECT_EQ(environment->distributions[0].top_level, Paths{"six"});
  EXPECT_TRUE(environment->notes.empty());
}

TEST(Environment, OptionWinsOverVariableWinsOverNearest) {
  FilesInMemory files = sample();
  files.add("/a/pyvenv.cfg", "home = /opt/py311/bin\nversion_info = 3.11.7.final.0\n");
  files.add("/b/pyvenv.cfg", "home = /opt/py311/bin\nversion_info = 3.11.7.final.0\n");
  EnvironmentOptions options = in_repository();
  options.virtual_env = "/b";
  EXPECT_EQ(read_environment(files, options)->prefix, "/b");
  options.env = "/a";
  EXPECT_EQ(read_environment(files, options)->prefix, "/a");
  options.env = "none";
  EXPECT_EQ(read_environment(files, options)->source, EnvironmentSource::kNone);
}

TEST(Environment, AStaleVariableIsANote) {
  EnvironmentOptions options = in_repository();
  options.virtual_env = "/gone";
  const auto environment = read_environment(sample(), options);
  EXPECT_EQ(environment->prefix, "/r/.venv");
  ASSERT_EQ(environment->notes.size(), 1u);
  EXPECT_TRUE(environment->notes[0].starts_with("$VIRTUAL_ENV is passed over: /gone does not"));
}

TEST(Environment, WhatIsNoEnvironmentIsAnErrorWithARemedy) {
  EnvironmentOptions options = in_repository();
  options.env = "/r";
  const auto environment = read_environment(sample(), options);
  ASSERT_FALSE(environment.has_value());
  EXPECT_EQ(environment.error().path, "--env");
  EXPECT_EQ(environment.error().detail,
            "/r is no Python environment: it has no pyvenv.cfg and no lib/python*/site-packages; "
            "did you mean /r/.venv?");
  options.env = "/absent";
  EXPECT_EQ(read_environment(sample(), options).error().code, ErrorCode::kNotFound);
  options.env = "/r/shop/__init__.py";
  EXPECT_FALSE(read_environment(sample(), options).has_value());
}

TEST(Environment, InterpreterAndSitePackagesStandForTheirEnvironment) {
  EnvironmentOptions options = in_repository();
  options.env = "/r/.venv/bin/python";
  EXPECT_EQ(read_environment(sample(), options)->prefix, "/r/.venv");
  options.env = "/r/.venv/lib/python3.11/site-packages";
  EXPECT_EQ(read_environment(sample(), options)->prefix, "/r/.venv");
  options.env = "/opt/py311/bin/python3.11";
  EXPECT_EQ(read_environment(sample(), options)->prefix, "/opt/py311");
  EXPECT_EQ(read_environment(sample(), options)->distributions[0].name, "base");
}

TEST(Environment, ABareSitePackagesFolderHasNoStandardLibraryOfItsOwn) {
  const FilesInMemory files{{"/s/site-packages/x-1.dist-info/METADATA", "Name: x\n"}};
  EnvironmentOptions options = in_repository();
  options.env = "/s/site-packages";
  const auto environment = read_environment(files, options);
  EXPECT_TRUE(environment->has_packages());
  EXPECT_TRUE(environment->standard_library.folders.empty());
  EXPECT_TRUE(environment->standard_library.names.contains("json"));
}

TEST(Environment, SystemSitePackagesComeAfterTheEnvironmentsOwn) {
  FilesInMemory files = sample();
  files.add("/r/.venv/pyvenv.cfg",
            "home = /opt/py311/bin\nversion = 3.11.7\ninclude-system-site-packages = TRUE\n");
  EXPECT_EQ(
      search_path(*read_environment(files, in_repository())),
      (Paths{"/r/.venv/lib/python3.11/site-packages", "/opt/py311/lib/python3.11/site-packages"}));
}

TEST(Environment, DebianKeepsPackagesInDistPackages) {
  FilesInMemory files{
      {"/usr/lib/python3.11/os.py", ""},
      {"/usr/lib/python3/dist-packages/PyYAML-6.0.egg-info", "Name: PyYAML\nVersion: 6.0\n"},
      {"/usr/local/lib/python3.11/dist-packages/x.py", ""}};
  EnvironmentOptions options = in_repository();
  options.env = "/usr";
  options.declared = {"pyyaml"};
  const auto environment = read_environment(files, options);
  EXPECT_EQ(search_path(*environment),
            (Paths{"/usr/local/lib/python3.11/dist-packages", "/usr/lib/python3/dist-packages"}));
  EXPECT_EQ(environment->distributions[0].normalized_name, "pyyaml");
}

TEST(Environment, PathFilesAddWhatIsThereInTheOrderOfTheirNames) {
  FilesInMemory files = sample();
  const std::string site = "/r/.venv/lib/python3.11/site-packages";
  files.add_folder("/w/b");
  files.add_folder("/w/a");
  files.add(site + "/inner/x.py", "");
  files.add(site + "/z.pth", "/w/a\n");
  files.add(site + "/a.pth",
            "\xEF\xBB\xBF/w/b  \n# comment\n\n/absent\ninner\n/w/../w/b\nimport sys; sys.x = 1\n");
  files.add(site + "/.hidden.pth", "/w/a\n");
  const auto environment = read_environment(files, in_repository());
  EXPECT_EQ(search_path(*environment), (Paths{site, "/w/b", site + "/inner", "/w/a"}));
  EXPECT_EQ(environment->search_path[1].kind, SearchPathKind::kPathLine);
  EXPECT_EQ(environment->notes,
            Paths{site + "/a.pth runs code at start-up, which is not followed"});
}

TEST(Environment, ABinaryPathFileIsANote) {
  FilesInMemory files = sample();
  files.add("/r/.venv/lib/python3.11/site-packages/a.pth", std::string("\0\1\2", 3));
  EXPECT_EQ(read_environment(files, in_repository())->notes.size(), 1u);
}

TEST(Environment, SetuptoolsEditableFindersMapNamesToPlaces) {
  FilesInMemory files = sample();
  const std::string site = "/r/.venv/lib/python3.11/site-packages";
  files.add(site + "/__editable__.shop-1.pth",
            "import __editable___shop_1_finder; __editable___shop_1_finder.install()\n");
  files.add(site + "/__editable___shop_1_finder.py",
            "import sys\nMAPPING: dict[str, str] = {'shop': '/w/it\\'s/shop', \"b\": '/w/b'}\n");
  const auto environment = read_environment(files, in_repository());
  ASSERT_EQ(environment->editable_modules.size(), 2u);
  EXPECT_EQ(environment->editable_modules[0].path, "/w/b");
  EXPECT_EQ(environment->editable_modules[1].path, "/w/it's/shop");
  EXPECT_TRUE(environment->notes.empty());
}

TEST(Environment, SetuptoolsNamespacesAreFolders) {
  FilesInMemory files = sample();
  const std::string site = "/r/.venv/lib/python3.11/site-packages";
  files.add(site + "/__editable__.ns_shop-1.pth",
            "import __editable___ns_shop_1_finder; __editable___ns_shop_1_finder.install()\n");
  files.add(site + "/__editable___ns_shop_1_finder.py",
            "MAPPING: dict[str, str] = {'ns.shop': '/w/src/ns/shop'}\n"
            "NAMESPACES: dict[str, list[str]] = {'ns': ['/w/src/ns', '/v/ns']}\n");
  const auto modules = read_environment(files, in_repository())->editable_modules;
  ASSERT_EQ(modules.size(), 3u);
  EXPECT_EQ(modules[0].path, "/w/src/ns");
  EXPECT_EQ(modules[1].path, "/v/ns");
  EXPECT_EQ(modules[2].name, "ns.shop");
}

TEST(Environment, EditablesRedirectorsAreRead) {
  FilesInMemory files = sample();
  const std::string site = "/r/.venv/lib/python3.11/site-packages";
  files.add(site + "/_shop.pth", "import _editable_impl_shop\n");
  files.add(site + "/_editable_impl_shop.py",
            "from editables.redirector import RedirectingFinder as F\nF.install()\n"
            "F.map_module('shop', '/w/shop/__init__.py')\nF.map_module('one', '/w/one.py')\n");
  const auto environment = read_environment(files, in_repository());
  ASSERT_EQ(environment->editable_modules.size(), 2u);
  EXPECT_EQ(environment->editable_modules[0].path, "/w/one");
  EXPECT_EQ(environment->editable_modules[1].path, "/w/shop");
  EXPECT_TRUE(environment->opaque_names.empty());
}

TEST(Environment, WhatAnUnknownHookOfAnEditableInstallServesIsOpen) {
  FilesInMemory files = sample();
  const std::string site = "/r/.venv/lib/python3.11/site-packages";
  files.add(site + "/shop_core-1.dist-info/METADATA", "Name: shop-core\nVersion: 1\n");
  files.add(site + "/shop_core-1.dist-info/direct_url.json",
            R"({"url": "file:///w", "dir_info": {"editable": true}})");
  files.add(site + "/_hook.pth", "import _hook\n");
  files.add("/w/src/shopcore/__init__.py", "");
  const auto environment = read_environment(files, in_repository());
  EXPECT_EQ(environment->opaque_names, (Paths{"hook", "shop_core", "shopcore"}));
  EXPECT_TRUE(environment->may_serve("shopcore.x"));
  ASSERT_EQ(environment->path_lines.size(), 1u);
  EXPECT_FALSE(environment->path_lines[0].is_followed);
}

TEST(Environment, EasyInstallMovesItsEggsToTheFront) {
  FilesInMemory files = sample();
  const std::string site = "/r/.venv/lib/python3.11/site-packages";
  files.add_folder("/w/a");
  files.add_folder("/w/b");
  files.add(site + "/easy-install.pth",
            "import sys; sys.__plen = len(sys.path)\n/w/a\n/w/b\nimport sys; "
            "new=sys.path[sys.__plen:]; del sys.path[sys.__plen:]; p=getattr(sys,'__egginsert',0); "
            "sys.path[p:p]=new; sys.__egginsert = p+len(new)\n");
  EXPECT_EQ(search_path(*read_environment(files, in_repository())), (Paths{"/w/a", "/w/b", site}));
}

TEST(Environment, ShimsLeadToTheVersionThatAFileNames) {
  FilesInMemory files = sample();
  files.add("/home/.pyenv/shims/python", "");
  files.add("/home/.pyenv/version", "3.10.2\n");
  for (const std::string version : {"3.10.2", "3.11.2", "3.11.10"}) {
    const std::string minor = version.substr(0, 4);
    files.add("/home/.pyenv/versions/" + version + "/lib/python" + minor + "/os.py", "");
  }
  EnvironmentOptions options = in_repository();
  options.env = "/home/.pyenv/shims/python";
  EXPECT_EQ(read_environment(files, options)->prefix, "/home/.pyenv/versions/3.10.2");
  files.add("/r/.python-version", "# comment\n3.11\n");
  EXPECT_EQ(read_environment(files, options)->prefix, "/home/.pyenv/versions/3.11.10");
  files.add("/r/.python-version", "3.9.1\n");
  EXPECT_EQ(read_environment(files, options).error().detail,
            "/home/.pyenv/shims/python is a shim that chooses an interpreter when it runs; "
            "/r/.python-version names 3.9.1, which is not in /home/.pyenv/versions; install it or "
            "give another environment");

  files.add("/home/.asdf/shims/python3", "");
  files.add("/home/.asdf/installs/python/3.12.1/lib/python3.12/os.py", "");
  files.add("/r/.tool-versions", "nodejs 20\npython 3.12.1 3.11.2\n");
  options.env = "/home/.asdf/shims/python3";
  EXPECT_EQ(read_environment(files, options)->prefix, "/home/.asdf/installs/python/3.12.1");
}

TEST(Environment, CondaIsTakenWhereNothingLiesNearer) {
  FilesInMemory files{{"/c/conda-meta/history", ""}, {"/c/lib/python3.12/os.py", ""}};
  EnvironmentOptions options = in_repository();
  options.conda_prefix = "/c";
  EXPECT_EQ(read_environment(files, options)->source, EnvironmentSource::kCondaVariable);
  files.add("/r/.venv/pyvenv.cfg", "version = 3.11.7\n");
  const auto environment = read_environment(files, options);
  EXPECT_EQ(environment->prefix, "/r/.venv");
  ASSERT_EQ(environment->alternatives.size(), 1u);
  EXPECT_EQ(environment->alternatives[0].path, "/c");
}

TEST(Environment, ABasePythonWithNothingOfTheRepositorysIsBare) {
  FilesInMemory files{{"/usr/lib/python3.11/os.py", ""},
                      {"/usr/lib/python3/dist-packages/PyYAML-6.0.egg-info", "Name: PyYAML\n"}};
  EnvironmentOptions options = in_repository();
  options.env = "/usr";
  EXPECT_FALSE(read_environment(files, options)->has_packages());
  options.declared = {"pyyaml"};
  EXPECT_TRUE(read_environment(files, options)->has_packages());
}

TEST(Environment, ABareFolderOfWheelsIsOfThePythonThatTheyWereBuiltFor) {
  const FilesInMemory files{
      {"/s/wheels/x-1.dist-info/METADATA", "Name: x\n"},
      {"/s/wheels/x-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: cp310-cp310-linux_x86_64\n"}};
  EnvironmentOptions options = in_repository();
  options.env = "/s/wheels";
  EXPECT_EQ(read_environment(files, options)->version, (PythonVersion{3, 10}));
}

TEST(Environment, TheLockFileSaysWhatInstalls) {
  FilesInMemory files = sample();
  EXPECT_EQ(read_environment(files, in_repository())->installer, Installer::kPip);
  files.add("/r/.venv/pyvenv.cfg", "home = /opt/py311/bin\nuv = 0.5\nversion_info = 3.11.7\n");
  EXPECT_EQ(read_environment(files, in_repository())->installer, Installer::kUvPip);
  files.add("/r/poetry.lock", "");
  EXPECT_EQ(read_environment(files, in_repository())->installer, Installer::kPoetry);
}

TEST(Environment, ExplicitFoldersSwitchDiscoveryOff) {
  EnvironmentOptions options = in_repository();
  options.sites = {"/opt/py311/lib/python3.11/site-packages"};
  options.standard_library = {"/opt/py311/lib/python3.11", "/opt/py311/lib/python3.11/lib-dynload"};
  const auto environment = read_environment(sample(), options);
  EXPECT_EQ(search_path(*environment), options.sites);
  EXPECT_EQ(environment->standard_library.folders, options.standard_library);
  EXPECT_EQ(environment->version, (PythonVersion{3, 11}));
  EXPECT_TRUE(environment->has_packages());
}

TEST(Environment, WithoutOneTheVersionIsWhatTheProjectSays) {
  FilesInMemory files{{"/r/x.py", ""}};
  EnvironmentOptions options = in_repository();
  const auto version = [&] { return read_environment(files, options)->version; };
  EXPECT_EQ(version(), (PythonVersion{3, 14}));
  options.requires_python = ">=3.9,<3.13";
  EXPECT_EQ(version(), (PythonVersion{3, 12}));
  files.add("/r/.python-version", "3.10.4\n");
  EXPECT_EQ(version(), (PythonVersion{3, 10}));
  options.python_version = PythonVersion{3, 9};
  EXPECT_EQ(version(), (PythonVersion{3, 9}));
  EXPECT_FALSE(read_environment(files, options)->has_packages());
}

TEST(Environment, AnyOtherEnvironmentBesideIsFoundByTheWalk) {
  FilesInMemory files{{"/r/env311/pyvenv.cfg", "version = 3.11.2\n"}};
  EnvironmentOptions options = in_repository();
  options.environments_found = {"env311"};
  const auto environment = read_environment(files, options);
  EXPECT_EQ(environment->prefix, "/r/env311");
  EXPECT_EQ(environment->version, (PythonVersion{3, 11}));
  ASSERT_EQ(environment->notes.size(), 1u);  // its base installation is not on the disk
}

}  // namespace
}  // namespace headwater::environment
