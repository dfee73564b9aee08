#pragma once

#include <tbb/concurrent_hash_map.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "resolve/world.h"

namespace headwater::resolve {

/// Whether an import, or import_module(), has `word` as a part of its module or as one of its
/// names.
bool imports_word(const FileFacts& facts, std::string_view word);

/// Who has a name bound to a module, or to what is called so, and can set attributes on it. Each
/// answer is found once, by a pass over all imports. Thread safe.
class Holders {
 public:
  using Files = std::vector<uint32_t>;  // ascending

  explicit Holders(const World& world) : world_(world) {}

  /// `from a import module`, or what may lead to it: `import a.anything` and `from a import *`, by
  /// the packages that they begin with, `sys.modules` and import_module(). Not `from a.module
  /// import name`. What is imported by the name of `module` and not found may be it.
  const Files& of(const Node& module) const;
  /// `from anywhere import name`.
  const Files& of_name(std::string_view name) const;

 private:
  using Kept = tbb::concurrent_hash_map<std::string, std::unique_ptr<const Files>>;

  template <typename Holds>
  const Files& kept(Kept& kept, const std::string& key, Holds holds) const;
  bool may_hold(uint32_t file, const Node& module, std::string_view last) const;

  const World& world_;
  mutable Kept by_module_;
  mutable Kept by_name_;
};

}  // namespace headwater::resolve
