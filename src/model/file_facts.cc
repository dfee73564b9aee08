#include "model/file_facts.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace headwater {

NameId NameTable::intern(std::string_view name) {
  if ((entries_.size() + 1) * 2 > slots_.size()) {
    slots_.assign(slots_.empty() ? 32 : slots_.size() * 2, 0);
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      const Entry entry = entries_[i];
      size_t slot = XXH3_64bits(text_.data() + entry.begin, entry.size) & (slots_.size() - 1);
      while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = i + 1;
    }
  }
  size_t slot = XXH3_64bits(name.data(), name.size()) & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const NameId id{slots_[slot] - 1};
    if ((*this)[id] == name) return id;
  }
  entries_.push_back({static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(name.size())});
  text_ += name;
  slots_[slot] = static_cast<uint32_t>(entries_.size());
  return NameId{slots_[slot] - 1};
}

std::string_view NameTable::operator[](NameId id) const {
  const Entry entry = entries_[static_cast<uint32_t>(id)];
  return std::string_view(text_).substr(entry.begin, entry.size);
}

}  // namespace headwater
