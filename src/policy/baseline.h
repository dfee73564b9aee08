#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace headwater::policy {

/// One thing that is missing at one place, and known: a line of the baseline. Without line numbers,
/// so that it survives edits; a statement that lacks two names is two of them, so that it survives
/// its formatting, too.
struct BaselineEntry {
  std::string file;      // as of findings
  std::string code;      // HW101, ...
  std::string module;    // as of findings, or empty
  std::string name;      // that the module lacks, or empty
  std::string cause;     // of a cascade that begins outside the repository: Cause::id()
  uint32_t ordinal = 1;  // among equals; it makes lines differ and has no other meaning

  friend auto operator<=>(const BaselineEntry&, const BaselineEntry&) = default;
};

struct Baseline {
  bool deep = false;                   // made with --deep
  std::vector<BaselineEntry> entries;  // sorted, distinct
};

/// Sorts the entries and numbers those that are equal.
void put_in_order(Baseline& baseline);

/// The file:
///
///     file     = "# headwater-baseline/1" [" --deep"] line*
///     line     = comment | entry, in any order, ended as any text file's
///     comment  = nothing, or "#" and anything
///     entry    = FILE CODE MODULE [NAME] ["#" ORDINAL] ["<-" CAUSE], with spaces between
///
/// A word with spaces, quotes, backslashes, control characters or bytes that are not UTF-8 stands
/// in double quotes, with \" and \\ and \xNN inside; "-" is an empty MODULE.
std::string baseline_text(const Baseline& baseline);
std::string line_of(const BaselineEntry& entry);

/// The reverse. The first line that is neither a comment nor an entry is an Error whose path is
/// `file:line`: what a gate lets pass is not guessed.
Result<Baseline> parse_baseline(std::string_view text, const std::string& file);

}  // namespace headwater::policy
