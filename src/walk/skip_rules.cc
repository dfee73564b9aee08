#include "walk/skip_rules.h"

#include <algorithm>
#include <array>

namespace headwater::walk {
namespace {

constexpr std::array<std::string_view, 15> kNames = {
    ".git",          ".hg",
    ".svn",          ".bzr",  // version control
    "__pycache__",   ".mypy_cache",
    ".pytest_cache", ".ruff_cache",
    ".hypothesis",  // caches
    ".tox",          ".nox",
    ".eggs",         ".pytype",  // environments and caches of runners
    "node_modules",  "bower_components"};

}  // namespace

bool is_skipped_by_name(std::string_view folder_name) {
  return std::ranges::find(kNames, folder_name) != kNames.end();
}

FolderNature nature_of(std::string_view folder_name, const std::vector<DirectoryEntry>& entries) {
  bool is_package = false;
  bool is_build = false;
  for (const DirectoryEntry& entry : entries) {
    if (entry.name == "pyvenv.cfg" && entry.type == EntryType::kFile)
      return FolderNature::kEnvironment;
    if (entry.name == "conda-meta" && entry.type == EntryType::kFolder)
      return FolderNature::kEnvironment;
    is_package |= entry.name == "__init__.py";
    // setuptools writes build/lib and build/bdist.PLATFORM; CMake and meson leave their state.
    is_build |= entry.type == EntryType::kFolder &&
                (entry.name == "lib" || entry.name.starts_with("lib.") ||
                 entry.name.starts_with("bdist.") || entry.name.starts_with("temp."));
    is_build |= entry.name == "CMakeCache.txt" || entry.name == "meson-info";
  }
  const bool may_be_build =
      folder_name == "build" || folder_name.starts_with("cmake-build") || folder_name == "_build";
  return may_be_build && is_build && !is_package ? FolderNature::kBuildOutput
                                                 : FolderNature::kSources;
}

}  // namespace headwater::walk
