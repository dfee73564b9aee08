#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/syntax_tree.h"
#include "scan/python/path_value.h"

namespace headwater::scan {

/// Works out what the expressions of one module are, as far as they are about paths: literals,
/// os.path, pathlib, names bound so far. Whatever it does not know is unknown.
class PathEvaluator {
 public:
  explicit PathEvaluator(const SyntaxTree& tree) : tree_(tree) {}

  PathValue evaluate(NodeId node);
  /// "os.path.join" for what the module calls so, under whatever name it imported it; the name
  /// itself for one that it never binds; "" for anything else.
  std::string dotted(NodeId node) const;
  /// What a test looks for below the folder that the variable holds; empty: it is no such test.
  std::vector<std::string> markers(NodeId test, const std::string& variable);
  /// Whether the expression is the folder above the variable's.
  bool steps_up(NodeId node, const std::string& variable);

  void bind(const std::string& name, PathValue value);
  void forget(const std::string& name) { bind(name, {}); }
  void import(const std::string& name, std::string dotted_name);
  /// So many steps are taken and no more: a hostile file is given up.
  bool is_exhausted() const { return steps_ > kMostSteps; }
  void count(size_t steps) { steps_ += steps; }

  /// The names that are known at a point, to come back to it.
  struct Names {
    std::map<std::string, PathValue> variables;
    std::map<std::string, std::string> imported;
  };
  Names names();
  void restore(Names names);

  std::map<std::string, PathValue> variables{};

 private:
  static constexpr size_t kMostSteps = 2'000'000;

  PathValue name_value(NodeId node);
  PathValue attribute(NodeId node);
  PathValue subscript(NodeId node);
  PathValue elements(NodeId node);
  PathValue format_string(NodeId node);
  PathValue call(NodeId node);
  PathValue function(const std::string& called, ListView<NodeId> arguments);
  PathValue method(NodeId func, ListView<NodeId> arguments);
  PathValue fold(PathValue first, ListView<NodeId> arguments, size_t begin);
  PathValue comprehension(NodeId node);
  PathValue first_of(NodeId generator);
  std::vector<std::string> any_marker(NodeId generator, const std::string& variable);

  const SyntaxTree& tree_;
  std::map<std::string, std::string> imported_{};
  size_t steps_ = 0;
};

}  // namespace headwater::scan
