#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "base/result.h"

namespace headwater::cache {

/// The size of a store of all scanners together.
struct StoreLimits {
  uint64_t most_bytes = uint64_t{2} << 30;
  int64_t most_age_days = 30;  // since a pack last served a run
};

/// What one process at a time does to a store: rewrites the packs that were found to be `damaged`,
/// by path, with what is whole in them; merges packs when a scanner has many; removes what is too
/// old or too much, and what killed writers left. Does nothing while another process is at it, or
/// where nothing may be written.
///
/// Why this is safe beside readers, writers and kills, in steps: 1. packs are never changed, so
/// what is read of one is what was written, or is found out by its checksum; 2. a merged pack gets
/// its name when it is whole, and only then 3. those that it was made from are removed: killed
/// between 2 and 3, both are there and say the same; 4. a process that has a removed pack open
/// reads on; 5. one that has listed it and finds it gone lists again, and finds the merged one.
Result<void> keep_house(const std::string& folder, uint64_t identity, const StoreLimits& limits,
                        const std::set<std::string>& damaged);

}  // namespace headwater::cache
