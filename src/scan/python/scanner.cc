#include "scan/python/scanner.h"

#include <span>
#include <string>

#include "scan/python/lexer.h"
#include "scan/python/source_text.h"

namespace headwater::scan {
namespace {

using Tokens = std::span<const Token>;

/// The compound statement last seen in a block, while its further clauses may follow.
struct Chain {
  enum class Kind : uint8_t { kNone, kIf, kTry, kLoop };
  Kind kind = Kind::kNone;
  Guards else_guards = 0;    // kIf, kLoop: of the clauses that follow
  bool caught = false;       // kTry: a handler catches ImportError
  size_t body_begin = 0;     // kTry: the imports of the body, guarded once a handler is seen
  size_t body_end = 0;
};

struct Block {
  uint32_t indentation;
  Scope scope;
  Guards guards;
  uint32_t function_depth;
  bool is_match;
  Chain chain;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), lines_(text), lexer_(text) {
    blocks_.push_back({0, Scope::kModule, 0, 0, false, {}});
  }

  FileFacts run() {
    std::vector<Token> tokens;
    uint32_t indentation = 0;
    while (lexer_.next_line(tokens, indentation)) {
      enter_line(indentation);
      logical_line(tokens);
    }
    return std::move(facts_);
  }

 private:
  bool is(const Token& token, std::string_view word) const {
    return token.kind == TokenKind::kName && text(token) == word;
  }
  static bool is_op(const Token& token, char op) {
    return token.kind == TokenKind::kOperator && token.op == op;
  }
  std::string_view text(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }

  void enter_line(uint32_t indentation) {
    if (pending_) {
      pending_ = false;
      blocks_.back().indentation = indentation;
      return;
    }
    while (blocks_.size() > 1 && indentation < blocks_.back().indentation) blocks_.pop_back();
  }

  void logical_line(Tokens tokens) {
    if (tokens.empty()) return;
    size_t first = 0;
    if (is(tokens[0], "async") && tokens.size() > 1) first = 1;
    if (!header(tokens, first)) simple_statements(tokens);
  }

  /// The index of the colon that ends a compound statement's header, or size if there is none.
  size_t header_end(Tokens tokens) const {
    size_t depth = 0;
    size_t lambdas = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
      const Token& token = tokens[i];
      if (is_op(token, '(') || is_op(token, '[') || is_op(token, '{')) ++depth;
      if ((is_op(token, ')') || is_op(token, ']') || is_op(token, '}')) && depth > 0) --depth;
      if (depth != 0) continue;
      if (is(token, "lambda")) ++lambdas;
      if (!is_op(token, ':')) continue;
      if (lambdas == 0) return i;
      --lambdas;
    }
    return tokens.size();
  }

