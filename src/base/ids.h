#pragma once

#include <cstdint>

namespace headwater {

/// Index into SourceTree::files. Files are numbered bytewise by path.
enum class FileId : uint32_t {};
/// Index into a ModuleTable.
enum class ModuleId : uint32_t {};

template <typename Id>
constexpr uint32_t index_of(Id id) {
  static_assert(sizeof(Id) == 4);
  return static_cast<uint32_t>(id);
}

}  // namespace headwater
