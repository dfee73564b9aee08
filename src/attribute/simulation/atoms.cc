#include "attribute/simulation/atoms.h"

namespace headwater::attribute {

Atom Atoms::intern(std::string_view text) {
  const auto known = index_.find(text);
  if (known != index_.end()) return known->second;
  // Of two threads that add the same text at once, one adds it in vain.
  const auto added = texts_.push_back(std::string(text));
  const Atom atom{static_cast<uint32_t>(added - texts_.begin())};
  return index_.emplace(*added, atom).first->second;
}

Atom Atoms::dotted(Atom first, Atom second) {
  const uint64_t key = static_cast<uint64_t>(first) << 32 | static_cast<uint32_t>(second);
  const auto known = dotted_.find(key);
  if (known != dotted_.end()) return known->second;
  std::string joined(text(first));
  joined.append(1, '.').append(text(second));
  return dotted_.emplace(key, intern(joined)).first->second;
}

}  // namespace headwater::attribute
