#include "attribute/simulation/interpreter.h"

// `from m import *` (rule 15).

namespace headwater::attribute {

bool Interpreter::import_star(const Value& value, Frame& frame) {
  Module& into = *frame.scope->module;
  if (!value.is(Tag::kModule)) {
    into.open = true;
    return true;
  }
  Module& module = *value.module();
  if (module.opacity == Opacity::kRun) return import_star_of_module(module, frame);
  if (module.opacity == Opacity::kClosed && !module.is_library()) {
    into.open = true;
    return true;
  }
  const OpaqueNames& names = source_.opaque_names(*module.found);
  for (const std::string& name : names.exports) {
    const Atom atom = atoms_.intern(name);
    const Value known = library_value(module, atom);
    store(frame, atom, known.is_absent() ? Value::library() : known);
  }
  into.open |= names.has_hidden_exports;
  return true;
}

/// A name is bound to what it is now; nothing tells later on that there is more. `may_lack`: an
/// `__all__` that is not known may leave some out, and list others that it makes up; what begins
/// with an underscore is taken not to be in it.
void Interpreter::store_public_names(const Module& module, bool may_lack, Frame& frame) {
  Module& into = *frame.scope->module;
  into.open |= may_lack;
  const std::vector<NameSpace::Entry> entries = module.globals.entries();
  for (const NameSpace::Entry& entry : entries) {
    const std::string_view name = atoms_.text(entry.name);
    if (entry.value.is_absent() || name.starts_with('_')) continue;
    Value before = may_lack ? into.globals.get(entry.name) : Value();
    if (may_lack && before.is_absent()) {
      before = builtin_name(name, source_.version(), source_.platform());
    }
    store(frame, entry.name, before.is_absent() ? entry.value : either_of(before, entry.value));
  }
}

bool Interpreter::import_star_of_module(Module& module, Frame& frame) {
  Module& into = *frame.scope->module;
  bool failed = false;
  const Truth has_list = has(Value(Tag::kModule, &module), known_.all, &failed);
  if (failed) return false;
  Value listed;
  if (has_list == Truth::kTrue) {
    listed = attribute(Value(Tag::kModule, &module), known_.all);
    if (listed.is_error()) return false;
  } else if (has_list == Truth::kUnknown) {
    listed = Value::unknown();
  }
  if (listed.is(Tag::kList) || listed.is(Tag::kTuple)) {
    const std::vector<Value> items = listed.sequence()->items;
    for (const Value& item : items) {
      if (!item.is_string()) {
        into.open = true;  // a name that is not known
        continue;
      }
      // What a list held that was changed since may not be asked for any more.
      if (listed.sequence()->open) {
        const Truth is_there = has(Value(Tag::kModule, &module), item.atom(), &failed);
        if (failed) return false;
        if (is_there == Truth::kFalse) continue;
      }
      const Value value = attribute(Value(Tag::kModule, &module), item.atom());
      if (value.is_error()) return false;
      store(frame, item.atom(), value);
    }
    if (listed.sequence()->open) store_public_names(module, true, frame);
    return true;
  }
  if (listed.is_plain() && !listed.is_string()) {
    return !raise("TypeError").is_error();  // a `__getattr__` that answers everything
  }
  into.open |= module.open;
  into.may_have.insert(into.may_have.end(), module.may_have.begin(), module.may_have.end());
  store_public_names(module, !listed.is_absent(), frame);
  into.star_sources.push_back(&module);
  return true;
}

}  // namespace headwater::attribute
