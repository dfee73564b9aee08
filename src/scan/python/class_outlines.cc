#include "scan/python/class_outlines.h"

#include <algorithm>
#include <utility>

#include "base/sort_distinct.h"
#include "scan/python/byte_classes.h"
#include "scan/python/lexer.h"
#include "scan/python/token_view.h"

namespace headwater::scan {
namespace {

constexpr size_t kNoClass = SIZE_MAX;

class OutlineReader {
 public:
  explicit OutlineReader(std::string_view text) : text_(text) {
    index_.build(text, best_byte_classes());
  }

  std::vector<ClassOutline> run() {
    Lexer lexer(text_, index_);
    std::vector<Token> tokens;
    uint32_t indentation = 0;
    while (lexer.next_line(tokens, indentation)) {
      while (!blocks_.empty() && indentation <= blocks_.back().indentation) blocks_.pop_back();
      const TokenView line(text_, tokens);
      const bool is_decorated = std::exchange(is_decorated_, line.is_op(0, '@'));
      if (blocks_.empty() || blocks_.back().is_read) read(line, indentation, is_decorated);
      if (opens_function_) lexer.skip_body(indentation);
      opens_function_ = false;
    }
    for (ClassOutline& one : found_) {
      sort_distinct(one.members);
      sort_distinct(one.makers);
    }
    std::ranges::stable_sort(found_, {}, &ClassOutline::name);
    return std::move(found_);
  }

 private:
  /// A class, or a compound statement in one or at module level; what a function holds is not read.
  struct Block {
    uint32_t indentation;
    size_t of_class;  // into found_
    bool is_read;
  };

  void read(TokenView line, uint32_t indentation, bool is_decorated) {
    const size_t of_class = blocks_.empty() ? kNoClass : blocks_.back().of_class;
    const size_t first = line.is(0, "async") ? 1 : 0;
    if (line.is(first, "def")) {
      if (line.is_name(first + 1)) add(of_class, line.word_at(first + 1));
      blocks_.push_back({indentation, of_class, false});
      opens_function_ = line.is_op(line.size() - 1, ':');
      return;
    }
    if (line.is(0, "class") && line.is_name(1)) {
      read_class(line, of_class, is_decorated);
      blocks_.push_back({indentation, found_.size() - 1, true});
      const size_t colon = line.find_outside(':', 2);
      if (colon < line.size()) read_names(line.from(colon + 1), found_.size() - 1);
      return;
    }
    const bool is_block = line.is_name(first) && may_open_block(line.word_at(first));
    if (is_block) blocks_.push_back({indentation, of_class, true});
    read_names(line, of_class);
  }

  void read_class(TokenView line, size_t outer, bool is_decorated) {
    const std::string name(line.word_at(1));
    add(outer, name);
    ClassOutline made;
    made.name = outer == kNoClass ? name : found_[outer].name + '.' + name;
    made.is_open = is_decorated;
    size_t open = 2;
    if (line.is_op(open, '[')) open = line.matching(open) + 1;  // type parameters
    if (line.is_op(open, '(')) {
      const size_t close = line.matching(open);
      line.range(open + 1, std::min(close, line.size())).split(',', [&](TokenView argument) {
        const bool is_keyword = argument.is_name(0) && argument.is_op(1, '=');
        made.is_open |= is_keyword;
        if (!is_keyword) made.bases.push_back(dotted(argument));
      });
    }
    found_.push_back(std::move(made));
  }

  /// `a.b` and `a.b[T]`; empty for anything else.
  static std::string dotted(TokenView expression) {
    std::string name;
    size_t i = 0;
    for (; expression.is_name(i); i += 2) {
      name += expression.word_at(i);
      if (!expression.is_op(i + 1, '.')) break;
      name += '.';
    }
    const bool ends = i + 1 == expression.size() || expression.is_op(i + 1, '[');
    return ends ? name : std::string();
  }

  /// `a.B` of `a.B(...)`; empty for anything else.
  static std::string dotted_before(TokenView call) {
    size_t open = 0;
    while (open < call.size() && !call.is_op(open, '(')) ++open;
    return open < call.size() ? dotted(call.range(0, open)) : std::string();
  }

  /// Whatever the statement may bind: the names in front of its last `=`, and those of an import or
  /// a header.
  void read_names(TokenView statement, size_t of_class) {
    if (of_class == kNoClass || statement.empty()) return;
    const bool is_header = statement.is_name(0) && may_open_block(statement.word_at(0));
    size_t end =
        is_header || statement.is(0, "import") || statement.is(0, "from") ? statement.size() : 0;
    for (size_t i = 0; i < statement.size(); ++i) {
      if (statement.is(i, "locals") || statement.is(i, "vars") || statement.is(i, "exec")) {
        found_[of_class].is_open = true;
      }
    }
    for (size_t at = statement.find_outside('='); at < statement.size();
         at = statement.find_outside('=', at + 1)) {
      end = std::max(end, at);
      const TokenView value = statement.from(at + 1);
      std::string maker = dotted_before(value);
      if (!maker.empty()) found_[of_class].makers.push_back(std::move(maker));
    }
    for (size_t i = 0; i < end; ++i) {
      if (statement.is_name(i)) add(of_class, statement.word_at(i));
    }
  }

  void add(size_t of_class, std::string_view name) {
    if (of_class != kNoClass) found_[of_class].members.emplace_back(name);
  }

  std::string_view text_;
  ByteIndex index_;
  std::vector<Block> blocks_;
  std::vector<ClassOutline> found_;
  bool is_decorated_ = false;
  bool opens_function_ = false;
};

}  // namespace

std::vector<ClassOutline> class_outlines(std::string_view text) {
  return OutlineReader(text).run();
}

}  // namespace headwater::scan
