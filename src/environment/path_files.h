#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/python_environment.h"

namespace headwater::environment {

/// The search path that site.py makes of site folders and their `.pth` files. `import` lines of
/// known shapes do what they would; others are not followed, which is said.
class SitePath {
 public:
  /// `known`: folders that are on the path already and are not added again.
  SitePath(const FileSystem& files, const std::vector<std::string>& known);

  /// A site folder, then the lines of its `.pth` files in the order of their names.
  void add_site(const std::string& folder);

  std::vector<SearchPathEntry> entries;
  std::vector<EditableModule> editable_modules;
  std::vector<PathLine> lines;
  std::vector<std::string> zipped_eggs;       // absolute
  std::vector<std::string> served_names;      // by start-up code, from elsewhere
  std::vector<std::string> start_up_imports;  // of `import` lines
  std::vector<std::string> start_up_callees;  // of those that are not followed
  std::vector<std::string> notes;

 private:
  struct Line;
  void read_path_file(const std::string& folder, const std::string& name);
  void read_path_line(const Line& line);
  void read_import_line(const Line& line);
  bool read_editable_finder(const Line& line, std::string_view module);
  void say(const Line& line, std::string does, bool is_followed = true);
  bool add(const std::string& path, SearchPathKind kind);

  const FileSystem& files_;
  std::vector<std::string> known_;
  size_t eggs_begin_ = 0;  // of easy-install.pth: the entries that it moves to the front
  size_t eggs_in_front_ = 0;
};

}  // namespace headwater::environment
