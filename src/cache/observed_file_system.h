#pragma once

#include <tbb/enumerable_thread_specific.h>

#include <deque>
#include <string>
#include <vector>

#include "cache/observation.h"

namespace headwater::cache {

/// Another file system that remembers what it was asked and what it said, which is all that an
/// audit can depend on. Thread safe, as the other is.
class ObservedFileSystem final : public FileSystem {
 public:
  explicit ObservedFileSystem(const FileSystem& files) : files_(files) {}

  Result<std::vector<DirectoryEntry>> list(const std::string& folder) const override;
  Result<FileStatus> status(const std::string& path, bool follow = true) const override;
  Result<std::string> read(const std::string& path, uint64_t max_bytes = 64 << 20) const override;
  Result<std::string> real_path(const std::string& path) const override;
  bool is_of_machine() const override { return files_.is_of_machine(); }

  /// What somebody has looked at by other ways.
  void note(std::string_view path, Question question, const Identity& identity,
            const Answer& answer, uint64_t max_bytes, uint8_t flavour = 0) const;

  struct Observations {
    std::vector<Observation> all;  // by path, then question; distinct
    bool is_consistent = true;     // nothing that was asked about twice changed in between
  };
  /// All of it so far; the paths live as long as this. Not beside calls of others.
  Observations observations() const;

 private:
  /// Of one thread.
  struct Notes {
    std::deque<std::string> paths;
    std::vector<Observation> all;
  };

  Identity identity(const std::string& path) const;

  const FileSystem& files_;
  mutable tbb::enumerable_thread_specific<Notes> notes_;
};

}  // namespace headwater::cache
