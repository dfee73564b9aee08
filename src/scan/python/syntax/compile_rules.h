#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/syntax_tree.h"
#include "scan/python/syntax/token.h"

namespace headwater::scan::parsing {

/// What the symbol table and the compiler of CPython refuse although the grammar takes it
/// (Python/symtable.c, Python/compile.c, Python/future.c). Walks a whole tree once; errors come in
/// source order per phase.
class CompileRules {
 public:
  /// `has_declarations`: there is a `global` or `nonlocal`, so uses of names must be followed.
  CompileRules(const SyntaxTree& tree, bool has_declarations)
      : tree_(tree), follows_names_(has_declarations) {}

  std::vector<Fault> run();

 private:
  enum class ScopeKind : uint8_t { kModule, kClass, kFunction, kLambda, kComprehension, kTypes };
  struct Scope {
    explicit Scope(ScopeKind scope_kind) : kind(scope_kind) {}
    ScopeKind kind;
    bool is_async = false;        // of a function
    bool is_generator = false;    // it has a yield
    bool has_async_part = false;  // of a comprehension
    bool comprehension_is_generator = false;
    uint32_t loops = 0;
    bool in_except_star = false;
    uint32_t blocks = 0;  // of a module: statements around this one
    NodeId valued_return = kNoNode;
    std::unordered_map<uint32_t, uint8_t> symbols;
    std::vector<std::pair<NameId, NodeId>> free_names;  // `nonlocal` of this and inner scopes
    std::vector<NameId> iteration_names;                // of a comprehension
    Scope* outer = nullptr;
  };

  // compile_rules.cc
  void body(NodeList statements);
  void statement(NodeId node);
  void future_import(NodeId node);
  void imports(NodeId node);
  void function(NodeId node, bool is_async);
  void class_(NodeId node);
  void type_alias(NodeId node);
  void loop_body(NodeList statements);
  void for_(NodeId node, bool is_async);
  void with(NodeId node, bool is_async);
  void try_(NodeId node, bool is_star);
  void return_(NodeId node);
  void jump(NodeId node, bool is_break);
  void no_lone_star(NodeId value);
  void check_targets(NodeId target, bool nested);
  void parameters(NodeId args);
  void type_params(NodeList params);
  void repeated_keywords(NodeList keywords);
  static NameId repeated(const std::vector<NameId>& names);

  // expression_rules.cc
  void expression(NodeId node);
  void children(NodeId node);
  void list(NodeList nodes);
  void lambda(NodeId node);
  void comprehension(NodeId node, NodeList generators);
  void await(NodeId node, const char* outside_function, const char* outside_async);
  void yield(NodeId node);
  void walrus(NodeId node);
  void iteration_names(NodeId target, std::vector<NameId>& names) const;
  void pattern_rules(NodeId match);
  void pattern(NodeId node, std::vector<NameId>& bound, bool may_take_all);
  void captured(NodeId node, NameId name, std::vector<NameId>& bound);

  // scope_rules.cc
  void enter(Scope& scope);
  void leave();
  void use(NameId name, uint8_t flag);
  void declare(NodeId node);
  void bind(NameId name, NodeId node);
  void target_name(NodeId node);
  const Scope* function_scope() const;

  void fail(NodeId node, std::string message);
  std::string_view text(NameId name) const { return tree_.name(name); }

  const SyntaxTree& tree_;
  std::vector<Fault> faults_;
  Scope* scope_ = nullptr;
  bool futures_allowed_ = true;
  uint32_t in_comprehension_iter_ = 0;
  bool follows_names_;
  std::vector<NameId> names_;  // of the call or function at hand
};

/// Uses of a name in one scope, as a bit set.
inline constexpr uint8_t kUsed = 1;
inline constexpr uint8_t kAssigned = 2;
inline constexpr uint8_t kAnnotated = 4;
inline constexpr uint8_t kParameter = 8;
inline constexpr uint8_t kDeclaredGlobal = 16;
inline constexpr uint8_t kDeclaredNonlocal = 32;

}  // namespace headwater::scan::parsing
