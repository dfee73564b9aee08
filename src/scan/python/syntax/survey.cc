#include "scan/python/syntax/survey.h"

#include <array>
#include <cstring>
#include <utility>

#include "scan/python/lexer.h"
#include "scan/python/source_text.h"
#include "scan/python/suppressions.h"
#include "scan/python/syntax/checked_string.h"
#include "scan/python/syntax/feature_signs.h"
#include "scan/python/syntax/first_word.h"
#include "scan/python/syntax/keywords.h"

namespace headwater::scan {
namespace parsing {
namespace {

constexpr size_t kMaxBrackets = 200;
/// Below the first bracket: as many as a block may close without having opened them.
constexpr size_t kBottom = 64;
constexpr size_t kMaxIndentations = 100;

/// The bracket that `c` closes: ASCII has the two of a kind side by side, or one apart.
char partner_of(char c) { return static_cast<char>(c - 1 - (c >> 6)); }

/// The clauses that may follow a block: bits.
enum Clauses : uint8_t { kNoClause = 0, kElif = 1, kElse = 2, kExcept = 4, kFinally = 8 };

/// What the first word of a logical line asks of it.
enum class Opening : uint8_t {
  kNone,
  kBlock,        // must end in a colon; statements on the same line are rare enough to be parsed
  kBlockOrLine,  // must have a colon
  kSuspect,
};

class Surveyor {
 public:
  Surveyor(std::string_view text, const ByteIndex& index, Survey& out)
      : text_(text), index_(index), out_(out) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") pos_ = 3;
  }

  /// Whether the text is suspect.
  bool run() {
    while (find_line()) {
      if (!logical_line()) return true;
    }
    if (is_suspect_ || expects_indent_ || expects_case_) return true;
    // Of what is newer than 3.11, nothing goes unseen; and where something is said to be needed,
    // nothing that needs more.
    if (out_.minor == 0 || out_.minor > 11) return false;
    return (out_.minor < 9 && has_sign_of_3_9_) || may_have_new_star(text_);
  }

 private:
  struct Indentation {
    uint32_t column = 0;
    uint32_t alternative = 0;
  };

  char at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  /// Steps to the first token of the next logical line, if there is one and nothing is suspect.
  bool find_line() {
    while (pos_ < text_.size()) {
      const size_t begin = pos_;
      pos_ = spaces_end(text_, begin);
      const auto spaces = static_cast<uint32_t>(pos_ - begin);
      Indentation indentation{spaces, spaces};
      if (at(pos_) == '\t' || at(pos_) == '\f') skip_tabs(indentation);
      if (at(pos_) == '#') skip_comment(pos_);
      if (pos_ >= text_.size()) return false;
      if (const size_t newline = newline_size(text_, pos_); newline != 0) {
        pos_ += newline;
        continue;
      }
      is_suspect_ = text_[pos_] == '\\' || !fits(indentation);
      column_ = indentation.column;
      out_.lines.push_back({static_cast<uint32_t>(begin), column_});
      return !is_suspect_;
    }
    return false;
  }

  void skip_comment(size_t hash) {
    pos_ = index_.next_line_end(hash);
    out_.may_have_pragmas |= may_have_pragmas(text_.substr(hash, pos_ - hash));
  }

  void skip_tabs(Indentation& indentation) {
    for (;; ++pos_) {
      const char c = at(pos_);
      if (c == ' ') {
        ++indentation.column;
        ++indentation.alternative;
      } else if (c == '\t') {
        indentation.column = (indentation.column / 8 + 1) * 8;
        ++indentation.alternative;
      } else if (c == '\f') {
        indentation = {};
      } else {
        return;
      }
    }
  }

  bool fits(const Indentation& indentation) {
    Indentation& top = indentations_[depth_];
    if (expects_indent_) {
      if (indentation.column <= top.column || indentation.alternative <= top.alternative) {
        return false;
      }
      if (++depth_ + 1 >= kMaxIndentations) return false;
      indentations_[depth_] = indentation;
      clauses_[depth_] = kNoClause;
      return true;
    }
    while (depth_ > 0 && indentation.column < indentations_[depth_].column) --depth_;
    return indentation.column == indentations_[depth_].column &&
           indentation.alternative == indentations_[depth_].alternative;
  }

