#pragma once

#include <vector>

#include "model/file_facts.h"
#include "scan/python/token_view.h"

namespace headwater::scan {

/// What an expression does when it runs where it stands: bodies of lambdas are left out, their
/// defaults are not. Reused from statement to statement.
class ExpressionScan {
 public:
  void scan(TokenView code);
  /// Scans the annotations and defaults of a `def`'s parameters; their names are not code.
  void scan_parameters(TokenView parameters);
  void clear();

  /// `name.attribute`, `name.attribute.attribute` of names: the first token and the last.
  struct Read {
    Token first;
    Token last;
  };
  const std::vector<Read>& reads() const { return reads_; }
  /// Targets of assignment expressions (PEP 572).
  const std::vector<Token>& walrus_targets() const { return walrus_targets_; }
  DynamicMarkers markers() const { return markers_; }

 private:
  /// Steps over a lambda's body that begins at `i`; gives the index of what ends it.
  static size_t skip_lambda_body(TokenView code, size_t i);
  void name(TokenView code, size_t i, bool in_brackets);
  void read(TokenView code, size_t i, bool in_brackets);

  std::vector<Read> reads_;
  std::vector<Token> walrus_targets_;
  std::vector<uint32_t> lambda_depths_;  // bracket depths of lambdas whose colon is still to come
  DynamicMarkers markers_ = 0;
};

/// The string literals that name a module in `import_module("x")` and `__import__("x")`.
/// Calls visit(literal) with the view of each literal's tokens.
template <typename Visit>
void for_each_string_reference(TokenView code, Visit visit) {
  for (size_t i = 0; i + 2 < code.size(); ++i) {
    if (!code.is(i, "import_module") && !code.is(i, "__import__")) continue;
    if (!code.is_op(i + 1, '(') || code[i + 2].kind != TokenKind::kString) continue;
    size_t end = i + 2;
    while (end < code.size() && code[end].kind == TokenKind::kString) ++end;
    if (code.is_op(end, ',') || code.is_op(end, ')')) visit(code.range(i + 2, end));
  }
}

}  // namespace headwater::scan
