#include "scripts_audit/candidates.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "base/paths.h"

namespace headwater::scripts_audit {
namespace {

constexpr std::string_view kScriptFolders[] = {"scripts",  "script",  "tools",    "bin",
                                               "examples", "example", "notebooks"};
constexpr std::string_view kTestFolders[] = {"tests", "test", "testing", "testsuite", "fixtures"};

/// What a tool runs or loads because it is called so.
constexpr std::string_view kRunByName[] = {"__init__.py",
                                           "__main__.py",
                                           "setup.py",
                                           "conftest.py",
                                           "noxfile.py",
                                           "conf.py",
                                           "hubconf.py",
                                           "tasks.py",
                                           "fabfile.py",
                                           "dodo.py",
                                           "manage.py",
                                           "wsgi.py",
                                           "asgi.py",
                                           "hatch_build.py",
                                           "versioneer.py",
                                           "_version.py",
                                           "sitecustomize.py",
                                           "usercustomize.py",
                                           "gunicorn.conf.py",
                                           "gunicorn_config.py",
                                           "jupyter_notebook_config.py",
                                           "jupyter_server_config.py"};

template <typename Names>
bool is_one_of(std::string_view name, const Names& names) {
  return std::ranges::find(names, name) != std::end(names);
}

bool has_entry(const ListedFolder& folder, std::string_view wanted) {
  bool found = false;
  folder.for_each([&](std::string_view name, EntryType) { found |= name == wanted; });
  return found;
}

class Selector {
 public:
  Selector(const SourceTree& tree, const CandidateOptions& options) : options_(options) {
    for (const ListedFolder& folder : tree.folders) {
      if (has_entry(folder, "__init__.py")) packages_.insert(folder.path);
      // Alembic runs what lies below the folder of its template.
      if (has_entry(folder, "script.py.mako")) loaded_by_folder_.insert(folder.path);
    }
  }

  bool is_in_package(std::string_view path) const {
    for (std::string_view folder = parent_path(path);; folder = parent_path(folder)) {
      if (packages_.contains(folder) || options_.namespace_packages.contains(folder)) return true;
      if (folder.empty()) return false;
    }
  }

  bool is_loaded_by_folder(std::string_view path) const {
    for (std::string_view folder = path; !folder.empty();) {
      folder = parent_path(folder);
      if (loaded_by_folder_.contains(folder)) return true;
    }
    return false;
  }

  /// Below a folder with a name of scripts; packages further down are part of it.
  bool is_in_script_folder(std::string_view path) const {
    for (size_t end = path.find('/'); end != path.npos; end = path.find('/', end + 1)) {
      const std::string_view folder = path.substr(0, end);
      if (is_one_of(file_name(folder), kScriptFolders)) return true;
      if (packages_.contains(folder) || options_.namespace_packages.contains(folder)) return false;
    }
    return false;
  }

  bool is_asked_for(std::string_view path) const {
    return options_.folders.empty() ||
           std::ranges::any_of(options_.folders,
                               [&](const std::string& folder) { return is_within(path, folder); });
  }

  /// Whether a folder of a package was named, and the file is in it.
  bool is_named_package(std::string_view path) const {
    return std::ranges::any_of(options_.folders, [&](const std::string& folder) {
      return is_within(path, folder) && is_in_package(join_path(folder, "any.py"));
    });
  }

 private:
  const CandidateOptions& options_;
  std::unordered_set<std::string_view> packages_;
  std::unordered_set<std::string_view> loaded_by_folder_;
};

}  // namespace

bool is_of_tests(std::string_view path) {
  const std::string_view name = file_name(path);
  if (name.starts_with("test_") || name.ends_with("_test.py")) return true;
  if (name == "conftest.py" || name == "tests.py") return true;
  for (std::string_view folder = parent_path(path); !folder.empty(); folder = parent_path(folder)) {
    if (is_one_of(file_name(folder), kTestFolders)) return true;
  }
  return false;
}

std::vector<Candidate> stand_alone_files(const SourceTree& tree, const EntryPaths& paths,
                                         const CandidateOptions& options) {
  const Selector selector(tree, options);
  std::vector<Candidate> found;
  for (uint32_t file = 0; file < tree.files.size(); ++file) {
    const std::string& path = tree.files[file].path;
    const bool is_left_out = tree.files[file].kind == FileKind::kStub || paths.is_test[file] ||
                             is_of_tests(path) || is_one_of(file_name(path), kRunByName) ||
                             selector.is_loaded_by_folder(path);
    if (is_left_out) continue;
    const bool is_in_package = selector.is_in_package(path);
    const bool stands_alone = !is_in_package || selector.is_in_script_folder(path);
    const bool is_wanted =
        selector.is_asked_for(path) && (stands_alone || selector.is_named_package(path));
    if (is_wanted) found.push_back({file, is_in_package, stands_alone});
  }
  return found;
}

}  // namespace headwater::scripts_audit