  /// Reads one logical line from its first token. False where it is suspect.
  bool logical_line() {
    const size_t begin = pos_;
    opening_ = opening_of(begin);
    if (opening_ == Opening::kSuspect || !scan_line()) return false;
    size_t last = code_end_;
    while (last > begin && (text_[last - 1] == ' ' || text_[last - 1] == '\t' ||
                            text_[last - 1] == '\f' || text_[last - 1] == '\r')) {
      --last;
    }
    if (text_[begin] == '@') has_sign_of_3_9_ |= !is_plain_decorator(text_, begin, last);
    const std::string_view line = text_.substr(begin, last - begin);
    if (may_not_end(line)) return false;
    expects_indent_ = last > begin && text_[last - 1] == ':';
    if (opening_ == Opening::kNone) return !expects_indent_;
    if (expects_indent_) return true;
    return opening_ == Opening::kBlockOrLine &&
           std::memchr(text_.data() + begin, ':', last - begin) != nullptr;
  }

  /// What ends a run of code that holds nothing but names, numbers, operators and brackets.
  static uint64_t stops_of(const BlockMasks& m) {
    return m.quote | m.hash | m.backslash | m.line_end | m.odd;
  }

  /// From stop to stop up to the line's end outside brackets. False where it is suspect.
  bool scan_line() {
    has_comment_ = false;
    bracket_depth_ = kBottom;
    size_t block = pos_ / 64;
    for (uint64_t live = ~uint64_t{0} << (pos_ % 64); block < index_.block_count();) {
      const BlockMasks& masks = index_.masks(block);
      const uint64_t stops = stops_of(masks) & live;
      const uint64_t before = stops == 0 ? live : live & ((stops & -stops) - 1);
      if (!read_brackets(block, masks.open, (masks.open | masks.close) & before)) return false;
      if (stops == 0) {
        ++block;
        live = ~uint64_t{0};
        continue;
      }
      const size_t stop = block * 64 + static_cast<size_t>(std::countr_zero(stops));
      pos_ = stop + 1;
      switch (step(stop)) {
        case Step::kOn:
          break;
        case Step::kEnd:
          return true;
        case Step::kSuspect:
          return false;
      }
      block = pos_ / 64;
      live = ~uint64_t{0} << (pos_ % 64);
    }
    pos_ = text_.size();
    if (!has_comment_) code_end_ = pos_;
    return bracket_depth_ == kBottom;
  }

  /// Reads the brackets at the bits of `brackets`; false if they do not match, or are too deep.
  /// Without a branch on what each is: which one follows is as good as random.
  bool read_brackets(size_t block, uint64_t open, uint64_t brackets) {
    bool is_matching = true;
    for (; brackets != 0; brackets &= brackets - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(brackets));
      const char c = text_[block * 64 + bit];
      const bool opens = (open >> bit & 1) != 0;
      is_matching &= opens | (brackets_[bracket_depth_ - 1] == partner_of(c));
      brackets_[bracket_depth_] = c;
      bracket_depth_ += opens ? size_t{1} : ~size_t{0};
    }
    return is_matching && bracket_depth_ <= kBottom + kMaxBrackets;
  }

  enum class Step : uint8_t { kOn /* from pos_ */, kEnd, kSuspect };

  /// What the byte at `stop` asks for; pos_ is behind it.
  Step step(size_t stop) {
    const char c = text_[stop];
    if (c == '\n' || c == '\r') {
      if (bracket_depth_ > kBottom) return Step::kOn;
      if (!has_comment_) code_end_ = stop;
      return Step::kEnd;
    }
    switch (c) {
      case '"':
      case '\'':
        pos_ = checked_string_end(text_, index_, stop);
        return pos_ == 0 ? Step::kSuspect : Step::kOn;
      case '#':
        if (bracket_depth_ == kBottom) {
          code_end_ = stop;
          has_comment_ = true;
        }
        skip_comment(stop);
        return Step::kOn;
      case '\\': {
        const size_t newline = newline_size(text_, stop + 1);
        pos_ = stop + 1 + newline;
        return newline == 0 || pos_ >= text_.size() ? Step::kSuspect : Step::kOn;
      }
      default:
        return c == ':' && walrus(stop) ? Step::kOn : Step::kSuspect;
    }
  }

