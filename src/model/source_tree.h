#pragma once

#include <cstdint>
#include <string>
#include <vector>

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
  /// Virtual environments that were skipped, relative to root, sorted.
  std::vector<std::string> environments;
  /// Links that lead nowhere, relative to root, sorted.
  std::vector<std::string> dangling_links;
  /// Files that may say how the code is run (Dockerfiles, CI), relative to root, sorted.
  std::vector<std::string> run_files;
  std::vector<Error> unread;  // folders and ignore files, sorted by path
  WalkCounts counts;
};

}  // namespace headwater
