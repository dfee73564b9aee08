#pragma once

#include <tbb/concurrent_hash_map.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/class_outline.h"
#include "resolve/world.h"

namespace headwater::resolve {

/// The classes of files, each file read once. Thread safe.
class Outlines {
 public:
  using Classes = std::vector<ClassOutline>;

  explicit Outlines(const World& world) : world_(world) {}

  /// nullptr: there is none of the name, or more than one.
  const ClassOutline* find(const std::string& file, std::string_view name) const;

 private:
  const Classes& of(const std::string& file) const;

  const World& world_;
  mutable tbb::concurrent_hash_map<std::string, std::unique_ptr<const Classes>> known_;
};

}  // namespace headwater::resolve
