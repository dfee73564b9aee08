#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/file_system.h"
#include "model/file_facts.h"
#include "model/source_tree.h"

namespace headwater {

/// How a file is read.
struct Reading {
  FileKind kind = FileKind::kPython;
  bool is_strict = false;  // parsed in full
};

/// What facts depend on.
struct SourceContent {
  Reading reading;
  uint64_t hash;  // XXH3-64 of the bytes
  uint64_t size_bytes;
};

/// What earlier runs know of files, and what they will know of this one. Paths are absolute; facts
/// are as the scanner gives them, before FileFacts::decide(). Thread safe.
class KnownFacts {
 public:
  virtual ~KnownFacts() = default;

  /// Facts of a file that is on the disk as it was when they were taken: it need not be opened.
  virtual std::optional<FileFacts> find_unchanged(const std::string& path, Reading reading,
                                                  uint64_t max_bytes) = 0;
  virtual std::optional<FileFacts> find(const SourceContent& content) = 0;
  virtual void add(const SourceContent& content, const FileFacts& facts) = 0;

  /// `status`: before the file was read.
  virtual void note_read(const std::string& path, uint64_t max_bytes, const FileStatus& status,
                         const SourceContent& content) = 0;
  virtual void note_unread(const std::string& path, uint64_t max_bytes, const Error& error) = 0;
};

}  // namespace headwater
