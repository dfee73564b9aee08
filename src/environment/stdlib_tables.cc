#include "environment/stdlib_tables.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>

namespace headwater::environment {
namespace {

struct TableRow {
  std::string_view name;
  uint8_t stdlib;  // each a bit set: bit i is version 3.(9 + i)
  uint8_t builtin;
  uint8_t sometimes_builtin;
  uint8_t startup;
  uint8_t frozen;
};

constexpr TableRow kTable[] = {
#include "environment/stdlib_tables.inc"
};

}  // namespace

PythonVersion nearest_known_version(PythonVersion version) {
  return std::clamp(version, kOldestKnownVersion, kNewestKnownVersion);
}

StandardLibrary standard_library_table(PythonVersion version, bool has_installation,
                                       const std::unordered_set<std::string>& extension_files) {
  const int minor = nearest_known_version(version).minor;
  const auto bit = static_cast<uint8_t>(1u << (minor - kOldestKnownVersion.minor));
  StandardLibrary library;
  for (const TableRow& row : kTable) {
    const std::string name(row.name);
    if (row.stdlib & bit) {
      library.names.insert(name);
    } else if (const unsigned older = row.stdlib & (bit - 1u); older != 0) {
      library.removed.emplace(name, kOldestKnownVersion.minor + std::bit_width(older));
    } else if (row.stdlib != 0) {
      library.added.emplace(name, kOldestKnownVersion.minor + std::countr_zero(row.stdlib));
    }
    const bool builtin =
        (row.builtin & bit) ||
        (has_installation && (row.sometimes_builtin & bit) && !extension_files.contains(name));
    if (builtin) library.builtin_names.insert(name);
    if (row.startup & bit) library.startup.insert(name);
    if (builtin || ((row.startup | row.frozen) & bit)) library.unshadowable.insert(name);
  }
  return library;
}

}  // namespace headwater::environment
