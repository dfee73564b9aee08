#include <algorithm>

#include "attribute/simulation/interpreter.h"

// Names: looking them up, binding and unbinding them.

namespace headwater::attribute {
namespace {

/// What a container is known to hold; nothing of any other object.
std::vector<Value> values_in(const Value& value) {
  if (value.is_sequence()) return value.sequence()->items;
  std::vector<Value> values;
  if (value.is(Tag::kDict)) {
    for (const Dictionary::Item& item : value.as<Dictionary>()->items) values.push_back(item.value);
  }
  return values;
}

}  // namespace

Value Interpreter::look_up(Frame& frame, Atom name) {
  Scope* const innermost = frame.scope;
  const bool is_global =
      std::ranges::find(innermost->global_names, name) != innermost->global_names.end();
  for (Scope* scope = innermost; scope != nullptr && !is_global; scope = scope->outer) {
    if (scope->kind == ScopeKind::kModule) break;
    if (scope != innermost && scope->kind == ScopeKind::kClass) continue;
    const Value local = scope->names->get(name);
    if (!local.is_absent()) return local;
  }
  const Value global = innermost->module->globals.get(name);
  if (!global.is_absent()) return global;
  const Value builtin = codes_.builtin(name);
  if (!builtin.is_absent()) return builtin;
  return missing_name(frame, name);
}

Value Interpreter::missing_name(Frame& frame, Atom name) {
  const Module& module = *frame.scope->module;
  if (may_have(module, name) || module.opacity != Opacity::kRun) {
    note_may_raise();
    return Value::unknown();
  }
  if (frame.scope->kind == ScopeKind::kClass &&
      (name == known_.module || name == known_.qualname || name == known_.annotations)) {
    return Value::library();
  }
  if (name == known_.class_) return Value::unknown();  // the cell that `super` uses
  return raise("NameError", ImportFailureKind::kNameError, kNoAtom, name, name);
}

void Interpreter::bind(NameSpace& space, Atom name, const Value& value) {
  NameSpace::Entry& entry = space.slot(name);
  const bool is_older = journal_ != nullptr && space.born < journal_->serial;
  if (is_older && entry.stamp != journal_->serial) {
    journal_->changes.push_back({&space, name, entry.value});
    entry.stamp = journal_->serial;
  }
  entry.value = value;
}

NameSpace& Interpreter::space_of(Frame& frame, Atom name) {
  Scope& scope = *frame.scope;
  if (std::ranges::find(scope.global_names, name) != scope.global_names.end()) {
    return scope.module->globals;
  }
  if (std::ranges::find(scope.nonlocal_names, name) != scope.nonlocal_names.end()) {
    for (Scope* outer = scope.outer; outer != nullptr; outer = outer->outer) {
      if (outer->kind == ScopeKind::kFunction && outer->names->has(name)) return *outer->names;
    }
  }
  return *scope.names;
}

void Interpreter::store(Frame& frame, Atom name, const Value& value) {
  bind(space_of(frame, name), name, value);
  if (name == known_.path && frame.scope->kind == ScopeKind::kModule) {
    frame.scope->module->path_open = true;
  }
}

bool Interpreter::assign(NodeId target, const Value& value, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  switch (tree.kind(target)) {
    case NodeKind::kName:
      store(frame, frame.code->atom(tree.get<syntax::Name>(target).id), value);
      return true;
    case NodeKind::kTuple:
    case NodeKind::kList:
      return assign_sequence(tree.get<syntax::List>(target).elts, value, frame);
    case NodeKind::kStarred:
      return assign(tree.get<syntax::Starred>(target).value, Value::unknown(), frame);
    case NodeKind::kAttribute: {
      const auto attribute = tree.get<syntax::Attribute>(target);
      const Value holder = evaluate(attribute.value, frame);
      if (holder.is_error()) return false;
      set_attribute(holder, frame.code->atom(attribute.attr), value);
      return true;
    }
    case NodeKind::kSubscript: {
      const auto subscript = tree.get<syntax::Subscript>(target);
      const Value holder = evaluate(subscript.value, frame);
      if (holder.is_error()) return false;
      const Value key = evaluate(subscript.slice, frame);
      return !key.is_error() && assign_item(holder, key, value, frame);
    }
    default:
      return true;
  }
}

bool Interpreter::assign_sequence(NodeList targets, const Value& value, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto list = tree.list(targets);
  std::vector<Value> items;
  bool known = items_of(value, items) && !value.is(Tag::kSet) && items.size() == list.size();
  for (const NodeId target : list) known &= tree.kind(target) != NodeKind::kStarred;
  if (!known) {
    note_may_raise();
    lose_sight_of_items(value);
  }
  for (size_t i = 0; i < list.size(); ++i) {
    if (!assign(list[i], known ? items[i] : Value::unknown(), frame)) return false;
  }
  return true;
}

bool Interpreter::assign_item(const Value& holder, const Value& key, const Value& value,
                              Frame& frame) {
  switch (holder.tag) {
    case Tag::kGlobals: {
      Module& module = *holder.module();
      if (key.is_string()) {
        bind(module.globals, key.atom(), value);
        module.path_open |= key.atom() == known_.path;
      } else {
        open_names(module);
      }
      return true;
    }
    case Tag::kFrameGlobals:
      if (key.is_string()) {
        note_in_callers(key.atom());
      } else {
        open_callers();
      }
      escape(value);
      return true;
    case Tag::kSysModules:
      if (key.is_string() && soft_ == 0) {
        modules_.set(key.atom(), value);
        if (value.is(Tag::kModule)) return true;
      }
      if (!key.is_string()) note_in_callers(kNoAtom);
      note_injection();
      return true;
    case Tag::kDict: {
      Dictionary& dictionary = *holder.as<Dictionary>();
      if (soft_ > 0 || !key.is_plain()) {
        dictionary.open = true;
        return true;
      }
      for (Dictionary::Item& item : dictionary.items) {
        if (item.key == key) {
          item.value = value;
          return true;
        }
      }
      dictionary.items.push_back({key, value});
      return true;
    }
    case Tag::kList:
      holder.sequence()->open = true;
      return true;
    case Tag::kSearchPath:
      note_path_change(holder, frame);
      return true;
    default:
      if (holder.is_unknown()) note_in_callers(key.is_string() ? key.atom() : kNoAtom);
      escape(value);
      return true;
  }
}

bool Interpreter::remove(NodeId target, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  switch (tree.kind(target)) {
    case NodeKind::kName: {
      const Atom name = frame.code->atom(tree.get<syntax::Name>(target).id);
      NameSpace& space = space_of(frame, name);
      if (space.has(name)) {
        bind(space, name, Value());
      } else if (missing_name(frame, name).is_error()) {
        return false;
      }
      return true;
    }
    case NodeKind::kTuple:
    case NodeKind::kList:
      for (const NodeId each : tree.list(tree.get<syntax::List>(target).elts)) {
        if (!remove(each, frame)) return false;
      }
      return true;
    case NodeKind::kAttribute: {
      const auto attribute = tree.get<syntax::Attribute>(target);
      const Value holder = evaluate(attribute.value, frame);
      if (holder.is_error()) return false;
      if (!holder.is(Tag::kModule)) return true;
      Module& module = *holder.module();
      const Atom name = frame.code->atom(attribute.attr);
      if (module.globals.has(name)) {
        bind(module.globals, name, Value());
      } else if (module.opacity == Opacity::kRun && !module.open) {
        return !absent_attribute(module, name).is_error();
      }
      return true;
    }
    case NodeKind::kSubscript: {
      const auto subscript = tree.get<syntax::Subscript>(target);
      const Value holder = evaluate(subscript.value, frame);
      if (holder.is_error()) return false;
      const Value key = evaluate(subscript.slice, frame);
      if (key.is_error()) return false;
      if (holder.is(Tag::kGlobals) && key.is_string() && holder.module()->globals.has(key.atom())) {
        bind(holder.module()->globals, key.atom(), Value());
      } else if (holder.is(Tag::kSysModules) && key.is_string() && soft_ == 0) {
        modules_.set(key.atom(), Value());
      } else {
        escape(holder);
        note_may_raise();
      }
      return true;
    }
    default:
      return true;
  }
}

void Interpreter::note_path_change(const Value& path, Frame& frame) {
  switch (static_cast<SearchPathUse>(path.number())) {
    case SearchPathUse::kOfAll:
      path_is_open_ = true;
      return;
    case SearchPathUse::kHooks:
      return note_injection();
    case SearchPathUse::kOfPackage:
      frame.scope->module->path_open = true;
      return;
  }
}

/// Code that is not followed binds names of the module, any of them. What is asked in conditions is
/// no longer known; that modules, classes and functions are replaced so has not been seen.
void Interpreter::open_names(Module& module) {
  module.open = true;
  std::vector<Atom> flags;
  for (const NameSpace::Entry& entry : module.globals.entries()) {
    const bool is_special = atoms_.text(entry.name).starts_with("__");
    if (entry.value.is_plain() && !is_special) flags.push_back(entry.name);
  }
  for (const Atom flag : flags) bind(module.globals, flag, Value::unknown());
}

Value Interpreter::either_of(const Value& a, const Value& b) {
  if (a == b && !a.is(Tag::kConstant)) return a;
  if (a.is(Tag::kLibrary) && b.is(Tag::kLibrary)) return a;
  lose_sight(a);
  lose_sight(b);
  return Value::unknown();
}

void Interpreter::lose_sight(const Value& value) {
  if (value.is_container() || value.is(Tag::kFrameGlobals)) escape(value);
}

void Interpreter::lose_sight_of_items(const Value& container) {
  for (const Value& item : values_in(container)) lose_sight(item);
}

void Interpreter::escape(const Value& value, uint32_t depth) {
  constexpr uint32_t kDeepest = 3;
  if (depth > kDeepest) return;
  if (value.is(Tag::kList) || value.is(Tag::kSet)) {
    value.sequence()->open = true;
  } else if (value.is(Tag::kDict)) {
    value.as<Dictionary>()->open = true;
  } else if (value.is(Tag::kGlobals)) {
    open_names(*value.module());
  } else if (value.is(Tag::kFrameGlobals)) {
    open_callers();
  } else if (value.is(Tag::kFunction)) {
    value.as<Function>()->open = true;
    escape_changed_by(*value.as<Function>(), depth);
  } else if (value.is(Tag::kClass)) {
    value.as<Class>()->open = true;
    escape_held_by(value.as<Class>()->attributes, depth);
  } else if (value.is(Tag::kInstance)) {
    value.as<Instance>()->may_be_rebound = true;
    escape_held_by(value.as<Instance>()->attributes, depth);
    escape_held_by(value.as<Instance>()->type->attributes, depth);
  } else if (value.is(Tag::kBoundMethod)) {
    escape(value.as<BoundMethod>()->self, depth + 1);
    escape_changed_by(*value.as<BoundMethod>()->function, depth);
  }
  for (const Value& item : values_in(value)) escape(item, depth + 1);
}

void Interpreter::escape_held_by(const NameSpace& names, uint32_t depth) {
  for (const NameSpace::Entry& entry : names.entries()) {
    if (entry.value.is_container() || entry.value.is(Tag::kFunction))
      escape(entry.value, depth + 1);
  }
}

/// A function that is not followed may run: the globals and containers that its own text changes
/// are no longer known. What it changes by `nonlocal`, or through others, is taken as it was.
void Interpreter::escape_changed_by(const Function& function, uint32_t depth) {
  const OuterChanges<Atom>& changes = codes_.outer_changes(*function.code, function.node);
  if (changes.reaches_modules && !function.module->is_library()) {
    function.module->open = true;
    open_callers();
  }
  for (const Atom name : changes.globals) {
    NameSpace& globals = function.module->globals;
    const Value before = globals.get(name);
    bind(globals, name, Value::unknown());  // first: it may hold this very function
    if (before.is_container()) escape(before, depth + 1);
  }
  for (const Atom name : changes.containers) {
    Value value;
    for (const Scope* scope = function.outer; scope != nullptr && value.is_absent();
         scope = scope->outer) {
      if (scope->kind == ScopeKind::kFunction) value = scope->names->get(name);
    }
    if (value.is_absent()) value = function.module->globals.get(name);
    if (value.is_container()) escape(value, depth + 1);
  }
}

}  // namespace headwater::attribute
