#include "resolve/outlines.h"

#include <algorithm>

namespace headwater::resolve {

const ClassOutline* Outlines::find(const std::string& file, std::string_view name) const {
  const Classes& all = of(file);
  const auto [begin, end] = std::ranges::equal_range(all, name, {}, &ClassOutline::name);
  return end - begin == 1 ? &*begin : nullptr;
}

const Outlines::Classes& Outlines::of(const std::string& file) const {
  world_.asked.note_path(file);
  decltype(known_)::accessor entry;
  if (known_.insert(entry, file)) {
    const auto text = world_.file_system.read(file);
    entry->second =
        std::make_unique<const Classes>(text && world_.outline ? world_.outline(*text) : Classes());
  }
  return *entry->second;
}

}  // namespace headwater::resolve
