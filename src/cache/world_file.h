#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What a run leaves beside its snapshot for runs after it in which little has changed: bytes that
/// pipeline/ makes and reads.
namespace headwater::cache {

/// A whole file, and by what a snapshot names it.
struct WorldFile {
  std::string bytes;
  uint64_t number = 0;
};

/// `program`: a hash of its sources; the file of another is none.
///
///     file      = magic[8] program[8] content checksum  ; begins and ends as a snapshot does
///     checksum  = XXH3-64[8] of all before it: the number of the file
WorldFile encode_world(std::string_view content, uint64_t program);

/// The content, within `bytes`; nothing if they are not the whole file of that number.
std::optional<std::string_view> world_content(std::string_view bytes, uint64_t program,
                                              uint64_t number);

/// The program that the first bytes of the file name; nothing if they do not begin one.
std::optional<uint64_t> program_of_world(std::string_view first_bytes);

}  // namespace headwater::cache
