#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headwater::scan {

/// A value of a configuration file, whatever the format. Bounded by its reader: the tree of a file
/// is never deeper than kMostConfigDepth, and never larger than kMostConfigValues.
struct ConfigValue {
  enum class Kind : uint8_t { kOther, kText, kList, kTable };  // kOther: a number, a date, nothing
  Kind kind = Kind::kOther;
  uint32_t line = 0;                 // 1-based
  uint32_t column = 0;               // 1-based code points
  std::string text{};                // kText
  std::vector<ConfigValue> items{};  // of a list; those of a table, by `keys`
  std::vector<std::string> keys{};   // in source order

  bool is_text() const { return kind == Kind::kText; }
  bool is_table() const { return kind == Kind::kTable; }
  bool is_list() const { return kind == Kind::kList; }
  /// nullptr: it is no table, or has no such key.
  const ConfigValue* find(std::string_view key) const {
    for (size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == key) return &items[i];
    }
    return nullptr;
  }
};

inline constexpr size_t kMostConfigDepth = 64;
inline constexpr size_t kMostConfigValues = 100'000;
/// Larger files hold data, no settings.
inline constexpr uint64_t kMostConfigBytes = 1 << 20;

}  // namespace headwater::scan
