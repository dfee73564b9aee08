#include "scan/python/suppressions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "scan/python/logical_lines.h"

namespace headwater::scan {
namespace {

constexpr std::string_view kMark = "headwater:";

std::string_view without_blanks(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\f");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

struct Pragma {
  std::string codes;  // "HW101,HW2"; empty: all
  bool whole_file = false;
};

/// What a comment says, other remarks before and after it allowed; nothing if it says no such.
std::optional<Pragma> pragma_of(std::string_view comment) {
  const size_t mark = comment.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  const size_t before = comment.find_last_not_of(" \t", mark - 1);
  if (mark == 0 || before == std::string_view::npos || comment[before] != '#') return std::nullopt;
  std::string_view rest = without_blanks(comment.substr(mark + kMark.size()));
  Pragma pragma;
  if (!rest.starts_with("ignore")) return std::nullopt;
  rest.remove_prefix(6);
  if (rest.starts_with("-file")) {
    pragma.whole_file = true;
    rest.remove_prefix(5);
  }
  if (!rest.empty() && rest[0] != '[' && rest[0] != ' ' && rest[0] != '\t') return std::nullopt;
  rest = without_blanks(rest);
  if (rest.empty() || rest[0] != '[') return pragma;
  const size_t end = rest.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  for (const char c : rest.substr(1, end - 1)) {
    if (c != ' ' && c != '\t') pragma.codes += c;
  }
  return pragma;
}

/// The line of the statement whose first or last line has the comment; 0 if no import has.
uint32_t statement_line(const FactsBuilder& facts, const LineTable& lines, uint32_t line) {
  const auto after = std::ranges::upper_bound(facts.imports, line, {}, &Import::line);
  if (after == facts.imports.begin()) return 0;
  const Import& import = *std::prev(after);
  return import.line == line || lines.line(import.end) == line ? import.line : 0;
}

}  // namespace

// A search for the mark itself would stop at each of its first letters, in every file.
bool may_have_pragmas(std::string_view text) {
  for (size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    const size_t next = text.find_first_not_of(" \t", at + 1);
    if (next != std::string_view::npos && text.substr(next).starts_with(kMark)) return true;
  }
  return false;
}

void find_suppressions(std::string_view text, const ByteIndex& index, FactsBuilder& facts) {
  if (!may_have_pragmas(text)) return;
  std::vector<Comment> comments;
  for (size_t begin = 0; begin < text.size();) begin = logical_line_end(text, begin, &comments);
  const LineTable lines(text, index);
  for (const Comment& comment : comments) {
    const auto pragma = pragma_of(text.substr(comment.begin, comment.end - comment.begin));
    if (!pragma) continue;
    const uint32_t line = lines.line(comment.begin);
    const uint32_t statement = pragma->whole_file ? 0 : statement_line(facts, lines, line);
    facts.suppressions.push_back({line, statement == 0 ? line : statement,
                                  facts.names.intern(pragma->codes),
                                  static_cast<uint32_t>(pragma->whole_file)});
  }
}

}  // namespace headwater::scan
