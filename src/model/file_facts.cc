#include "model/file_facts.h"

#include <algorithm>
#include <bit>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace headwater {

void NameTable::grow() {
  slots_.assign(std::max<size_t>(32, std::bit_ceil(ends_.size() * 4)), 0);
  for (uint32_t i = 0; i < ends_.size(); ++i) {
    const std::string_view name = (*this)[NameId{i}];
    size_t slot = XXH3_64bits(name.data(), name.size()) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = i + 1;
  }
}

NameId NameTable::intern(std::string_view name) {
  if ((ends_.size() + 1) * 2 > slots_.size()) grow();
  size_t slot = XXH3_64bits(name.data(), name.size()) & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const NameId id{slots_[slot] - 1};
    if ((*this)[id] == name) return id;
  }
  text_ += name;
  ends_.push_back(static_cast<uint32_t>(text_.size()));
  slots_[slot] = static_cast<uint32_t>(ends_.size());
  return NameId{slots_[slot] - 1};
}

std::string_view NameTable::operator[](NameId id) const {
  const auto i = static_cast<uint32_t>(id);
  const uint32_t begin = i == 0 ? 0 : ends_[i - 1];
  return std::string_view(text_).substr(begin, ends_[i] - begin);
}

void NameTable::clear() {
  text_.clear();
  ends_.clear();
  std::fill(slots_.begin(), slots_.end(), 0);
}

NameTable NameTable::frozen() const {
  NameTable copy;
  copy.text_ = text_;
  copy.ends_ = ends_;
  return copy;
}

}  // namespace headwater
