#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace headwater {

/// A statement on the way to an exception.
struct ReportedFrame {
  std::string file;
  uint32_t line = 0;      // 1-based
  std::string statement;  // the text that the report quotes of the line; or empty
  bool operator==(const ReportedFrame&) const = default;
};

/// One thing that another tool says, in its own words: nothing in it has been looked at.
struct ToolEntry {
  enum class About : uint8_t { kImport, kSyntax, kConfiguration, kOther };
  About about = About::kOther;
  std::string rule;    // as the tool calls it: reportMissingImports, E0401; or empty
  std::string file;    // as it was where the tool ran
  uint32_t line = 0;   // 1-based; 0: the whole file
  std::string module;  // dotted, perhaps with dots in front; empty where only a message tells
  std::vector<std::string> symbols;
  std::string message;
  std::vector<ReportedFrame> frames;  // of a traceback, the outermost first
  uint64_t times = 1;                 // that it is said
};

/// Whether they differ in how often they are said at most.
inline bool say_the_same(const ToolEntry& one, const ToolEntry& other) {
  const auto all = [](const ToolEntry& entry) {
    return std::tie(entry.about, entry.rule, entry.file, entry.line, entry.module, entry.symbols,
                    entry.message, entry.frames);
  };
  return all(one) == all(other);
}

/// Entries that are about no import, by what the tool calls them.
using OtherEntries = std::map<std::string, uint64_t>;

/// What one file says.
struct ToolReport {
  std::string name;                // of the file, as it was given
  std::string_view tool;           // of the table of readers
  std::vector<ToolEntry> entries;  // distinct
  OtherEntries others;
  uint64_t unreadable = 0;            // entries
  std::vector<std::string> warnings;  // clauses
  uint64_t content_hash = 0;          // XXH3-64 of the bytes

  uint64_t entry_count() const {
    uint64_t count = 0;
    for (const ToolEntry& entry : entries) count += entry.times;
    return count;
  }
  uint64_t other_count() const {
    uint64_t count = 0;
    for (const auto& [rule, number] : others) count += number;
    return count;
  }
};

}  // namespace headwater
