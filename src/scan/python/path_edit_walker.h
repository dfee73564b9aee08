#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/file_facts.h"
#include "model/syntax_tree.h"
#include "scan/python/path_evaluator.h"

namespace headwater::scan {

/// Whether a text may edit the search path by the name that everybody gives it. `has_site`: the
/// module `site` may be among its names.
bool names_search_path(std::string_view text, bool has_site);

/// Walks a module as it would run and notes each edit of `sys.path`.
class PathEditWalker {
 public:
  /// `text`: the module's, if edits are where names_search_path() says; empty: they may be
  /// anywhere.
  PathEditWalker(const SyntaxTree& tree, std::string_view text, FactsBuilder& facts)
      : tree_(tree), text_(text), facts_(facts), evaluator_(tree) {}

  void run();

 private:
  using Variables = std::map<std::string, PathValue>;

  void body(NodeList statements);
  void conditionally(NodeList statements);
  void statement(NodeId node);
  void import(NodeId node);
  void assign(NodeId target, NodeId value_node);
  void assign_slice(NodeId target, const PathValue& value);
  void augmented(NodeId node);
  void branch(NodeId node);
  void attempt(NodeId node);
  void loop_over(NodeId node);
  void loop_while(NodeId node);
  bool upward_loop(const std::string& variable, PathValue start, NodeList statements,
                   std::vector<std::string> markers);
  void each_child(NodeId node);
  void function(NodeId node);
  bool may_edit(size_t function) const;
  void function_body(NodeId node);

  bool edit_call(NodeId node);
  void look_inside(NodeId node);
  void replace(const PathValue& value, uint32_t line);
  void add(const PathValue& value, uint32_t line, bool at_front);
  void add_all(const std::vector<PathValue>& values, uint32_t line, bool at_front);
  void unread(uint32_t line);

  bool is_search_path(NodeId node) const { return evaluator_.dotted(node) == "sys.path"; }
  bool is_search_path_slice(NodeId node) const;
  bool asks_whether_absent(NodeId test) const;
  bool leaves_loop(NodeList statements) const;
  bool stops_at(NodeId test, const std::string& variable, std::vector<std::string>& markers);
  std::string variable_of(NodeId node) const;
  std::string stepping_variable(NodeList statements);
  /// What is bound in there is not known afterwards.
  void forget_bound(NodeId node);
  void find_globals(NodeId node);

  const SyntaxTree& tree_;
  const std::string_view text_;
  FactsBuilder& facts_;
  PathEvaluator evaluator_;
  std::vector<NodeId> functions_{};  // of the module and its classes: run after it
  std::vector<std::string> globals_{};
  bool is_conditional_ = false;
  bool is_in_function_ = false;
};

}  // namespace headwater::scan
