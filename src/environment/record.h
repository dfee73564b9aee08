#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace headwater::environment {

/// A file that an import can need: `.py`, `.pyi` or an extension module.
struct RecordedFile {
  std::string_view path;    // relative to the site folder, no part of it `..`
  int64_t size_bytes = -1;  // -1: not recorded
  bool is_test = false;     // no whole distribution needs it
};

/// The files of a RECORD (PEP 376) that an import can need, sorted by path. What leaves the site
/// folder, bytecode, data and metadata are left out. Neither copied nor moved: the files look into
/// it.
class Record {
 public:
  /// `site_folder` is absolute; a path of a file may be, too.
  Record(std::string text, std::string_view site_folder);
  /// Of an `installed-files.txt`, one path a line, relative to `metadata_folder`.
  static std::unique_ptr<const Record> of_installed_files(std::string text,
                                                          std::string_view metadata_folder,
                                                          std::string_view site_folder);
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  const std::vector<RecordedFile>& files() const { return files_; }

 private:
  Record() = default;
  void add(std::string_view path, int64_t size_bytes, std::string_view site_folder);

  std::string text_;
  std::deque<std::string> made_;  // paths that do not stand in `text_` as they are
  std::vector<RecordedFile> files_;
};

/// Sorted import names that the files begin with: packages and modules, no data folders.
std::vector<std::string> top_level_of(const std::vector<RecordedFile>& files);

/// Sorted dotted names of the topmost regular packages and modules: what the distribution provides
/// below namespaces that it shares with others. A folder without `__init__` is a namespace.
std::vector<std::string> modules_of(const std::vector<RecordedFile>& files);

/// Whether the file is a compiled module's: `.so` or `.pyd`.
bool is_extension_file(std::string_view path);

}  // namespace headwater::environment
