// The part of the compile rules that looks into expressions and patterns.

#include <fmt/format.h>

#include <algorithm>

#include "model/syntax_walk.h"
#include "scan/python/syntax/compile_rules.h"

namespace headwater::scan::parsing {

void CompileRules::list(NodeList nodes) {
  for (const NodeId node : tree_.list(nodes)) {
    if (node != kNoNode) expression(node);
  }
}

void CompileRules::children(NodeId node) {
  for_each_child(tree_, node, [this](NodeId child) { expression(child); });
}

void CompileRules::expression(NodeId node) {
  if (node == kNoNode) return;
  switch (tree_.kind(node)) {
    case NodeKind::kName:
      return target_name(node);
    case NodeKind::kConstant:
      return;
    case NodeKind::kLambda:
      return lambda(node);
    case NodeKind::kListComp:
    case NodeKind::kSetComp:
    case NodeKind::kGeneratorExp:
      return comprehension(node, tree_.get<syntax::ListComp>(node).generators);
    case NodeKind::kDictComp:
      return comprehension(node, tree_.get<syntax::DictComp>(node).generators);
    case NodeKind::kAwait:
      await(node, "'await' outside function", "'await' outside async function");
      return children(node);
    case NodeKind::kYield:
      if (const NodeId value = tree_.get<syntax::Await>(node).value; value != kNoNode) {
        no_lone_star(value);
      }
      yield(node);
      return children(node);
    case NodeKind::kYieldFrom:
      yield(node);
      return children(node);
    case NodeKind::kNamedExpr:
      walrus(node);
      return children(node);
    case NodeKind::kCall: {
      const auto n = tree_.get<syntax::Call>(node);
      repeated_keywords(n.keywords);
      return children(node);
    }
    case NodeKind::kAttribute: {
      const auto n = tree_.get<syntax::Attribute>(node);
      if (tree_.context(node) != ExpressionContext::kLoad && text(n.attr) == "__debug__") {
        fail(node, tree_.context(node) == ExpressionContext::kStore ? "cannot assign to __debug__"
                                                                    : "cannot delete __debug__");
      }
      return expression(n.value);
    }
    case NodeKind::kFormattedValue:
    case NodeKind::kInterpolation:
      no_lone_star(tree_.get<syntax::FormattedValue>(node).value);
      return children(node);
    default:
      return children(node);
  }
}

void CompileRules::lambda(NodeId node) {
  const auto n = tree_.get<syntax::Lambda>(node);
  const auto args = tree_.get<syntax::Arguments>(n.args);
  list(args.defaults);
  list(args.kw_defaults);
  Scope scope(ScopeKind::kLambda);
  enter(scope);
  parameters(n.args);
  expression(n.body);
  leave();
}

void CompileRules::iteration_names(NodeId target, std::vector<NameId>& names) const {
  switch (tree_.kind(target)) {
    case NodeKind::kName:
      names.push_back(tree_.get<syntax::Name>(target).id);
      break;
    case NodeKind::kStarred:
      return iteration_names(tree_.get<syntax::Starred>(target).value, names);
    case NodeKind::kList:
    case NodeKind::kTuple:
      for (const NodeId item : tree_.list(tree_.get<syntax::List>(target).elts)) {
        iteration_names(item, names);
      }
      break;
    default:
      break;
  }
}

/// The first iterable belongs to the scope around; all else to the comprehension's own.
void CompileRules::comprehension(NodeId node, NodeList generators) {
  const auto clauses = tree_.list(generators);
  const auto first = tree_.get<syntax::Comprehension>(clauses[0]);
  ++in_comprehension_iter_;
  expression(first.iter);
  --in_comprehension_iter_;
  Scope scope(ScopeKind::kComprehension);
  scope.comprehension_is_generator = tree_.kind(node) == NodeKind::kGeneratorExp;
  enter(scope);
  for (size_t i = 0; i < clauses.size(); ++i) {
    const auto clause = tree_.get<syntax::Comprehension>(clauses[i]);
    if (tree_.is_async(clauses[i])) scope.has_async_part = true;
    check_targets(clause.target, false);
    iteration_names(clause.target, scope.iteration_names);
    expression(clause.target);
    if (i > 0) {
      ++in_comprehension_iter_;
      expression(clause.iter);
      --in_comprehension_iter_;
    }
    list(clause.ifs);
  }
  if (tree_.kind(node) == NodeKind::kDictComp) {
    const auto n = tree_.get<syntax::DictComp>(node);
    expression(n.key);
    expression(n.value);
  } else {
    expression(tree_.get<syntax::ListComp>(node).elt);
  }
  leave();
  if (!scope.has_async_part || scope.comprehension_is_generator) return;
  const Scope* around = scope_;
  while (around->kind == ScopeKind::kTypes && around->outer != nullptr) around = around->outer;
  if (around->kind == ScopeKind::kComprehension) {
    scope_->has_async_part = true;
  } else if (around->kind != ScopeKind::kFunction || !around->is_async) {
    fail(node, "asynchronous comprehension outside of an asynchronous function");
  }
}

void CompileRules::await(NodeId node, const char* outside_function, const char* outside_async) {
  if (scope_->kind == ScopeKind::kComprehension) {
    scope_->has_async_part = true;
    return;
  }
  if (scope_->kind == ScopeKind::kFunction && scope_->is_async) return;
  const bool in_function =
      scope_->kind == ScopeKind::kFunction || scope_->kind == ScopeKind::kLambda;
  fail(node, in_function ? outside_async : outside_function);
}

void CompileRules::yield(NodeId node) {
  switch (scope_->kind) {
    case ScopeKind::kFunction:
      scope_->is_generator = true;
      if (scope_->is_async && tree_.kind(node) == NodeKind::kYieldFrom) {
        fail(node, "'yield from' inside async function");
      }
      break;
    case ScopeKind::kLambda:
      break;
    case ScopeKind::kComprehension:
      fail(node, scope_->comprehension_is_generator ? "'yield' inside generator expression"
                                                    : "'yield' inside list comprehension");
      break;
    case ScopeKind::kTypes:
      fail(node, "yield expression cannot be used within a type parameter or alias");
      break;
    case ScopeKind::kModule:
    case ScopeKind::kClass:
      fail(node, "'yield' outside function");
      break;
  }
}

void CompileRules::walrus(NodeId node) {
  const NodeId target = tree_.get<syntax::NamedExpr>(node).target;
  const NameId name = tree_.get<syntax::Name>(target).id;
  if (in_comprehension_iter_ > 0) {
    return fail(node,
                "assignment expression cannot be used in a comprehension iterable expression");
  }
  if (scope_->kind == ScopeKind::kTypes) {
    return fail(node, "named expression cannot be used within a type parameter or alias");
  }
  Scope* around = scope_;
  for (; around->kind == ScopeKind::kComprehension; around = around->outer) {
    if (std::ranges::find(around->iteration_names, name) != around->iteration_names.end()) {
      return fail(node, fmt::format("assignment expression cannot rebind comprehension iteration "
                                    "variable '{}'",
                                    text(name)));
    }
  }
  if (around == scope_) return;
  if (around->kind == ScopeKind::kClass) {
    return fail(node,
                "assignment expression within a comprehension cannot be used in a class body");
  }
  if (follows_names_) around->symbols[static_cast<uint32_t>(name)] |= kAssigned;
}

/// What takes everything must come last, in the statement and among alternatives.
void CompileRules::pattern_rules(NodeId match) {
  const auto cases = tree_.list(tree_.get<syntax::Match>(match).cases);
  for (size_t i = 0; i < cases.size(); ++i) {
    const auto n = tree_.get<syntax::MatchCase>(cases[i]);
    std::vector<NameId> bound;
    pattern(n.pattern, bound, n.guard != kNoNode || i + 1 == cases.size());
  }
}

void CompileRules::captured(NodeId node, NameId name, std::vector<NameId>& bound) {
  if (name == kNoName) return;
  if (std::ranges::find(bound, name) != bound.end()) {
    fail(node, fmt::format("multiple assignments to name '{}' in pattern", text(name)));
  }
  bound.push_back(name);
  bind(name, node);
}

void CompileRules::pattern(NodeId node, std::vector<NameId>& bound, bool may_take_all) {
  switch (tree_.kind(node)) {
    case NodeKind::kMatchAs: {
      const auto n = tree_.get<syntax::MatchAs>(node);
      if (n.pattern != kNoNode) {
        pattern(n.pattern, bound, may_take_all);
      } else if (!may_take_all) {
        fail(node, n.name == kNoName
                       ? "wildcard makes remaining patterns unreachable"
                       : fmt::format("name capture '{}' makes remaining patterns unreachable",
                                     text(n.name)));
      }
      return captured(node, n.name, bound);
    }
    case NodeKind::kMatchStar:
      return captured(node, tree_.get<syntax::MatchStar>(node).name, bound);
    case NodeKind::kMatchOr: {
      const auto items = tree_.list(tree_.get<syntax::MatchSequence>(node).patterns);
      std::vector<NameId> first;
      for (size_t i = 0; i < items.size(); ++i) {
        std::vector<NameId> own;
        pattern(items[i], own, may_take_all && i + 1 == items.size());
        std::ranges::sort(own);
        if (i == 0) first = own;
        if (own != first) return fail(node, "alternative patterns bind different names");
      }
      for (const NameId name : first) captured(node, name, bound);
      return;
    }
    case NodeKind::kMatchSequence: {
      size_t stars = 0;
      for (const NodeId item : tree_.list(tree_.get<syntax::MatchSequence>(node).patterns)) {
        if (tree_.kind(item) == NodeKind::kMatchStar && ++stars == 2) {
          fail(node, "multiple starred expressions in sequence pattern");
        }
        pattern(item, bound, true);
      }
      return;
    }
    case NodeKind::kMatchMapping: {
      const auto n = tree_.get<syntax::MatchMapping>(node);
      for (const NodeId item : tree_.list(n.patterns)) pattern(item, bound, true);
      list(n.keys);
      return captured(node, n.rest, bound);
    }
    case NodeKind::kMatchClass: {
      const auto n = tree_.get<syntax::MatchClass>(node);
      expression(n.cls);
      std::vector<NameId> names;
      for (const NameId name : tree_.list(n.kwd_attrs)) {
        if (std::ranges::find(names, name) != names.end()) {
          fail(node, fmt::format("attribute name repeated in class pattern: {}", text(name)));
        }
        names.push_back(name);
      }
      for (const NodeId item : tree_.list(n.patterns)) pattern(item, bound, true);
      for (const NodeId item : tree_.list(n.kwd_patterns)) pattern(item, bound, true);
      return;
    }
    default:
      return children(node);
  }
}

}  // namespace headwater::scan::parsing
