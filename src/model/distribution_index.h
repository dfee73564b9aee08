#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/python_environment.h"

namespace headwater {

/// Which installed distribution a module belongs to, or belonged to before its file was gone. Looks
/// into the environment, which must outlive it; thread safe once built.
class DistributionIndex {
 public:
  explicit DistributionIndex(const PythonEnvironment& environment);

  /// The distribution that provides `dotted`, by the longest of its packages and modules that holds
  /// it; nullptr if none does, or several do.
  const Distribution* provider(std::string_view dotted) const;
  /// All that say they provide the longest part of `dotted` that any does; sorted by name.
  std::vector<const Distribution*> providers(std::string_view dotted) const;
  /// The distribution that recorded a file of the module `dotted`, which is gone from the disk or
  /// which this Python does not load; nullptr if there is none. Another file may have the name.
  const Distribution* lost(std::string_view dotted) const;
  /// Whether lost() finds anything at all.
  bool has_losses() const { return !lost_.empty(); }
  /// Whether a distribution that provides `dotted` has lost such files, of whichever module.
  bool may_lack_modules(std::string_view dotted) const;
  /// The installed distribution of this name (PEP 503), or nullptr.
  const Distribution* named(std::string_view normalized_name) const;

 private:
  const PythonEnvironment& environment_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> by_module_;
  std::unordered_map<std::string, uint32_t> lost_;
};

}  // namespace headwater
