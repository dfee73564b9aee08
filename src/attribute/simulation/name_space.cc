#include "attribute/simulation/name_space.h"

namespace headwater::attribute {

const NameSpace::Entry* NameSpace::find(Atom name) const {
  if (slots_.empty()) {
    for (const Entry& entry : entries_) {
      if (entry.name == name) return &entry;
    }
    return nullptr;
  }
  const size_t mask = slots_.size() - 1;
  for (size_t slot = hash(name) & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Entry& entry = entries_[slots_[slot] - 1];
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

NameSpace::Entry& NameSpace::slot(Atom name) {
  if (const Entry* known = find(name)) return const_cast<Entry&>(*known);
  entries_.push_back({name});
  if (entries_.size() > kScanned && entries_.size() * 2 > slots_.size()) {
    grow();
  } else if (!slots_.empty()) {
    index(entries_.size() - 1);
  }
  return entries_.back();
}

void NameSpace::index(size_t place) {
  const size_t mask = slots_.size() - 1;
  size_t slot = hash(entries_[place].name) & mask;
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = static_cast<uint32_t>(place + 1);
}

void NameSpace::grow() {
  slots_.assign(slots_.empty() ? 4 * kScanned : slots_.size() * 2, 0);
  for (size_t place = 0; place < entries_.size(); ++place) index(place);
}

}  // namespace headwater::attribute
