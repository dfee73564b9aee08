#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "findings/world.h"

namespace headwater::findings {

/// World::distribution_for(), of which each answer is found once: thousands of statements ask for
/// the same few modules. One per thread.
class Providers {
 public:
  struct Provider {
    std::string distribution;
    std::string declared_in;  // the file that declares it; empty: none
  };

  explicit Providers(const World& world) : world_(world) {}

  const Provider& of(std::string_view dotted, const Project& project);

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using OfProject = std::unordered_map<std::string, Provider, Hash, std::equal_to<>>;

  const World& world_;
  std::unordered_map<const Project*, OfProject> known_;
};

}  // namespace headwater::findings
