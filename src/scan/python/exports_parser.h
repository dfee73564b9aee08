#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/file_facts.h"
#include "scan/python/token_view.h"

namespace headwater::scan {

/// Follows `__all__` through a module: the names that it lists if every statement that makes or
/// changes it runs always and uses literals; dynamic otherwise, and from then on.
class ExportsParser {
 public:
  /// `__all__ = value`
  void assign(TokenView value, bool conditional);
  /// `__all__: T = value`
  void assign_annotated(TokenView value, bool conditional);
  /// `__all__ += value`, or another augmented assignment
  void augment(TokenView value, bool is_addition, bool conditional);
  /// An expression statement; those of the shape `__all__.method(...)` count.
  void call(TokenView expression, bool conditional);
  void set_dynamic();

  /// How many statements have made or changed it.
  size_t changes() const { return changes_; }
  /// Writes the result to `facts`.
  void finish(FactsBuilder& facts);
  void clear();

 private:
  using Names = std::vector<std::string>;
  void set(std::optional<Names> names, bool conditional);
  bool apply_call(std::string_view method, TokenView arguments);

  ExportsState state_ = ExportsState::kAbsent;
  Names names_;  // in place, since a module may append thousands of names one by one
  size_t changes_ = 0;
};

}  // namespace headwater::scan
