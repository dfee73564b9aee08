#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace headwater::project {

enum class ImportMode : uint8_t { kPrepend, kAppend, kImportlib };

/// What pytest does to `sys.path`, by its configuration. Paths are relative to the tree.
struct PytestConfiguration {
  std::string rootdir;
  std::string file;  // empty: nothing is configured
  ImportMode import_mode = ImportMode::kPrepend;
  std::vector<std::string> python_path;  // in search order
  std::vector<std::string> python_files = {"test_*.py", "*_test.py"};
  std::vector<std::string> test_paths;  // empty: the whole rootdir

  /// Whether pytest collects the file as a test.
  bool collects(std::string_view file_path) const;
  /// Whether it collects the file, or loads it as a conftest.py.
  bool takes(std::string_view file_path) const;
};

/// Finds the configuration that pytest would take for tests in a folder: the first folder upward,
/// up to the tree, with a pytest.toml, pytest.ini, pyproject.toml, tox.ini or setup.cfg that has a
/// section of pytest; without one, that of the first pyproject.toml or setup.py upward, else the
/// tree. Not thread safe: it remembers.
class PytestConfigurations {
 public:
  PytestConfigurations(const FileSystem& files, const std::string& tree_root);

  const PytestConfiguration& of(std::string_view folder);

 private:
  /// What one folder says.
  struct Level {
    std::shared_ptr<const PytestConfiguration> configuration;  // nullptr: none
    bool has_pyproject = false;
    bool has_setup_py = false;
  };

  using Levels = std::map<std::string, Level, std::less<>>;

  const Levels::value_type& level(const std::string& folder);
  Level read(const std::string& folder) const;

  const FileSystem& files_;
  const std::string& tree_root_;
  Levels levels_;
  std::map<std::string, std::shared_ptr<const PytestConfiguration>, std::less<>> by_folder_;
};

}  // namespace headwater::project
