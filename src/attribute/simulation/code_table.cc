#include "attribute/simulation/code_table.h"

#include <algorithm>

#include "attribute/simulation/builtins.h"
#include "attribute/simulation/node_children.h"

namespace headwater::attribute {
namespace {

/// Whether a block at module level annotates a name: the compiler then sets `__annotations__` up.
bool annotates(const SyntaxTree& tree, NodeId statement) {
  const NodeKind kind = tree.kind(statement);
  if (kind == NodeKind::kAnnAssign) return true;
  switch (kind) {
    case NodeKind::kIf:
    case NodeKind::kFor:
    case NodeKind::kAsyncFor:
    case NodeKind::kWhile:
    case NodeKind::kWith:
    case NodeKind::kAsyncWith:
    case NodeKind::kTry:
    case NodeKind::kTryStar:
    case NodeKind::kExceptHandler:
    case NodeKind::kMatch:
    case NodeKind::kMatchCase: {
      std::vector<NodeId> children;
      append_children(tree, statement, children);
      for (const NodeId child : children) {
        if (annotates(tree, child)) return true;
      }
      return false;
    }
    default:
      return false;
  }
}

bool postpones_annotations(const SyntaxTree& tree, NodeId statement) {
  if (tree.kind(statement) != NodeKind::kImportFrom) return false;
  const auto import = tree.get<syntax::ImportFrom>(statement);
  if (tree.name(import.module) != "__future__" || import.level != 0) return false;
  for (const NodeId alias : tree.list(import.names)) {
    if (tree.name(tree.get<syntax::Alias>(alias).name) == "annotations") return true;
  }
  return false;
}

}  // namespace

const Code& CodeTable::get(const FoundModule& module) {
  decltype(codes_)::const_accessor known;
  if (codes_.find(known, module.file)) {
    if (known->second->module != module.name) note_name(*known->second, module.name);
    return *known->second;
  }
  decltype(codes_)::accessor made;
  if (!codes_.insert(made, module.file)) {
    if (made->second->module != module.name) note_name(*made->second, module.name);
    return *made->second;
  }
  auto code = std::make_unique<Code>();
  code->parsed = &source_.parse(module);
  code->tree = &code->parsed->tree;
  code->file = module.file;
  code->module = module.name;
  code->is_package = module.is_package;
  {
    const std::lock_guard lock(numbers_mutex_);
    code->file_number = static_cast<uint32_t>(by_number_.size());
    by_number_.push_back(code.get());
  }
  const SyntaxTree& tree = *code->tree;
  if (code->parsed->was_read && code->parsed->error_line == 0) {
    code->atoms.reserve(tree.names().size());
    for (uint32_t i = 0; i < tree.names().size(); ++i) {
      code->atoms.push_back(atoms_.intern(tree.names()[NameId{i}]));
    }
    for (const NodeId statement : tree.list(tree.get<syntax::Module>(tree.root()).body)) {
      code->has_annotations |= annotates(tree, statement);
      code->has_postponed_annotations |= postpones_annotations(tree, statement);
    }
  }
  made->second = std::move(code);
  return *made->second;
}

void CodeTable::note_name(const Code& code, const std::string& name) {
  const std::lock_guard lock(numbers_mutex_);
  const auto [known, is_new] = other_names_.try_emplace(code.file_number, name);
  if (!is_new && name < known->second) known->second = name;
}

void CodeTable::settle_names() {
  for (const auto& [number, name] : other_names_) {
    std::string& module = by_number_[number]->module;
    if (name < module) module = name;
  }
}

const Code& CodeTable::code(uint32_t number) const {
  const std::lock_guard lock(numbers_mutex_);
  return *by_number_[number];
}

Value CodeTable::builtin(Atom name) {
  const auto known = builtins_.find(name);
  if (known != builtins_.end()) return known->second;
  const Value value = builtin_name(atoms_.text(name), source_.version(), source_.platform());
  return builtins_.emplace(name, value).first->second;
}

bool CodeTable::is_generator(const Code& code, NodeId function) {
  const Key key{&code, function};
  decltype(generators_)::const_accessor known;
  if (generators_.find(known, key)) return known->second;
  const bool answer = attribute::is_generator(*code.tree, function);
  generators_.insert({key, answer});
  return answer;
}

const OuterChanges<Atom>& CodeTable::outer_changes(const Code& code, NodeId function) {
  const Key key{&code, function};
  decltype(outer_changes_)::const_accessor known;
  if (outer_changes_.find(known, key)) return known->second;
  const OuterChanges<NameId> names = attribute::outer_changes(*code.tree, function);
  OuterChanges<Atom> atoms;
  atoms.reaches_modules = names.reaches_modules;
  for (const NameId name : names.containers) atoms.containers.push_back(code.atom(name));
  for (const NameId name : names.globals) atoms.globals.push_back(code.atom(name));
  outer_changes_.insert(known, {key, std::move(atoms)});
  return known->second;
}

bool CodeTable::returns_nothing(const Code& code, NodeId function) {
  const SyntaxTree& tree = *code.tree;
  if (tree.kind(function) != NodeKind::kFunctionDef) return false;
  std::vector<NodeId> open;
  append_children(tree, function, open);
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    const NodeKind kind = tree.kind(node);
    if (kind == NodeKind::kReturn) {
      const NodeId value = tree.get<syntax::Return>(node).value;
      const bool is_constant = value != kNoNode && tree.kind(value) == NodeKind::kConstant;
      const bool is_falsy = is_constant && (tree.constant_kind(value) == ConstantKind::kNone ||
                                            tree.constant_kind(value) == ConstantKind::kFalse);
      if (value != kNoNode && !is_falsy) return false;
    }
    if (kind != NodeKind::kFunctionDef && kind != NodeKind::kAsyncFunctionDef &&
        kind != NodeKind::kLambda && kind != NodeKind::kClassDef) {
      append_children(tree, node, open);
    }
  }
  return true;
}

