#include "scan/python/syntax/compile_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/syntax_walk.h"

namespace headwater::scan::parsing {

std::vector<Fault> CompileRules::run() {
  Scope module(ScopeKind::kModule);
  enter(module);
  const auto statements = tree_.list(tree_.get<syntax::Module>(tree_.root()).body);
  bool is_first = true;
  for (const NodeId node : statements) {
    const bool is_docstring = is_first && tree_.kind(node) == NodeKind::kExpr &&
                              tree_.is_string(tree_.get<syntax::Expr>(node).value);
    const bool is_future = tree_.kind(node) == NodeKind::kImportFrom &&
                           text(tree_.get<syntax::ImportFrom>(node).module) == "__future__" &&
                           tree_.get<syntax::ImportFrom>(node).level == 0;
    if (!is_docstring && !is_future) futures_allowed_ = false;
    is_first = false;
    statement(node);
  }
  leave();
  return std::move(faults_);
}

void CompileRules::fail(NodeId node, std::string message) {
  faults_.push_back(
      {tree_.offset(node), tree_.line(node), SyntaxErrorClass::kSymbolTable, std::move(message)});
}

void CompileRules::body(NodeList statements) {
  ++scope_->blocks;
  for (const NodeId node : tree_.list(statements)) statement(node);
  --scope_->blocks;
}

void CompileRules::statement(NodeId node) {
  switch (tree_.kind(node)) {
    case NodeKind::kFunctionDef:
      return function(node, false);
    case NodeKind::kAsyncFunctionDef:
      return function(node, true);
    case NodeKind::kClassDef:
      return class_(node);
    case NodeKind::kReturn:
      return return_(node);
    case NodeKind::kAssign: {
      const auto n = tree_.get<syntax::Assign>(node);
      no_lone_star(n.value);
      for (const NodeId target : tree_.list(n.targets)) check_targets(target, false);
      return children(node);
    }
    case NodeKind::kAugAssign:
      no_lone_star(tree_.get<syntax::AugAssign>(node).value);
      return children(node);
    case NodeKind::kAnnAssign: {
      const auto n = tree_.get<syntax::AnnAssign>(node);
      no_lone_star(n.value);
      if (tree_.kind(n.target) == NodeKind::kName && tree_.is_simple(node)) {
        const NameId name = tree_.get<syntax::Name>(n.target).id;
        const auto at = scope_->symbols.find(static_cast<uint32_t>(name));
        const bool is_declared = at != scope_->symbols.end() &&
                                 (at->second & (kDeclaredGlobal | kDeclaredNonlocal)) != 0;
        if (is_declared && scope_->kind != ScopeKind::kModule) {
          fail(node, fmt::format("annotated name '{}' can't be {}", text(name),
                                 (at->second & kDeclaredGlobal) != 0 ? "global" : "nonlocal"));
        }
        use(name, kAnnotated);
      }
      return children(node);
    }
    case NodeKind::kTypeAlias:
      return type_alias(node);
    case NodeKind::kFor:
      return for_(node, false);
    case NodeKind::kAsyncFor:
      return for_(node, true);
    case NodeKind::kWhile: {
      const auto n = tree_.get<syntax::While>(node);
      expression(n.test);
      loop_body(n.body);
      return body(n.orelse);
    }
    case NodeKind::kIf: {
      const auto n = tree_.get<syntax::If>(node);
      expression(n.test);
      body(n.body);
      return body(n.orelse);
    }
    case NodeKind::kWith:
      return with(node, false);
    case NodeKind::kAsyncWith:
      return with(node, true);
    case NodeKind::kMatch: {
      const auto n = tree_.get<syntax::Match>(node);
      expression(n.subject);
      pattern_rules(node);
      for (const NodeId match_case : tree_.list(n.cases)) {
        const auto c = tree_.get<syntax::MatchCase>(match_case);
        expression(c.guard);
        body(c.body);
      }
      return;
    }
    case NodeKind::kTry:
      return try_(node, false);
    case NodeKind::kTryStar:
      return try_(node, true);
    case NodeKind::kImport:
    case NodeKind::kImportFrom:
      return imports(node);
    case NodeKind::kGlobal:
    case NodeKind::kNonlocal:
      return declare(node);
    case NodeKind::kExpr:
      no_lone_star(tree_.get<syntax::Expr>(node).value);
      return children(node);
    case NodeKind::kBreak:
      return jump(node, true);
    case NodeKind::kContinue:
      return jump(node, false);
    default:
      return children(node);
  }
}

void CompileRules::future_import(NodeId node) {
  if (!futures_allowed_ || scope_->blocks != 0 || scope_->kind != ScopeKind::kModule) {
    return fail(node, "from __future__ imports must occur at the beginning of the file");
  }
  constexpr std::string_view kFeatures[] = {
      "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
      "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};
  for (const NodeId alias : tree_.list(tree_.get<syntax::ImportFrom>(node).names)) {
    const std::string_view name = text(tree_.get<syntax::Alias>(alias).name);
    if (name == "braces") return fail(node, "not a chance");
    if (std::ranges::find(kFeatures, name) == std::end(kFeatures)) {
      return fail(node, fmt::format("future feature {} is not defined", name));
    }
  }
}

void CompileRules::imports(NodeId node) {
  const bool is_from = tree_.kind(node) == NodeKind::kImportFrom;
  NodeList names;
  if (is_from) {
    const auto n = tree_.get<syntax::ImportFrom>(node);
    names = n.names;
    if (n.level == 0 && text(n.module) == "__future__") future_import(node);
  } else {
    names = tree_.get<syntax::Import>(node).names;
  }
  const bool in_module = scope_->kind == ScopeKind::kModule;
  for (const NodeId alias : tree_.list(names)) {
    const auto n = tree_.get<syntax::Alias>(alias);
    if (text(n.name) == "*") {
      if (!in_module) fail(node, "import * only allowed at module level");
      if (tree_.is_lazy(node)) fail(node, "lazy from ... import * is not allowed");
    } else if (n.asname != kNoName) {
      bind(n.asname, alias);
    } else if (is_from || text(n.name).find('.') == std::string_view::npos) {
      bind(n.name, alias);
    }
  }
  if (tree_.is_lazy(node) && !in_module) {
    fail(node, "lazy imports are only allowed at module level");
  }
}

void CompileRules::type_params(NodeList params) {
  std::vector<NameId> seen;
  bool has_default = false;
  for (const NodeId param : tree_.list(params)) {
    const auto n = tree_.get<syntax::TypeVar>(param);
    if (std::ranges::find(seen, n.name) != seen.end()) {
      fail(param, fmt::format("duplicate type parameter '{}'", text(n.name)));
    }
    seen.push_back(n.name);
    use(n.name, kParameter);
    if (n.default_value == kNoNode && has_default) {
      fail(param, fmt::format("non-default type parameter '{}' follows default type parameter",
                              text(n.name)));
    }
    has_default |= n.default_value != kNoNode;
    Scope types(ScopeKind::kTypes);
    enter(types);
    expression(n.bound);
    expression(n.default_value);
    leave();
  }
}

void CompileRules::type_alias(NodeId node) {
  const auto n = tree_.get<syntax::TypeAlias>(node);
  expression(n.name);
  Scope types(ScopeKind::kTypes);
  enter(types);
  type_params(n.type_params);
  expression(n.value);
  leave();
}

void CompileRules::function(NodeId node, bool is_async) {
  const auto n = tree_.get<syntax::FunctionDef>(node);
  bind(n.name, node);
  list(n.decorator_list);
  const auto args = tree_.get<syntax::Arguments>(n.args);
  list(args.defaults);
  list(args.kw_defaults);
  Scope types(ScopeKind::kTypes);
  const bool is_generic = !n.type_params.empty();
  if (is_generic) enter(types);
  type_params(n.type_params);
  for (const NodeList part : {args.posonlyargs, args.args, args.kwonlyargs}) {
    for (const NodeId arg : tree_.list(part)) expression(tree_.get<syntax::Arg>(arg).annotation);
  }
  for (const NodeId arg : {args.vararg, args.kwarg}) {
    if (arg == kNoNode) continue;
    const NodeId annotation = tree_.get<syntax::Arg>(arg).annotation;
    if (annotation != kNoNode && tree_.kind(annotation) == NodeKind::kStarred) {
      children(annotation);
    } else {
      expression(annotation);
    }
  }
  expression(n.returns);
  Scope scope(ScopeKind::kFunction);
  scope.is_async = is_async;
  enter(scope);
  parameters(n.args);
  body(n.body);
  if (is_async && scope.is_generator && scope.valued_return != kNoNode) {
    fail(scope.valued_return, "'return' with value in async generator");
  }
  leave();
  if (is_generic) leave();
}

void CompileRules::class_(NodeId node) {
  const auto n = tree_.get<syntax::ClassDef>(node);
  bind(n.name, node);
  list(n.decorator_list);
  Scope types(ScopeKind::kTypes);
  const bool is_generic = !n.type_params.empty();
  if (is_generic) enter(types);
  type_params(n.type_params);
  for (const NodeId base : tree_.list(n.bases)) {
    if (tree_.kind(base) == NodeKind::kStarred) {
      children(base);
    } else {
      expression(base);
    }
  }
  list(n.keywords);
  repeated_keywords(n.keywords);
  Scope scope(ScopeKind::kClass);
  enter(scope);
  body(n.body);
  leave();
  if (is_generic) leave();
}

void CompileRules::loop_body(NodeList statements) {
  ++scope_->loops;
  body(statements);
  --scope_->loops;
}

void CompileRules::for_(NodeId node, bool is_async) {
  const auto n = tree_.get<syntax::For>(node);
  if (is_async) {
    await(node, "'async for' outside async function", "'async for' outside async function");
  }
  no_lone_star(n.iter);
  check_targets(n.target, false);
  expression(n.target);
  expression(n.iter);
  loop_body(n.body);
  body(n.orelse);
}

void CompileRules::with(NodeId node, bool is_async) {
  const auto n = tree_.get<syntax::With>(node);
  if (is_async) {
    await(node, "'async with' outside async function", "'async with' outside async function");
  }
  for (const NodeId item : tree_.list(n.items)) {
    const auto i = tree_.get<syntax::WithItem>(item);
    expression(i.context_expr);
    if (i.optional_vars != kNoNode) check_targets(i.optional_vars, false);
    expression(i.optional_vars);
  }
  body(n.body);
}

void CompileRules::try_(NodeId node, bool is_star) {
  const auto n = tree_.get<syntax::Try>(node);
  body(n.body);
  const auto handlers = tree_.list(n.handlers);
  for (size_t i = 0; i < handlers.size(); ++i) {
    const auto handler = tree_.get<syntax::ExceptHandler>(handlers[i]);
    if (handler.type == kNoNode && i + 1 < handlers.size()) {
      fail(handlers[i], "default 'except:' must be last");
    }
    expression(handler.type);
    if (handler.name != kNoName) bind(handler.name, handlers[i]);
    const bool was_in_star = scope_->in_except_star;
    const uint32_t loops = scope_->loops;
    if (is_star) {
      scope_->in_except_star = true;
      scope_->loops = 0;
    }
    body(handler.body);
    scope_->in_except_star = was_in_star;
    scope_->loops = loops;
  }
  body(n.orelse);
  body(n.finalbody);
}

void CompileRules::return_(NodeId node) {
  const NodeId value = tree_.get<syntax::Return>(node).value;
  if (scope_->kind != ScopeKind::kFunction) {
    fail(node, "'return' outside function");
  } else if (scope_->in_except_star) {
    fail(node, "'break', 'continue' and 'return' cannot appear in an except* block");
  }
  if (value == kNoNode) return;
  if (scope_->valued_return == kNoNode) scope_->valued_return = node;
  no_lone_star(value);
  expression(value);
}

void CompileRules::jump(NodeId node, bool is_break) {
  if (scope_->loops > 0) return;
  if (scope_->in_except_star) {
    return fail(node, "'break', 'continue' and 'return' cannot appear in an except* block");
  }
  fail(node, is_break ? "'break' outside loop" : "'continue' not properly in loop");
}

void CompileRules::no_lone_star(NodeId value) {
  if (value != kNoNode && tree_.kind(value) == NodeKind::kStarred) {
    fail(value, "can't use starred expression here");
  }
}

/// A star is one of several items, and the only one of them.
void CompileRules::check_targets(NodeId target, bool nested) {
  const NodeKind kind = tree_.kind(target);
  if (kind == NodeKind::kStarred) {
    if (!nested) return fail(target, "starred assignment target must be in a list or tuple");
    return check_targets(tree_.get<syntax::Starred>(target).value, false);
  }
  if (kind != NodeKind::kList && kind != NodeKind::kTuple) return;
  size_t stars = 0;
  for (const NodeId item : tree_.list(tree_.get<syntax::List>(target).elts)) {
    if (tree_.kind(item) == NodeKind::kStarred && ++stars == 2) {
      fail(target, "multiple starred expressions in assignment");
    }
    check_targets(item, true);
  }
}

/// Whether `names` has one twice: the later of them. Sorts a copy only where they are many.
NameId CompileRules::repeated(const std::vector<NameId>& names) {
  constexpr size_t kFew = 20;
  if (names.size() <= kFew) {
    for (size_t i = 1; i < names.size(); ++i) {
      if (std::find(names.begin(), names.begin() + static_cast<ptrdiff_t>(i), names[i]) !=
          names.begin() + static_cast<ptrdiff_t>(i)) {
        return names[i];
      }
    }
    return kNoName;
  }
  std::vector<NameId> sorted(names);
  std::ranges::sort(sorted);
  const auto twice = std::ranges::adjacent_find(sorted);
  return twice == sorted.end() ? kNoName : *twice;
}

void CompileRules::parameters(NodeId args) {
  const auto n = tree_.get<syntax::Arguments>(args);
  std::vector<NameId>& names = names_;
  names.clear();
  const auto add = [&](NodeId arg) {
    if (arg == kNoNode) return;
    const NameId name = tree_.get<syntax::Arg>(arg).arg;
    if (text(name) == "__debug__") fail(arg, "cannot assign to __debug__");
    use(name, kParameter);
    names.push_back(name);
  };
  for (const NodeList part : {n.posonlyargs, n.args, n.kwonlyargs}) {
    for (const NodeId arg : tree_.list(part)) add(arg);
  }
  add(n.vararg);
  add(n.kwarg);
  const NameId twice = repeated(names);
  if (twice == kNoName) return;
  fail(args, fmt::format("duplicate argument '{}' in function definition", text(twice)));
}

void CompileRules::repeated_keywords(NodeList keywords) {
  std::vector<NameId>& names = names_;
  names.clear();
  NodeId last = kNoNode;
  for (const NodeId item : tree_.list(keywords)) {
    const NameId name = tree_.get<syntax::Keyword>(item).arg;
    if (name == kNoName) continue;
    if (text(name) == "__debug__") fail(item, "cannot assign to __debug__");
    names.push_back(name);
  }
  const NameId twice = repeated(names);
  if (twice == kNoName) return;
  for (const NodeId item : tree_.list(keywords)) {
    if (tree_.get<syntax::Keyword>(item).arg == twice) last = item;
  }
  fail(last, fmt::format("keyword argument repeated: {}", text(twice)));
}

}  // namespace headwater::scan::parsing
