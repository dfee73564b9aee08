#pragma once

#include <atomic>
#include <memory>
#include <string_view>
#include <vector>

#include "resolve/world.h"

namespace headwater::resolve {

enum class Presence : uint8_t { kPresent, kAbsent, kUnknown };

/// Whether modules have names. Thread safe.
class Symbols {
 public:
  explicit Symbols(const World& world);
  ~Symbols();
  Symbols(const Symbols&) = delete;
  Symbols& operator=(const Symbols&) = delete;

  /// Whether `from module import name` finds it: an attribute or a submodule (rules 13 and 14).
  Presence of(const Node& module, std::string_view name) const;

 private:
  using Names = std::vector<NameId>;  // sorted by what they are called
  using Visited = std::vector<uint32_t>;

  const Names& bound(uint32_t file) const;
  bool binds(uint32_t file, std::string_view name) const;
  Presence attribute(const Node& module, std::string_view name, Visited& visited) const;
  Presence through_star(uint32_t file, const StarImport& star, std::string_view name,
                        Visited& visited) const;

  const World& world_;
  /// By FileId: the names that the module binds, made when first asked for.
  mutable std::vector<std::atomic<const Names*>> bound_;
};

}  // namespace headwater::resolve
