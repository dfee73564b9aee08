// The part of the compile rules that knows which names a scope uses before it declares them.

#include <fmt/format.h>

#include <algorithm>

#include "scan/python/syntax/compile_rules.h"

namespace headwater::scan::parsing {

void CompileRules::enter(Scope& scope) {
  scope.outer = scope_;
  scope_ = &scope;
}

/// `nonlocal` names that this function does not bind are asked of the function around it.
void CompileRules::leave() {
  Scope& inner = *scope_;
  scope_ = inner.outer;
  if (inner.free_names.empty()) return;
  const bool may_bind = inner.kind == ScopeKind::kFunction || inner.kind == ScopeKind::kLambda ||
                        inner.kind == ScopeKind::kTypes;
  for (const auto& [name, node] : inner.free_names) {
    const auto at = inner.symbols.find(static_cast<uint32_t>(name));
    const uint8_t flags = at == inner.symbols.end() ? 0 : at->second;
    const bool declared_elsewhere = (flags & (kDeclaredGlobal | kDeclaredNonlocal)) != 0;
    const bool binds =
        may_bind && !declared_elsewhere && (flags & (kAssigned | kParameter | kAnnotated)) != 0;
    const bool is_own = inner.kind == ScopeKind::kClass && text(name) == "__class__";
    if (binds || is_own) continue;
    if (scope_ == nullptr) {
      fail(node, fmt::format("no binding for nonlocal '{}' found", text(name)));
    } else {
      scope_->free_names.emplace_back(name, node);
    }
  }
}

void CompileRules::use(NameId name, uint8_t flag) {
  if (follows_names_) scope_->symbols[static_cast<uint32_t>(name)] |= flag;
}

void CompileRules::bind(NameId name, NodeId node) {
  if (text(name) == "__debug__") fail(node, "cannot assign to __debug__");
  use(name, kAssigned);
}

void CompileRules::target_name(NodeId node) {
  const NameId name = tree_.get<syntax::Name>(node).id;
  switch (tree_.context(node)) {
    case ExpressionContext::kLoad:
      return use(name, kUsed);
    case ExpressionContext::kStore:
      return bind(name, node);
    case ExpressionContext::kDel:
      if (text(name) == "__debug__") fail(node, "cannot delete __debug__");
      return use(name, kAssigned);
  }
}

void CompileRules::declare(NodeId node) {
  const bool is_global = tree_.kind(node) == NodeKind::kGlobal;
  const char* const what = is_global ? "global" : "nonlocal";
  if (!is_global && scope_->kind == ScopeKind::kModule) {
    return fail(node, "nonlocal declaration not allowed at module level");
  }
  for (const NameId name : tree_.list(tree_.get<syntax::Global>(node).names)) {
    const uint8_t flags = scope_->symbols[static_cast<uint32_t>(name)];
    const std::string_view word = text(name);
    if ((flags & kParameter) != 0) {
      fail(node, fmt::format("name '{}' is parameter and {}", word, what));
    } else if ((flags & kUsed) != 0) {
      fail(node, fmt::format("name '{}' is used prior to {} declaration", word, what));
    } else if ((flags & kAnnotated) != 0) {
      fail(node, fmt::format("annotated name '{}' can't be {}", word, what));
    } else if ((flags & kAssigned) != 0) {
      fail(node, fmt::format("name '{}' is assigned to before {} declaration", word, what));
    } else if ((flags & (is_global ? kDeclaredNonlocal : kDeclaredGlobal)) != 0) {
      fail(node, fmt::format("name '{}' is nonlocal and global", word));
    }
    use(name, is_global ? kDeclaredGlobal : kDeclaredNonlocal);
    if (!is_global) scope_->free_names.emplace_back(name, node);
  }
}

}  // namespace headwater::scan::parsing
