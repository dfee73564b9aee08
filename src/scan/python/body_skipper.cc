// The part of the lexer that steps over function bodies. Most of a tree's text is there, and it
// matters only where it imports: so one pass over the masks looks for that, and bodies that do are
// read again token by token. Each byte is read at most twice.

#include <algorithm>

#include "scan/python/lexer.h"
#include "scan/python/source_text.h"

namespace headwater::scan {

/// Whether a word at `at`, where `imp` or `glo` begins, makes a body worth reading.
bool Lexer::is_keyword_of_interest(size_t at) const {
  const std::string_view rest = text_.substr(at, 13);
  const bool begins = at == 0 || !is_identifier_byte(text_[at - 1]);
  const auto is_word = [&](std::string_view word) {
    return rest.substr(0, word.size()) == word &&
           (at + word.size() >= text_.size() || !is_identifier_byte(text_[at + word.size()]));
  };
  if (begins) return is_word("import") || is_word("global") || is_word("import_module");
  return at >= 2 && text_.substr(at - 2, 10) == "__import__";
}

/// Whether the line that begins at `line` holds code that is not indented deeper.
bool Lexer::leaves_body(size_t line, uint32_t indentation) {
  size_t i = line;
  while (i < text_.size() && text_[i] == ' ') {
    if (++i - line > indentation) return false;
  }
  if (i >= text_.size()) return false;
  const char c = text_[i];
  if (c == '\n' || c == '\r' || c == '#') return false;
  if (c != '\t' && c != '\f' && c != '\\') return true;
  const size_t saved = pos_;
  size_t column = 0;
  pos_ = line;
  const bool has_code = skip_blank(column);
  pos_ = saved;
  return has_code && column <= indentation;
}

void Lexer::skip_string() {
  const char quote = text_[pos_];
  const char before = pos_ > 0 ? text_[pos_ - 1] : '\0';
  if (is_identifier_byte(before)) {
    size_t word = pos_;
    while (word > 0 && pos_ - word < 3 && is_identifier_byte(text_[word - 1])) --word;
    const std::string_view prefix = text_.substr(word, pos_ - word);
    skipped_.clear();
    lex_string(skipped_, pos_, is_string_prefix(prefix) ? prefix : std::string_view());
    return;
  }
  const bool triple = at(pos_ + 1) == quote && at(pos_ + 2) == quote;
  pos_ += triple ? 3 : 1;
  skip_plain_string(quote, triple);
  if (closes(quote, triple)) pos_ += triple ? 3 : 1;
  pos_ = std::min(pos_, text_.size());
}

/// Steps over one event of a line that began outside brackets: a string, a comment, the line's end.
Lexer::Skipped Lexer::skip_to_line_end(size_t from, int64_t& depth) {
  pos_ = index_.next(from, [](const BlockMasks& m) {
    return m.quote | m.hash | m.backslash | m.line_end | m.keyword;
  });
  depth += index_.bracket_balance(from, pos_);
  if (pos_ >= text_.size()) return Skipped::kLine;
  switch (text_[pos_]) {
    case '"':
    case '\'': {
      skip_string();
      return Skipped::kNothing;
    }
    case '#':
      pos_ = index_.next_line_end(pos_);
      return Skipped::kNothing;
    case '\\':
      pos_ += 1 + newline_size(text_, pos_ + 1);
      return Skipped::kNothing;
    case '\n':
    case '\r':
      ++pos_;
      if (depth < 0) depth = 0;
      return depth == 0 ? Skipped::kLine : Skipped::kNothing;
    default:
      return is_keyword_of_interest(pos_++) ? Skipped::kRelevant : Skipped::kNothing;
  }
}

/// Whether a word of interest begins between pos_ and `end`, be it in a comment.
bool Lexer::has_word_of_interest(size_t end) {
  if (next_keyword_ < pos_) next_keyword_ = index_.next_keyword(pos_);
  for (; next_keyword_ < end; next_keyword_ = index_.next_keyword(next_keyword_ + 1)) {
    if (is_keyword_of_interest(next_keyword_)) return true;
  }
  return false;
}

/// Steps over the body by the table of lines, in which no byte of it is read. False where there is
/// no table, and where the body has a word of interest.
bool Lexer::skip_known_lines(uint32_t indentation) {
  if (lines_.empty()) return false;
  while (line_ < lines_.size() && lines_[line_].begin < pos_) ++line_;
  size_t after = line_;
  while (after < lines_.size() && lines_[after].indentation > indentation) ++after;
  const size_t end = after < lines_.size() ? lines_[after].begin : text_.size();
  if (has_word_of_interest(end)) return false;
  line_ = after;
  pos_ = end;
  return true;
}

bool Lexer::skip_body(uint32_t indentation) {
  if (skip_known_lines(indentation)) return true;
  const size_t begin = pos_;
  int64_t depth = 0;
  Skipped skipped = Skipped::kLine;
  while (pos_ < text_.size()) {
    if (skipped == Skipped::kLine && leaves_body(pos_, indentation)) return true;
    skipped = skip_to_line_end(pos_, depth);
    if (skipped == Skipped::kRelevant) {
      pos_ = begin;
      return false;
    }
  }
  return true;
}

/// Whether the line whose first token is next is not wanted; then it is stepped over.
bool Lexer::leave_out(Wanted wanted) {
  if (opens_block()) return false;
  if (lines_.empty()) return wanted == Wanted::kOfFunction && skip_line();
  while (line_ < lines_.size() && lines_[line_].begin <= pos_) ++line_;
  const size_t end = line_ < lines_.size() ? lines_[line_].begin : text_.size();
  if (has_word_of_interest(end)) return false;
  const bool begins_with_text = text_[pos_] == '"' || text_[pos_] == '\'';  // mostly a docstring
  if (wanted == Wanted::kOfClass &&
      (may_mark(pos_, end) || (!begins_with_text && may_read_attribute(pos_, end)))) {
    return false;
  }
  pos_ = end;
  return true;
}

/// Whether code in [begin, end) may be one of DynamicMarkers. Cheap, and right where it says no.
bool Lexer::may_mark(size_t begin, size_t end) const {
  if (index_.any(begin, end, [](const BlockMasks& m) { return m.hint; })) return true;
  const auto open = [](const BlockMasks& m) { return m.open; };
  for (size_t at = index_.next(begin, open); at < end; at = index_.next(at + 1, open)) {
    if (text_[at] == '(' && may_call_marker(at)) return true;
  }
  return false;
}

bool Lexer::may_call_marker(size_t open) const {
  constexpr std::string_view kMarkers[] = {"globals", "vars", "locals",        "setattr",
                                           "exec",    "eval", "import_module", "importorskip"};
  size_t end = open;
  while (end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
  if (end == 0 || text_[end - 1] == '\f' || newline_size(text_, end - 1) != 0) return true;
  const std::string_view before = text_.substr(0, end);
  return std::ranges::any_of(kMarkers,
                             [&](std::string_view word) { return before.ends_with(word); });
}

/// Steps over the logical line whose first token is next; not if it is relevant.
bool Lexer::skip_line() {
  const size_t begin = pos_;
  int64_t depth = 0;
  Skipped skipped = Skipped::kNothing;
  while (pos_ < text_.size() && skipped == Skipped::kNothing)
    skipped = skip_to_line_end(pos_, depth);
  if (skipped == Skipped::kRelevant) pos_ = begin;
  return skipped != Skipped::kRelevant;
}

bool Lexer::opens_block() const {
  return may_open_block(text_.substr(pos_, index_.identifier_end(pos_) - pos_));
}

}  // namespace headwater::scan