  /// The `:=` at `colon`; false where it may stand for a fault or for more than Python 3.8.
  bool walrus(size_t colon) {
    size_t end = colon;
    while (end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
    size_t begin = end;
    while (begin > 0 && is_identifier_byte(text_[begin - 1])) --begin;
    if (begin == end || (text_[begin] >= '0' && text_[begin] <= '9')) return false;
    if (begin > 0 && text_[begin - 1] == '.') return false;
    const bool may_stand = bracket_depth_ > kBottom ? brackets_[bracket_depth_ - 1] == '('
                                                    : opening_ == Opening::kBlockOrLine;
    if (may_stand) note(SyntaxFeature::kWalrus, 8, begin);
    return may_stand;
  }

  void note(SyntaxFeature feature, uint8_t minor, size_t offset) {
    if (minor <= out_.minor) return;
    out_.feature = feature;
    out_.minor = minor;
    out_.feature_offset = static_cast<uint32_t>(offset);
  }

  std::string_view word_at(size_t i) const {
    return i < text_.size() ? text_.substr(i, index_.identifier_end(i) - i) : std::string_view();
  }
  size_t skip_blanks(size_t i) const {
    while (at(i) == ' ' || at(i) == '\t') ++i;
    return i;
  }
  std::string_view physical_line(size_t i) const {
    return text_.substr(i, index_.next_line_end(i) - i);
  }

  /// What a logical line cannot end in: an operator without its operand, an empty slice.
  static bool may_not_end(std::string_view line) {
    if (line.empty()) return false;
    constexpr std::string_view kOperators = "=+-/%|&^~<>@";
    const char last = line.back();
    return kOperators.find(last) != line.npos || (last == ':' && line.ends_with("::"));
  }
  /// Whether a line that begins with a name, or with none, may go on so: an assignment needs a
  /// value, and between two operands is an operator.
  bool may_begin(size_t begin, size_t after) const {
    if (begin == after) {
      constexpr std::string_view kOfOperands = "([{@*+-~.";
      return kOfOperands.find(text_[begin]) != text_.npos;
    }
    if (at(after) != ' ' && at(after) != '\t') return true;
    const size_t next = skip_blanks(after);
    if (at(next) == '=') {
      return at(next + 1) == '=' || at(skip_blanks(next + 1)) != '=';
    }
    const bool is_operand = is_identifier_byte(at(next)) || at(next) == '"' || at(next) == '\'';
    if (!is_operand || keyword_kind(text_.substr(begin, after - begin)) != TokenKind::kName) {
      return true;
    }
    switch (keyword_kind(word_at(next))) {
      case TokenKind::kAnd:
      case TokenKind::kIf:
      case TokenKind::kIn:
      case TokenKind::kIs:
      case TokenKind::kNot:
      case TokenKind::kOr:
        return true;
      default:
        return false;
    }
  }

  Opening opening_of(size_t begin) {
    const char first = text_[begin];
    const auto clauses = static_cast<Clauses>(std::exchange(clauses_[depth_], kNoClause));
    if (first == '"' || first == '\'') {  // a docstring leaves it early
      return expects_case_ ? Opening::kSuspect : Opening::kNone;
    }
    const bool was_early = std::exchange(is_early_, false);
    const std::string_view word = word_at(begin);
    const size_t after = begin + word.size();
    if (expects_case_ && word != "case") return Opening::kSuspect;
    if (word.size() == 1 && (at(after) == '"' || at(after) == '\'')) is_early_ = was_early;
    switch (const FirstWord kind = first_word(text_, begin, word.size())) {
      case FirstWord::kName:
        return suspect_if(!may_begin(begin, after));
      case FirstWord::kImport:  // the scanner tells whether it is whole
        return Opening::kNone;
      case FirstWord::kTry:
        return block(Opening::kBlock, kExcept | kFinally);
      case FirstWord::kIf:
        return block(Opening::kBlockOrLine, kElif | kElse);
      case FirstWord::kLoop:
        return block(Opening::kBlockOrLine, kElse);
      case FirstWord::kElif:
        return clause(clauses, kElif, Opening::kBlockOrLine, kElif | kElse);
      case FirstWord::kElse:
        return clause(clauses, kElse, Opening::kBlock, clauses & kFinally);
      case FirstWord::kFinally:
        return clause(clauses, kFinally, Opening::kBlock, kNoClause);
      case FirstWord::kExcept:
        return clause(clauses, kExcept, handler(skip_blanks(after)), kExcept | kElse | kFinally);
      case FirstWord::kInFunction:
        return suspect_if(column_ == 0);
      default:
        return special_opening(kind, begin, after, was_early);
    }
  }

  /// `next`: the clauses that may follow it.
  Opening block(Opening opening, int next) {
    clauses_[depth_] = static_cast<uint8_t>(next);
    return opening;
  }
  Opening clause(Clauses allowed, Clauses own, Opening opening, int next) {
    return (allowed & own) == 0 ? Opening::kSuspect : block(opening, next);
  }

  static Opening suspect_if(bool suspect) { return suspect ? Opening::kSuspect : Opening::kNone; }

  Opening special_opening(FirstWord kind, size_t begin, size_t after, bool was_early) {
    switch (kind) {
      case FirstWord::kAsync:
        return async(skip_blanks(after));
      case FirstWord::kDefinition:
        return definition(after);
      case FirstWord::kCase:
        return case_(begin);
      case FirstWord::kStatement:
        return suspect_if(begins_operand(after));
      case FirstWord::kFrom:
        if (word_at(skip_blanks(after)) != "__future__") return Opening::kNone;
        is_early_ = was_early;
        return suspect_if(!was_early || column_ != 0);
      case FirstWord::kLazy: {
        const std::string_view next = word_at(skip_blanks(after));
        return suspect_if(next == "import" || next == "from");
      }
      case FirstWord::kMatch:
        return match(begin, at(skip_blanks(after)));
      case FirstWord::kRaise:
        return suspect_if(has_bare_comma(after));
      case FirstWord::kWith:
        return with(after);
      default:
        return type_statement(begin, skip_blanks(after));
    }
  }

  Opening async(size_t next) {
    if (word_at(next) == "with") return with(next + 4);
    if (word_at(next) == "def") return definition(next + 3);
    return block(Opening::kBlockOrLine, kElse);
  }

  Opening with(size_t after) {
    has_sign_of_3_9_ |= at(skip_blanks(after)) == '(';
    return Opening::kBlockOrLine;
  }

  Opening handler(size_t what) const {
    return at(what) == '*' || has_bare_comma(what) ? Opening::kSuspect : Opening::kBlockOrLine;
  }

  /// In the rest of the physical line, comments aside.
  bool has_bare_comma(size_t i) const {
    std::string_view line = physical_line(i);
    line = line.substr(0, line.find('#'));
    return line.find(',') != line.npos && line.find('(') == line.npos;
  }

  /// `match` is a name as well: a statement must end in a colon and hold a `case`.
  Opening match(size_t begin, char next) {
    const bool is_name = next == '=' || next == '.' || next == ',' || next == ':' ||
                         physical_line(begin).find(':') == text_.npos;
    if (is_name) return Opening::kNone;
    note(SyntaxFeature::kMatch, 10, begin);
    expects_case_ = true;
    return Opening::kBlock;
  }

  Opening case_(size_t begin) {
    if (!expects_case_ && physical_line(begin).find(':') == text_.npos) return Opening::kNone;
    expects_case_ = false;
    return out_.minor >= 10 ? Opening::kBlockOrLine : Opening::kSuspect;
  }

  bool begins_operand(size_t after) const {
    const char c = at(skip_blanks(after));
    return is_identifier_byte(c) || c == '"' || c == '\'' || c == '%';
  }

  /// `def name[` and `class name[` have type parameters. `i` is behind the keyword.
  Opening definition(size_t i) {
    const size_t name = skip_blanks(i);
    const size_t after = skip_blanks(name + word_at(name).size());
    if (at(after) != '[') return Opening::kBlockOrLine;
    if (type_parameters_end(text_, after) == 0) return Opening::kSuspect;
    note(SyntaxFeature::kTypeParameters, 12, after);
    return Opening::kBlockOrLine;
  }

  /// `type name = ...` and `type name[...] = ...`; elsewhere `type` is a name.
  Opening type_statement(size_t begin, size_t name) {
    const std::string_view word = word_at(name);
    if (word.empty() || word == "in" || word == "is" || word == "and" || word == "or" ||
        word == "not" || word == "if") {
      return Opening::kNone;
    }
    size_t after = skip_blanks(name + word.size());
    if (at(after) == '[') {
      const size_t end = type_parameters_end(text_, after);
      if (end == 0) return Opening::kSuspect;
      after = skip_blanks(end);
    }
    if (at(after) != '=' || at(after + 1) == '=') return Opening::kSuspect;
    note(SyntaxFeature::kTypeStatement, 12, begin);
    return Opening::kNone;
  }

  std::string_view text_;
  const ByteIndex& index_;
  Survey& out_;
  size_t pos_ = 0;
  // That are open: [kBottom, bracket_depth_). Above the most, room for those of one block.
  std::array<char, kBottom + kMaxBrackets + 64> brackets_{};
  size_t bracket_depth_ = kBottom;
  std::array<Indentation, kMaxIndentations> indentations_{};
  std::array<uint8_t, kMaxIndentations> clauses_{};  // that may follow there
  size_t depth_ = 0;
  // Of the logical line that is read.
  uint32_t column_ = 0;
  Opening opening_ = Opening::kNone;
  size_t code_end_ = 0;
  bool has_comment_ = false;
  bool expects_indent_ = false;
  bool is_suspect_ = false;
  bool is_early_ = true;          // only the docstring and __future__ imports so far
  bool has_sign_of_3_9_ = false;  // a decorator of any form, `with (a as b):`
  bool expects_case_ = false;     // the line before was that of a `match`
};

}  // namespace
}  // namespace parsing

void survey_text(std::string_view text, const ByteIndex& index, Survey& out) {
  out.lines.clear();
  out.may_have_pragmas = false;
  out.feature = SyntaxFeature::kNone;
  out.minor = 0;
  out.is_suspect = parsing::Surveyor(text, index, out).run();
}

}  // namespace headwater::scan
