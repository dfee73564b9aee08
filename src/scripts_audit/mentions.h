#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace headwater::scripts_audit {

enum class MentionKind : uint8_t {
  kModule,    // by -m, as package.module:name, or just named
  kPath,      // of a Python file or notebook
  kComputed,  // how a path begins that is put together: `scripts/` of `scripts/*.py`
};

struct Mention {
  MentionKind kind;
  std::string_view text;  // into the text that was read
  uint32_t line;          // 1-based
};

/// What is looked for in a text.
enum class Reading : uint8_t {
  kCommands,  // all
  kEntries,   // settings of tools beside entry points: names with `:name` behind them alone
  kPaths,     // no modules but those that -m asks for
};

/// Calls `visit` for what the words of a text may name. More than there are rather than less:
/// nothing tells a command from a text.
void read_mentions(std::string_view text, Reading reading,
                   const std::function<void(const Mention&)>& visit);

/// Whether a word can mean the file, whose path is relative to the repository: where it is run from
/// is not known, below the repository or above it in a container.
bool can_mean(std::string_view word, std::string_view path);

}  // namespace headwater::scripts_audit
