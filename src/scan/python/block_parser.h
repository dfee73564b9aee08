#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/file_facts.h"
#include "scan/python/binding_parser.h"
#include "scan/python/byte_classes.h"
#include "scan/python/escape.h"
#include "scan/python/guard_parser.h"
#include "scan/python/lexer.h"
#include "scan/python/source_text.h"
#include "scan/python/token_view.h"

namespace headwater::scan {

inline constexpr Guards kGuardsOfImportErrors = kGuardTryImportError | kGuardSuppress;

/// Follows the block structure of one file, line by line, and hands each statement to the parsers
/// of imports and bindings together with what it is under.
class BlockParser {
 public:
  /// `lines`: the text's logical lines, if they are known; else none.
  BlockParser(std::string_view text, const ByteIndex& index, FactsBuilder& facts,
              std::span<const LineStart> lines = {})
      : text_(text),
        index_(index),
        facts_(facts),
        lines_(text, index),
        lexer_(text, index, lines),
        bindings_(lines_, facts),
        blocks_(1) {}

  /// False where an import may not compile.
  bool run();

 private:
  /// What the statements of a block are under.
  struct Place {
    Scope scope = Scope::kModule;
    Guards guards = 0;
    Role role = Role::kModule;
    bool conditional = false;
    RunWindow window;             // by the branches around
    bool is_undecided = false;    // something but `window` decides whether it runs
    bool is_unreachable = false;  // behind a statement that ends the module
    Raise end_raises;             // by that statement
    CaughtBesides caught_besides = CaughtBesides::kNothing;  // by `guards`
    uint32_t function_depth = 0;
    /// Of a handler or `else`: one past the last import that its `try` protects; 0 if none.
    size_t guarded_import = 0;
  };

  /// What the handlers of a `try` that have ended do with errors of a kind: the first one that
  /// fits takes them.
  struct Taken {
    bool is_taken = false;
    size_t handler = 0;    // which takes them
    bool is_held = false;  // the module goes on
    Raise raises;          // where it does not
  };

  /// The compound statement last seen in a block, while further clauses of it may follow.
  struct Chain {
    Place orelse;  // of the clauses after an `if`, `elif`, `for` or `while`
    bool is_try = false;
    bool caught = false;  // a handler catches ImportError
    bool has_handlers = false;
    Taken missing;                        // ModuleNotFoundError
    Taken others;                         // an ImportError of another class
    std::vector<Handler> handlers;        // that have ended
    std::vector<size_t> handler_imports;  // by handler, where its imports begin
    bool is_settled = false;              // the imports of the body know all handlers
    size_t suppresses = 0;                // suppresses_, where the body begins
    bool body_suppresses = false;         // a `with suppress()` of import errors is in it
    CaughtBesides caught_besides = CaughtBesides::kNothing;
    NamedBesides let_through = NamedBesides::kNone;  // by one that ends the module
    bool body_is_open = false;                       // a try body: no clause has followed yet
    size_t imports_begin = 0;  // a try body's imports, [begin, end) of FileFacts::imports
    size_t imports_end = 0;
    size_t last_import = 0;     // one past the last that its handlers see fail; 0: not known
    BindingParser::Mark begin;  // and its bindings
    BindingParser::Mark end;
  };

  struct Block {
    uint32_t indentation = 0;
    size_t first_binding = 0;  // of its body, into FactsBuilder::bindings
    bool is_match = false;
    bool is_except = false;
    bool is_handler = false;  // of ImportError
    HandledErrors handles;
    std::string_view caught_as;  // `except ... as caught_as`
    NamedClasses classes;        // of a handler, or suppressed by a `with`
    bool is_finally = false;
    bool discards = false;    // of a `finally`: it leaves, and what was raised is forgotten
    size_t first_import = 0;  // of a `finally`, into FileFacts::imports
    bool is_try_body = false;
    bool is_with = false;
    Place place;
    Chain chain;
  };

  Lexer::Wanted wanted_lines() const;
  void enter_line(uint32_t indentation);
  bool compound_statement(TokenView line);
  bool clause(TokenView line, size_t first, size_t colon, Block& inner);
  void definition(TokenView line, size_t first, size_t colon, Block& inner);
  void if_clause(bool is_elif, TokenView head, Block& inner);
  void loop_clause(std::string_view word, TokenView head, Block& inner);
  bool clause_of_try(TokenView line, size_t first, TokenView head, Block& inner);
  void probes(TokenView statement, const Place& place);
  bool is_probed(std::string_view module) const;
  void except_clause(TokenView line, size_t first, TokenView head, Block& inner);
  void else_clause(Block& inner);
  void run_head(TokenView head, const Place& place);
  void close_try_body(Chain& chain);
  size_t link_try_body(const Block& outer);
  void leave_block();
  bool may_be_caught() const;
  void settle_handler(Chain& chain, const Block& handler);
  void take_besides(Chain& chain, const Block& handler) const;
  void next_chain();
  void settle_chain();
  void guard_try_body(const Chain& chain);
  /// These return how many handlers it took to hold what handlers before the last of them let go;
  /// 0 where none did so.
  size_t guard_import(size_t i, const Chain& chain);
  size_t hold_what_is_raised(size_t i, const Escape& escape);
  void pass_with_statements(size_t i);
  void end_by_finally(Block& outer, const Raise& raises);
  void hold_by_finally(const Block& outer, const Block& left);
  void simple_statements(TokenView line);
  void simple_statement(TokenView statement);
  bool is_caught_error(std::string_view name) const;
  void string_references(TokenView code, const Place& place);

  std::string_view text_;
  const ByteIndex& index_;
  FactsBuilder& facts_;
  LineTable lines_;
  Lexer lexer_;
  BindingParser bindings_;
  std::vector<uint32_t> function_depths_;  // beside FileFacts::imports
  std::vector<Raise> raised_;              // the same: what gets out of the handlers so far
  size_t suppresses_ = 0;                  // `with suppress()` of import errors seen so far
  std::vector<Block> blocks_;
  uint32_t indentation_ = 0;         // of the line that is read now
  size_t next_keyword_ = 0;          // where `import` or `global` may begin, not before the line
  bool is_suspect_ = false;          // an import may not compile
  bool may_name_modules_ = false;    // the line has the letters of import_module or __import__
  std::vector<std::string> probed_;  // modules that importorskip() has asked for
  bool body_follows_ = false;        // the last header's body starts on the next line
};

}  // namespace headwater::scan