  bool header(Tokens tokens, size_t first) {
    const Token& keyword = tokens[first];
    if (keyword.kind != TokenKind::kName) return false;
    const std::string_view word = text(keyword);
    Block& outer = blocks_.back();
    Block inner = outer;
    inner.chain = {};
    inner.is_match = false;
    const size_t colon = header_end(tokens);
    if (colon == tokens.size()) return false;
    const Tokens test = tokens.subspan(first + 1, colon > first ? colon - first - 1 : 0);
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
      const auto [body, orelse] = branch_guards(test);
      chain = {Chain::Kind::kIf, static_cast<Guards>(base | orelse), false, 0, 0};
      inner.guards = base | body;
    } else if (word == "for" || word == "while") {
      inner.guards |= kGuardConditional;
      chain = {Chain::Kind::kLoop, inner.guards, false, 0, 0};
    } else if (word == "try" && test.empty()) {
      chain = {};
      chain.kind = Chain::Kind::kTry;
      chain.body_begin = chain.body_end = facts_.imports.size();
    } else if (word == "except") {
      const bool catching = catches(test);
      close_try_body();
      if (catching) guard_try_body(outer);
      chain.caught |= catching;
      inner.guards |= catching ? kGuardExcept : kGuardConditional;
    } else if (word == "else" && test.empty()) {
      close_try_body();
      if (chain.kind == Chain::Kind::kTry) {
        if (chain.caught) inner.guards |= kGuardElse;
      } else {
        inner.guards = chain.else_guards;
      }
    } else if (word == "finally" && test.empty()) {
      close_try_body();
      if (chain.caught) inner.guards |= kGuardFinally;
    } else if (word == "with") {
      chain = {};
      if (suppresses(test)) inner.guards |= kGuardSuppress;
    } else if (word == "match" && colon + 1 == tokens.size() && !test.empty()) {
      chain = {};
      inner.is_match = true;
    } else if (word == "case" && outer.is_match) {
      chain = {};
      inner.guards |= kGuardConditional;
    } else {
      return false;
    }
    body(inner, tokens, colon);
    return true;
  }

  void body(const Block& inner, Tokens tokens, size_t colon) {
    blocks_.push_back(inner);
    if (colon + 1 < tokens.size()) {
      simple_statements(tokens.subspan(colon + 1));
      blocks_.pop_back();
    } else {
      pending_ = true;
    }
  }

  void close_try_body() {
    Chain& chain = blocks_.back().chain;
    if (chain.kind == Chain::Kind::kTry && chain.body_end == chain.body_begin) {
      chain.body_end = facts_.imports.size();
      if (chain.body_end == chain.body_begin) chain.body_begin = chain.body_end = SIZE_MAX;
    }
  }

  void guard_try_body(const Block& outer) {
    const Chain& chain = outer.chain;
    if (chain.kind != Chain::Kind::kTry || chain.body_end == SIZE_MAX) return;
    for (size_t i = chain.body_begin; i < chain.body_end; ++i) {
      if (function_depths_[i] == outer.function_depth) {
        facts_.imports[i].guards |= kGuardTryImportError;
      }
    }
  }

  struct BranchGuards {
    Guards body;
    Guards orelse;
  };

  BranchGuards branch_guards(Tokens test) const {
    test = unwrap(test);
    if (!test.empty() && is(test[0], "not") && is_type_checking(unwrap(test.subspan(1)))) {
      return {0, kGuardTypeChecking};
    }
    if (is_type_checking(test)) return {kGuardTypeChecking, 0};
    return {kGuardConditional, kGuardConditional};
  }

  static size_t matching(Tokens tokens, size_t open) {
    size_t depth = 0;
    for (size_t i = open; i < tokens.size(); ++i) {
      if (is_op(tokens[i], '(') || is_op(tokens[i], '[') || is_op(tokens[i], '{')) ++depth;
      if ((is_op(tokens[i], ')') || is_op(tokens[i], ']') || is_op(tokens[i], '}')) && --depth == 0) {
        return i;
      }
    }
    return tokens.size();
  }

  static Tokens unwrap(Tokens tokens) {
    while (tokens.size() >= 3 && is_op(tokens[0], '(') && matching(tokens, 0) == tokens.size() - 1) {
      tokens = tokens.subspan(1, tokens.size() - 2);
    }
    return tokens;
  }

  /// `TYPE_CHECKING`, or a primary that ends in `.TYPE_CHECKING`.
  bool is_type_checking(Tokens test) const {
    if (test.empty() || !is(test.back(), "TYPE_CHECKING")) return false;
    if (test.size() == 1) return true;
    if (test[0].kind == TokenKind::kOperator && !is_op(test[0], '(')) return false;
    size_t i = is_op(test[0], '(') ? matching(test, 0) + 1 : 1;
    if (is(test[0], "not") || is(test[0], "await") || is(test[0], "lambda")) return false;
    while (i < test.size()) {
      if (is_op(test[i], '(') || is_op(test[i], '[')) {
        i = matching(test, i) + 1;
      } else if (is_op(test[i], '.') && i + 1 < test.size() && test[i + 1].kind == TokenKind::kName) {
        i += 2;
      } else {
        return false;
      }
    }
    return true;
  }

  bool catches_one(Tokens expression) const {
    const auto known = [this](const Token& token) {
      return is(token, "ImportError") || is(token, "ModuleNotFoundError") || is(token, "Exception") ||
             is(token, "BaseException");
    };
    if (expression.size() == 1) return known(expression[0]);
    return expression.size() == 3 && is(expression[0], "builtins") && is_op(expression[1], '.') &&
           known(expression[2]);
  }

  /// The expressions between top-level commas.
  template <typename Visit>
  static void split(Tokens tokens, char separator, Visit visit) {
    size_t depth = 0;
    size_t begin = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (is_op(tokens[i], '(') || is_op(tokens[i], '[') || is_op(tokens[i], '{')) ++depth;
      if ((is_op(tokens[i], ')') || is_op(tokens[i], ']') || is_op(tokens[i], '}')) && depth > 0) --depth;
      if (depth == 0 && is_op(tokens[i], separator)) {
        visit(tokens.subspan(begin, i - begin));
        begin = i + 1;
      }
    }
    if (begin < tokens.size()) visit(tokens.subspan(begin));
  }

  bool catches(Tokens type) const {
    if (!type.empty() && is_op(type[0], '*')) type = type.subspan(1);
    if (type.empty()) return true;
    if (type.size() >= 3 && is(type[type.size() - 2], "as")) type = type.first(type.size() - 2);
    type = unwrap(type);
    bool found = false;
    split(type, ',', [&](Tokens item) {
      item = unwrap(item);
      found |= catches_one(item) || (item.size() > 3 && item.size() < type.size() && catches(item));
    });
    return found;
  }

  bool suppresses(Tokens items) const {
    bool found = false;
    items = unwrap(items);
    split(items, ',', [&](Tokens item) {
      if (item.size() >= 3 && is(item[item.size() - 2], "as")) item = item.first(item.size() - 2);
      item = unwrap(item);
      for (size_t i = 0; i + 1 < item.size(); ++i) {
        if (!is(item[i], "suppress") || !is_op(item[i + 1], '(')) continue;
        if (matching(item, i + 1) != item.size() - 1) continue;
        if (i > 0 && !is_op(item[i - 1], '.')) continue;
        split(item.subspan(i + 2, item.size() - i - 3), ',',
              [&](Tokens argument) { found |= catches(unwrap(argument)); });
      }
    });
    return found;
  }

  void simple_statements(Tokens tokens) {
    split(tokens, ';', [this](Tokens statement) { simple_statement(statement); });
  }

  void simple_statement(Tokens statement) {
    if (statement.empty()) return;
    const bool lazy = is(statement[0], "lazy") && statement.size() > 1 &&
                      (is(statement[1], "import") || is(statement[1], "from"));
    const Tokens rest = lazy ? statement.subspan(1) : statement;
    if (is(rest[0], "import")) {
      import_statement(statement[0], rest.subspan(1), lazy);
    } else if (is(rest[0], "from")) {
      from_statement(statement[0], rest.subspan(1), lazy);
    }
  }

  Import make_import(const Token& first, bool is_from, bool lazy) {
    const Block& block = blocks_.back();
    Import made{};
    made.offset = first.begin;
    made.line = lines_.line(first.begin);
    made.first_name = static_cast<uint32_t>(facts_.imported_names.size());
    made.scope = block.scope;
    made.guards = block.guards;
    made.is_from = is_from;
    made.is_lazy = lazy;
    return made;
  }

  void add(const Import& made) {
    facts_.imports.push_back(made);
    function_depths_.push_back(blocks_.back().function_depth);
  }

  /// Reads `a . b . c` at `i`; blanks between the parts are not part of the name.
  NameId dotted_name(Tokens tokens, size_t& i) {
    std::string name;
    while (i < tokens.size()) {
      if (tokens[i].kind != TokenKind::kName || is(tokens[i], "as") || is(tokens[i], "import")) break;
      name += text(tokens[i++]);
      if (i >= tokens.size() || !is_op(tokens[i], '.')) break;
      name += '.';
      ++i;
    }
    return facts_.names.intern(name);
  }

  bool alias(Tokens tokens, size_t& i, NameId& as_name) {
    if (i + 1 >= tokens.size() || !is(tokens[i], "as")) return false;
    as_name = facts_.names.intern(text(tokens[i + 1]));
    i += 2;
    return true;
  }

  void import_statement(const Token& first, Tokens rest, bool lazy) {
    split(rest, ',', [&](Tokens item) {
      Import made = make_import(first, false, lazy);
      size_t i = 0;
      made.module = dotted_name(item, i);
      made.name_count = 1;
      ImportedName bound{made.module, made.module, false};
      bound.has_as = alias(item, i, bound.as_name);
      facts_.imported_names.push_back(bound);
      add(made);
    });
  }

  void from_statement(const Token& first, Tokens rest, bool lazy) {
    Import made = make_import(first, true, lazy);
    size_t i = 0;
    while (i < rest.size() && is_op(rest[i], '.')) ++made.level, ++i;
    made.module = dotted_name(rest, i);
    if (i >= rest.size() || !is(rest[i], "import")) return;
    split(unwrap(rest.subspan(i + 1)), ',', [&](Tokens item) {
      size_t k = 1;
      const NameId name = facts_.names.intern(text(item[0]));
      ImportedName bound{name, name, false};
      bound.has_as = alias(item, k, bound.as_name);
      facts_.imported_names.push_back(bound);
      ++made.name_count;
    });
    add(made);
  }

  std::string_view text_;
  LineTable lines_;
  Lexer lexer_;
  FileFacts facts_;
  std::vector<uint32_t> function_depths_;  // beside facts_.imports
  std::vector<Block> blocks_;
  bool pending_ = false;  // the last header's body starts on the next line
};

}  // namespace

FileFacts scan_python(std::string_view text) { return Scanner(text).run(); }

}  // namespace headwater::scan
