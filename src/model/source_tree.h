#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "base/ids.h"
#include "base/result.h"

namespace headwater {

enum class FileKind : uint8_t { kPython, kStub, kNotebook };  // .py, .pyi, .ipynb

struct SourceFile {
  std::string path;  // relative to SourceTree::root, `/` between parts, bytes as on disk
  uint64_t size_bytes = 0;
  int64_t mtime_ns = 0;
  FileKind kind = FileKind::kPython;
};

/// Everything that a walk saw in a folder, so that the finder need not list it again.
struct ListedFolder {
  std::string path;  // relative to SourceTree::root, "" for itself
  std::string text;  // of each entry its EntryType, its name and a NUL

  ListedFolder() = default;
  explicit ListedFolder(std::string folder) : path(std::move(folder)) {}
  void add(EntryType type, std::string_view name) {
    text += static_cast<char>(type);
    text.append(name).append(1, '\0');
  }
  /// Calls visit(std::string_view name, EntryType), in no particular order. Names look into `text`.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (size_t at = 0; at < text.size();) {
      const std::string_view name(text.c_str() + at + 1);
      visit(name, static_cast<EntryType>(text[at]));
      at += name.size() + 2;
    }
  }
};

/// What a walk met and did not take as a source file. Everything is counted once.
struct WalkCounts {
  uint64_t folders = 0;
  uint64_t ignored = 0;          // sources, by ignore rules or --exclude; a folder counts once
  uint64_t skipped_folders = 0;  // virtual environments, .git, node_modules, caches, build outputs
  uint64_t symlinks = 0;         // of any name, not dangling; never followed
  uint64_t special = 0;          // FIFOs, sockets, devices, of any name
  uint64_t non_utf8_names = 0;   // source files and folders, which are taken all the same
};

/// The audited files, in bytewise path order: the index is the FileId.
struct SourceTree {
  std::string root;  // absolute
  std::vector<SourceFile> files;
  std::vector<ListedFolder> folders;  // those that hold sources or may; by path
  /// Virtual environments that were skipped, relative to root, sorted.
  std::vector<std::string> environments;
  /// Links that lead nowhere, relative to root, sorted.
  std::vector<std::string> dangling_links;
  /// Files that may say how the code is run (Dockerfiles, CI), relative to root, sorted.
  std::vector<std::string> run_files;
  /// Files that may name code in strings, relative to root, sorted.
  std::vector<std::string> configuration_files;
  std::vector<Error> unread;  // folders and ignore files, sorted by path
  WalkCounts counts;
};

}  // namespace headwater
