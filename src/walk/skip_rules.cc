#include "walk/skip_rules.h"

#include <algorithm>
#include <array>

namespace headwater::walk {
namespace {

constexpr auto kNames = std::to_array<SkippedName>({
    {".git", "version control"},
    {".hg", "version control"},
    {".svn", "version control"},
    {".bzr", "version control"},
    {".jj", "version control"},
    {"__pycache__", "byte code"},
    {".mypy_cache", "cache of a type checker"},
    {".pytype", "cache of a type checker"},
    {".pyre", "cache of a type checker"},
    {".pytest_cache", "cache of a test runner"},
    {".hypothesis", "examples that a test runner found"},
    {".ruff_cache", "cache of a linter"},
    {".ipynb_checkpoints", "copies of notebooks as they were"},
    {".tox", "environments of a test runner"},
    {".nox", "environments of a test runner"},
    {".eggs", "distributions that a build fetched"},
    {"__pypackages__", "distributions, as of PEP 582"},
    {"node_modules", "packages of another language; some carry build scripts in Python"},
    {"bower_components", "packages of another language"},
});

/// setuptools' build folder holds nothing but these.
bool is_setuptools_output(const DirectoryEntry& entry) {
  return entry.type == EntryType::kFolder &&
         (entry.name == "lib" || entry.name.starts_with("lib.") ||
          entry.name.starts_with("bdist.") || entry.name.starts_with("temp."));
}

/// What other build systems leave where they were run.
bool is_build_state(const DirectoryEntry& entry) {
  return entry.name == "CMakeCache.txt" || entry.name == "meson-info" ||
         entry.name == "build.ninja";
}

}  // namespace

std::span<const SkippedName> skipped_names() { return kNames; }

bool is_skipped_by_name(std::string_view folder_name) {
  // Metadata of a distribution; what lies in it is listed there, not imported from there.
  return std::ranges::find(kNames, folder_name, &SkippedName::name) != kNames.end() ||
         folder_name.ends_with(".egg-info");
}

FolderNature nature_of(std::string_view folder_name, const std::vector<DirectoryEntry>& entries) {
  const bool may_be_build =
      folder_name == "build" || folder_name == "_build" || folder_name.starts_with("cmake-build");
  const bool may_be_installation = folder_name == "site-packages" || folder_name == "dist-packages";
  bool has_python = false, has_output = false, has_state = false, has_metadata = false;
  for (const DirectoryEntry& entry : entries) {
    const bool is_folder = entry.type == EntryType::kFolder;
    if (entry.name == "pyvenv.cfg" && entry.type == EntryType::kFile) {
      return FolderNature::kEnvironment;
    }
    if (entry.name == "conda-meta" && is_folder) return FolderNature::kEnvironment;
    if (!may_be_build && !may_be_installation) continue;
    has_python |= entry.name.ends_with(".py");
    has_output |= is_setuptools_output(entry);
    has_state |= is_build_state(entry);
    has_metadata |= is_folder && entry.name.ends_with(".dist-info");
  }
  if (may_be_installation && has_metadata) return FolderNature::kInstallation;
  // Scripts beside them mean that people keep something there; __init__.py means a package.
  const bool is_build = may_be_build && !has_python && (has_output || has_state);
  return is_build ? FolderNature::kBuildOutput : FolderNature::kSources;
}

}  // namespace headwater::walk
