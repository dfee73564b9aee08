#include "scan/python/scanner.h"

#include "scan/python/guard_parser.h"
#include "scan/python/import_parser.h"
#include "scan/python/lexer.h"
#include "scan/python/source_text.h"
#include "scan/python/token_view.h"

namespace headwater::scan {
namespace {

/// The compound statement last seen in a block, while further clauses of it may follow.
struct Chain {
  Guards else_guards = 0;  // of the clauses after an `if`, `elif`, `for` or `while`
  bool is_try = false;
  bool caught = false;        // a handler catches ImportError
  bool body_is_open = false;  // a try body: no clause has followed yet
  size_t body_begin = 0;      // a try body's imports, [begin, end) of FileFacts::imports
  size_t body_end = 0;
};

struct Block {
  uint32_t indentation = 0;
  Scope scope = Scope::kModule;
  Guards guards = 0;
  uint32_t function_depth = 0;
  bool is_match = false;
  Chain chain;
};

/// Follows the block structure of one file, line by line.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), lines_(text), lexer_(text), blocks_(1) {}

  FileFacts run() {
    std::vector<Token> tokens;
    uint32_t indentation = 0;
    while (lexer_.next_line(tokens, indentation)) {
      enter_line(indentation);
      const TokenView line(text_, tokens);
      if (!compound_statement(line)) simple_statements(line);
    }
    return std::move(facts_);
  }

 private:
  void enter_line(uint32_t indentation) {
    if (body_follows_) {
      body_follows_ = false;
      blocks_.back().indentation = indentation;
      return;
    }
    while (blocks_.size() > 1 && indentation < blocks_.back().indentation) blocks_.pop_back();
  }

  bool compound_statement(TokenView line) {
    const size_t first = line.is(0, "async") ? 1 : 0;
    if (!line.is_name(first)) return false;
    const size_t colon = line.find_outside(':');
    if (colon == line.size() || colon <= first) return false;
    Block inner = blocks_.back();
    inner.chain = {};
    inner.is_match = false;
    if (!clause(line.word_at(first), line.range(first + 1, colon), colon + 1 == line.size(),
                inner)) {
      return false;
    }
    blocks_.push_back(inner);
    if (colon + 1 == line.size()) {
      body_follows_ = true;
    } else {
      simple_statements(line.from(colon + 1));
      blocks_.pop_back();
    }
    return true;
  }

  /// Starts a clause of a compound statement: sets what its body, `inner`, is under. False if it is
  /// none.
  bool clause(std::string_view word, TokenView head, bool body_is_below, Block& inner) {
    Block& outer = blocks_.back();
    Chain& chain = outer.chain;
    if (word == "def") {
      chain = {};
      inner.scope = Scope::kFunction;
      inner.guards &= static_cast<Guards>(~kGuardsOfDynamicExtent);
      ++inner.function_depth;
    } else if (word == "class") {
      chain = {};
      if (inner.scope == Scope::kModule) inner.scope = Scope::kClass;
    } else if (word == "if" || word == "elif") {
      const Guards base = word == "if" ? outer.guards : chain.else_guards;
      const BranchGuards added = branch_guards(head);
      chain = {};
      chain.else_guards = base | added.orelse;
      inner.guards = base | added.body;
    } else if (word == "for" || word == "while") {
      inner.guards |= kGuardConditional;
      chain = {};
      chain.else_guards = inner.guards;
    } else if (word == "with") {
      chain = {};
      if (suppresses_import_error(head)) inner.guards |= kGuardSuppress;
    } else if (word == "match" && body_is_below && !head.empty()) {
      chain = {};
      inner.is_match = true;
    } else if (word == "case" && outer.is_match) {
      chain = {};
      inner.guards |= kGuardConditional;
    } else {
      return clause_of_try(word, head, outer, inner);
    }
    return true;
  }

  bool clause_of_try(std::string_view word, TokenView head, Block& outer, Block& inner) {
    Chain& chain = outer.chain;
    if (word == "try" && head.empty()) {
      chain = {};
      chain.is_try = chain.body_is_open = true;
      chain.body_begin = facts_.imports.size();
    } else if (word == "except") {
      close_try_body(chain);
      const bool catching = catches_import_error(head);
      if (catching && !chain.caught) guard_try_body(outer);
      chain.caught |= catching;
      inner.guards |= catching ? kGuardExcept : kGuardConditional;
    } else if (word == "else" && head.empty()) {
      if (!chain.is_try) {
        inner.guards = chain.else_guards;
      } else if (chain.caught) {
        inner.guards |= kGuardElse;
      }
    } else if (word == "finally" && head.empty()) {
      if (chain.caught) inner.guards |= kGuardFinally;
    } else {
      return false;
    }
    return true;
  }

  void close_try_body(Chain& chain) {
    if (chain.body_is_open) chain.body_end = facts_.imports.size();
    chain.body_is_open = false;
  }

  /// Handlers stand after the body that they protect, so its imports learn of the guard here. Those
  /// in a function defined in the body are not protected when it is called later.
  void guard_try_body(const Block& outer) {
    for (size_t i = outer.chain.body_begin; i < outer.chain.body_end; ++i) {
      if (function_depths_[i] == outer.function_depth)
        facts_.imports[i].guards |= kGuardTryImportError;
    }
  }

  void simple_statements(TokenView line) {
    line.split(';', [this](TokenView statement) {
      if (!is_import_statement(statement)) return;
      const Block& block = blocks_.back();
      Import where{};
      where.offset = statement[0].begin;
      where.end = statement[statement.size() - 1].end;
      where.line = lines_.line(where.offset);
      where.column = lines_.column(where.offset);
      where.scope = block.scope;
      where.guards = block.guards;
      parse_import_statement(statement, where, facts_);
      function_depths_.resize(facts_.imports.size(), block.function_depth);
    });
  }

  std::string_view text_;
  LineTable lines_;
  Lexer lexer_;
  FileFacts facts_;
  std::vector<uint32_t> function_depths_;  // beside facts_.imports
  std::vector<Block> blocks_;
  bool body_follows_ = false;  // the last header's body starts on the next line
};

}  // namespace

FileFacts scan_python(std::string_view text) { return Scanner(text).run(); }

}  // namespace headwater::scan
