#pragma once

#include <vector>

#include "model/file_facts.h"
#include "scan/python/exports_parser.h"
#include "scan/python/expression_scan.h"
#include "scan/python/source_text.h"
#include "scan/python/token_view.h"

namespace headwater::scan {

/// Whose code a block is, as far as the module's namespace is concerned.
enum class Role : uint8_t {
  kModule,    // binds the module's names
  kClass,     // runs at import, binds names of the class
  kFunction,  // runs when called; only `global` reaches the module
  kSkipped,   // under `if TYPE_CHECKING:` of a module: never runs
};

/// Reads what the statements of one file bind in the module's namespace.
class BindingParser {
 public:
  BindingParser(LineTable& lines, FactsBuilder& facts) : lines_(lines), facts_(facts) {}

  void simple_statement(TokenView statement, Role role, bool conditional);
  /// An import statement whose imports are FileFacts::imports from `first` on.
  void imports(TokenView statement, size_t first, bool conditional);

  /// Headers, each given from its keyword to before its colon.
  void decorator(TokenView line, Role role, bool conditional);
  void function(TokenView header, size_t statement_begin, Role role, bool conditional);
  void class_(TokenView header, Role role, bool conditional);
  void for_(TokenView header, bool conditional);
  void with(TokenView header, bool conditional);
  void except(TokenView header);
  void case_(TokenView header);
  /// Code of a header that binds by assignment expressions alone: `if`, `while`, `match`.
  void run(TokenView code, Role role, bool conditional);

  /// A place in what was bound so far.
  struct Mark {
    size_t bindings = 0;
    size_t stars = 0;
    size_t exports = 0;
  };
  Mark mark() const { return {facts_.bindings.size(), facts_.stars.size(), exports_.changes()}; }
  /// What was bound from `begin` to `end` stood in a try body whose handlers have now been seen.
  void make_conditional(const Mark& begin, const Mark& end);

  /// Whether the module has bound the name so far, to whatever.
  bool is_bound(std::string_view name) const { return bound(name) != 0; }
  /// Whether calling it ends the interpreter, as far as it is what it is called: `exit` or `quit`
  /// not bound so far, unless to what `sys` has.
  bool exits(std::string_view name) const {
    const uint8_t to = bound(name);
    return to == 0 || (to & kBoundToExit) != 0;
  }

  /// Completes the facts: states, source order, `__all__`.
  void finish();

 private:
  NameId bind(size_t offset, std::string_view name, BindingKind kind, bool conditional);
  void bind_targets(TokenView targets, BindingKind kind, bool conditional);
  void assignment_or_expression(TokenView statement, bool conditional);
  void plain_assignment(TokenView statement, size_t equals, bool conditional);
  void annotated_assignment(TokenView statement, size_t colon, bool conditional);
  void augmented_assignment(TokenView statement, size_t op, bool conditional);
  void globals(TokenView statement);
  uint8_t bound(std::string_view name) const;
  bool binds_exports(TokenView targets) const;
  void take_scan(Role role, bool conditional);
  void take_reads();

  // kBoundToExit: to `sys.exit`. kRead: a path that FactsBuilder::attribute_reads has.
  enum : uint8_t { kBound = 1, kBoundToExit = 2, kBoundByImport = 4, kRead = 8 };

  LineTable& lines_;
  FactsBuilder& facts_;
  std::vector<uint8_t> bound_;  // by NameId
  ExportsParser exports_;
  ExpressionScan scan_;
};

}  // namespace headwater::scan
