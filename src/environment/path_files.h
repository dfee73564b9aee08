#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/python_environment.h"

namespace headwater::environment {

/// The search path that site.py makes of site folders and their `.pth` files, without running the
/// `import` lines of those.
class SitePath {
 public:
  /// `known`: folders that are on the path already and are not added again.
  SitePath(const FileSystem& files, const std::vector<std::string>& known);

  /// A site folder, then the path lines of its `.pth` files in the order of their names.
  void add_site(const std::string& folder);

  std::vector<SearchPathEntry> entries;
  std::vector<EditableModule> editable_modules;
  std::vector<std::string> notes;

 private:
  void read_path_file(const std::string& folder, const std::string& name);
  void read_import_line(const std::string& folder, const std::string& name, std::string_view line);
  bool add(const std::string& path, SearchPathKind kind);

  const FileSystem& files_;
  std::vector<std::string> known_;
};

/// The `MAPPING = {'name': 'path', ...}` of setuptools' editable finder, a literal that
/// setuptools writes on one line. Empty if it is not there or not of that shape.
std::vector<EditableModule> parse_editable_mapping(std::string_view finder_source);

}  // namespace headwater::environment