namespace {

bool imports_name(const SyntaxTree& tree, NodeId statement, std::string_view name) {
  if (tree.kind(statement) != NodeKind::kImportFrom) return false;
  return std::ranges::any_of(tree.list(tree.get<syntax::ImportFrom>(statement).names),
                             [&](NodeId alias) {
                               const auto bound = tree.get<syntax::Alias>(alias);
                               return tree.name(bound.name) == name && bound.asname == kNoName;
                             });
}

bool sets_computed_name(const SyntaxTree& tree, NodeId node, std::string_view holder) {
  if (tree.kind(node) != NodeKind::kCall) return false;
  const auto call = tree.get<syntax::Call>(node);
  const auto is_name = [&](NodeId each, std::string_view name) {
    return tree.kind(each) == NodeKind::kName && tree.name(tree.get<syntax::Name>(each).id) == name;
  };
  const auto arguments = tree.list(call.args);
  return arguments.size() == 3 && is_name(call.func, "setattr") && is_name(arguments[0], holder) &&
         tree.kind(arguments[1]) != NodeKind::kConstant;
}

/// `getattr(builtins, "exec")`: whatever that is called then, it may bind any name.
bool names_exec(const SyntaxTree& tree, NodeId node) {
  return tree.kind(node) == NodeKind::kConstant &&
         tree.constant_kind(node) == ConstantKind::kString && tree.constant_text(node) == "exec";
}

}  // namespace

bool CodeTable::sets_own_names(const Code& code, std::string_view last) {
  const SyntaxTree& tree = *code.tree;
  const Key key{&code, tree.root()};
  decltype(fill_themselves_)::const_accessor known;
  if (fill_themselves_.find(known, key)) return known->second;
  bool imports = false, sets = false, executes = false;
  std::vector<NodeId> open{tree.root()};
  while (!open.empty() && !executes && !(imports && sets)) {
    const NodeId node = open.back();
    open.pop_back();
    imports |= imports_name(tree, node, last);
    sets |= sets_computed_name(tree, node, last);
    executes |= names_exec(tree, node);
    append_children(tree, node, open);
  }
  const bool answer = executes || (imports && sets);
  fill_themselves_.insert({key, answer});
  return answer;
}

}  // namespace headwater::attribute
