#include "attribute/simulation/atoms.h"

namespace headwater::attribute {

Atom Atoms::intern(std::string_view text) {
  const size_t hash = std::hash<std::string_view>()(text);
  const auto number = static_cast<uint32_t>(hash >> 58);
  static_assert(kShardBits == 6);
  Shard& shard = shards_[number];
  {
    const std::shared_lock lock(shard.mutex);
    const auto known = shard.index.find(text);
    if (known != shard.index.end()) return Atom{known->second << kShardBits | number};
  }
  const std::unique_lock lock(shard.mutex);
  const auto known = shard.index.find(text);
  if (known != shard.index.end()) return Atom{known->second << kShardBits | number};
  const auto place = static_cast<uint32_t>(shard.texts.size());
  shard.texts.emplace_back(text);
  shard.index.emplace(shard.texts.back(), place);
  return Atom{place << kShardBits | number};
}

std::string_view Atoms::text(Atom atom) const {
  if (atom == kNoAtom) return {};
  const auto value = static_cast<uint32_t>(atom);
  const Shard& shard = shards_[value & (kShards - 1)];
  const std::shared_lock lock(shard.mutex);
  return shard.texts[value >> kShardBits];
}

Atom Atoms::dotted(Atom first, std::string_view second) {
  std::string joined(text(first));
  joined.append(1, '.').append(second);
  return intern(joined);
}

}  // namespace headwater::attribute
