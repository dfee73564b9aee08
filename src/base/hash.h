#pragma once

#include <xxhash.h>

#include <cstdint>
#include <string_view>

namespace headwater {

/// XXH3-64 of the bytes: by which contents and requests are known.
inline uint64_t hash_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

}  // namespace headwater
