#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/file_system.h"

namespace headwater::cache {

/// What an audit asks of a file system.
enum class Question : uint8_t {
  kList,        // the entries of a folder
  kRead,        // the whole of a file, through links
  kStatus,      // what a path leads to
  kLinkStatus,  // the same, of a link itself
  kRealPath,    // a path without links
  kSource,      // the whole of a source file: a link is an error
};

/// What the system keeps of a file or folder, and what changes with it. The device is left out: its
/// number changes with every mount on many systems.
struct Identity {
  uint64_t inode = 0;
  uint64_t size_bytes = 0;  // 0 of a folder
  int64_t mtime_ns = 0;
  int64_t ctime_ns = 0;
  friend bool operator==(const Identity&, const Identity&) = default;
};
Identity identity_of(const FileStatus& status);

/// An answer, as far as an audit can depend on it.
struct Answer {
  /// XXH3-64: of the content for kRead and kSource; of the sorted entries with their types; of type
  /// and size; of the real path; of an error, its words.
  uint64_t digest = 0;
  bool is_error = false;
  friend bool operator==(const Answer&, const Answer&) = default;
};
Answer answer_of(const Error& error);
Answer answer_of(const FileStatus& status);
Answer answer_of(std::string_view content);
Answer answer_of_entries(const std::vector<DirectoryEntry>& entries);

/// A question and what was answered.
struct Observation {
  std::string_view path;  // NUL-terminated
  Question question = Question::kStatus;
  Identity identity;  // before the answer; all 0 where there is none
  Answer answer;
  uint64_t max_bytes = 0;  // of kRead and kSource
  uint8_t flavour = 0;     // of kSource: how it was scanned, told apart by pipeline/
};

/// Asks again. Thread safe.
Observation ask(const FileSystem& files, std::string_view path, Question question,
                uint64_t max_bytes);

/// Whether what an identity tells may be older than the file's content.
///
/// The race, as git knows it: 1. a run looks at a file; 2. the file is written again, within the
/// grain of the system's clock; 3. its times are what they were at 1, and so may be its size. So
/// an identity proves nothing if its times are not older than the run that took it, by a grain:
/// what is written after a run has begun has times of then or later. A file system that keeps whole
/// seconds has a grain of two of them (FAT), any other that of the kernel's tick, 10 ms at most. A
/// server whose clock is behind by more is not told from one that is not.
bool is_racy(const Identity& identity, int64_t started_ns);

enum class Check : uint8_t { kSame, kSameAgain, kDiffers };
/// Whether a question would be answered alike now. kSameAgain: that took a look inside; the
/// observation has the identity of now then. Thread safe.
Check check(const FileSystem& files, Observation& observation, int64_t started_ns);

}  // namespace headwater::cache
