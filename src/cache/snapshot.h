#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cache/observation.h"

namespace headwater::cache {

/// What a run printed, and how it ended.
struct StoredAnswer {
  std::string out;
  std::string complaints;  // lines of standard error
  int32_t exit_code = 0;
  /// Days by which the answer holds, as 2027-01-31; both empty: by all.
  std::string first_day;
  std::string last_day;
};

/// A run: what was asked of the file system and what came of it. A program that depends on its
/// arguments and on what it asks of the file system alone says the same again if every question is
/// answered alike ("verifying traces" in: Mokhov, Mitchell, Peyton Jones, Build systems à la carte,
/// 2018). Which questions it asks follows from the answers, so those of the last run are all of
/// them.
struct Snapshot {
  uint64_t request = 0;                   // what was asked of the program, as a hash
  int64_t started_ns = 0;                 // by the system's clock, before the first question
  std::vector<Observation> observations;  // by path, then question; distinct
  StoredAnswer answer;
  /// The world file that the run left or went by; 0: none.
  uint64_t world = 0;
  /// Absolute paths of sources that have other contents than that world knows; sorted.
  std::vector<std::string> stale;
  std::unique_ptr<const std::string> storage;  // of the paths, if it was read from a file

  /// What was seen of a path, or nothing.
  const Observation* find(std::string_view path, Question question) const;
};

/// `program`: a hash of its sources; the snapshot of another is none.
///
/// The file, integers as they are in memory:
///
///     file        = header row* path* out complaints first_day last_day stale* checksum
///     header      = magic[8] program[8] request[8] started_ns[8] rows[8] paths[8]
///                   out[8] complaints[8] days[8] exit_code[8] world[8] stale[8]
///     row         = inode[8] size[8] mtime[8] ctime[8] digest[8] max_bytes[8] path_end[4]
///                   question[1] is_error[1] flavour[1] zero[1]
///     path, stale = its bytes and a NUL; path_end is where the NUL stands among all paths
///     checksum    = XXH3-64[8] of all before it
std::string encode(const Snapshot& snapshot, uint64_t program);
/// Nothing if the bytes are no whole snapshot of that program.
std::optional<Snapshot> decode(std::string bytes, uint64_t program);

/// Whether the bytes are what some headwater wrote: all of them end with that checksum.
bool has_its_checksum(std::string_view snapshot);
/// The program that the first bytes of a snapshot name; nothing if they do not begin one.
std::optional<uint64_t> program_of(std::string_view first_bytes);
inline constexpr size_t kProgramBytes = 16;  // that tell it

/// Asks everything again, in parallel, as cheaply as it can be known. By observation; the
/// identities of those that had to be looked into are of now then.
std::vector<Check> check_all(const FileSystem& files, Snapshot& snapshot);

}  // namespace headwater::cache
