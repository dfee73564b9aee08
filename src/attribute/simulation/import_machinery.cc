#include <string>

#include "attribute/simulation/interpreter.h"
#include "attribute/simulation/names.h"

// Lib/importlib/_bootstrap.py's _find_and_load and what calls it. The rule numbers are those of
// tests/oracle/README.md.

namespace headwater::attribute {
namespace {

/// What C extensions of the standard library import when they are loaded: a shadowed copy breaks
/// them.
struct ExtensionNeed {
  std::string_view extension, module, name;
};
constexpr ExtensionNeed kExtensionNeeds[] = {
    {"_elementtree", "copy", "deepcopy"},
    {"_elementtree", "xml.etree.ElementPath", ""},
    {"_decimal", "numbers", "Number"},
    {"_decimal", "collections", "namedtuple"},
    {"_decimal", "collections.abc", "MutableMapping"},
    {"_pickle", "copyreg", "dispatch_table"},
    {"_pickle", "functools", "partial"},
    {"_pickle", "codecs", "encode"},
    {"_asyncio", "asyncio.events", "get_event_loop_policy"},
    {"_asyncio", "inspect", ""},
    {"_asyncio", "traceback", "extract_stack"},
};

}  // namespace

Value Interpreter::missing_module(Atom name) {
  return raise("ModuleNotFoundError", ImportFailureKind::kMissingModule, name, kNoAtom, name);
}

Value Interpreter::load(Atom name) {
  if (const Value known = modules_.get(name); !known.is_absent()) {
    note_use(known);
    return known;
  }
  const std::string_view dotted = atoms_.text(name);
  if (source_.is_startup(dotted)) {
    // In sys.modules before the first import: never searched, never run (rule 2).
    const FoundModule* found = find_statically(dotted);
    const Value module = found ? Value(Tag::kModule, create(name, *found)) : Value::library();
    modules_.set(name, module);
    return module;
  }
  Atom parent = kNoAtom;
  Value holder;
  if (const std::string_view above = parent_of(dotted); !above.empty()) {
    parent = atoms_.intern(above);
    holder = load(parent);
    if (holder.is_error()) return holder;
    // Rule 7: the parent may have imported it.
    if (const Value known = modules_.get(name); !known.is_absent()) return known;
  }
  bool unknown = false;
  const FoundModule* found = find(name, parent, holder, &unknown);
  if (pending_ != nullptr) return Value::error();
  if (found == nullptr) {
    if (unknown && (path_is_open_ || source_.is_lost(dotted))) note_may_raise_import();
    const Value module = unknown ? Value::unknown() : missing_module(name);
    if (!module.is_error()) modules_.set(name, module);
    return module;
  }
  return load_new(name, *found, parent);
}

const FoundModule* Interpreter::find_statically(std::string_view dotted) const {
  const FoundModule* found = source_.find_top(dotted.substr(0, dotted.find('.')));
  for (size_t dot = dotted.find('.'); found != nullptr && dot != std::string_view::npos;) {
    const size_t begin = dot + 1;
    dot = dotted.find('.', begin);
    found = source_.find_in(*found, dotted.substr(begin, dot == dotted.npos ? dot : dot - begin));
  }
  return found;
}

const FoundModule* Interpreter::find(Atom name, Atom parent, const Value& holder, bool* unknown) {
  const std::string_view dotted = atoms_.text(name);
  if (parent == kNoAtom) {
    const FoundModule* found = source_.find_top(dotted);
    const bool may_be_hidden = found != nullptr && found->origin == ModuleOrigin::kFirstParty &&
                               source_.library_is_shadowed();
    if (may_be_hidden && source_.may_be_loaded_at_start(dotted)) {
      *unknown = true;
      note_may_raise_import();
      return nullptr;
    }
    *unknown = found == nullptr && (path_is_open_ || injects_modules(name));
    return found;
  }
  if (!holder.is(Tag::kModule)) {
    // Something else stands in sys.modules for the parent; the finder may still know the file.
    const FoundModule* found = find_statically(dotted);
    *unknown = found == nullptr;
    return found;
  }
  Module& module = *holder.module();
  if (!module.is_package) return find_without_path(name, module, unknown);
  if (module.found->is_nested_namespace()) {
    // _NamespacePath looks its parent up in sys.modules (rule 6).
    const std::string_view above = parent_of(atoms_.text(parent));
    if (!above.empty() && !modules_.has(atoms_.intern(above))) {
      raise("KeyError");
      return nullptr;
    }
  }
  const FoundModule* found = source_.find_in(*module.found, last_of(dotted));
  *unknown = found == nullptr && (module.path_open || injects_modules(name));
  return found;
}

const FoundModule* Interpreter::find_without_path(Atom name, Module& holder, bool* unknown) {
  const bool is_foreign_extension = holder.opacity == Opacity::kClosed && !holder.is_library();
  if (is_foreign_extension || holder.path_open || holder.globals.has(known_.path) ||
      injects_modules(name)) {
    *unknown = true;
    return nullptr;
  }
  bool presence_unknown = false;
  if (!holder.globals.get(known_.getattr).is_absent() || holder.open) {
    const Value path = attribute(Value(Tag::kModule, &holder), known_.path, &presence_unknown);
    if (path.is_error()) {
      if (!pending_is("AttributeError")) return nullptr;
      take_pending();
    } else if (path.is_unknown() || presence_unknown) {
      *unknown = true;
      return nullptr;
    } else if (path.is_plain() && !path.is_string()) {
      raise("TypeError");  // a `__getattr__` that answers everything
      return nullptr;
    }
  }
  return source_.find_in(*holder.found, last_of(atoms_.text(name)));
}

bool Interpreter::injects_modules(Atom name) const {
  if (injecting_.empty()) return false;
  return injecting_.contains(atoms_.intern(top_of(atoms_.text(name))));
}

void Interpreter::note_injection() {
  injecting_.insert(atoms_.intern(top_of(atoms_.text(frame_->scope->module->name))));
}

Value Interpreter::load_new(Atom name, const FoundModule& found, Atom parent) {
  Module* const module = create(name, found);
  modules_.set(name, Value(Tag::kModule, module));
  module->initializing = true;
  loads_.push_back({module, found.may_fail});
  const bool done = run_module(*module);
  const Load load = loads_.back();
  loads_.pop_back();
  module->initializing = false;
  if (!done) {
    modules_.set(name, Value());  // only this module is removed (rule 8)
    if (pending_ != nullptr) add_frames(*pending_);
    return Value::error();
  }
  module->uncertain = load.uncertain;
  const Value result = modules_.get(name);  // it may have replaced itself
  if (result.is_absent()) return Value::unknown();
  note_use(Value(Tag::kModule, module));
  if (parent != kNoAtom) {
    const Value holder = modules_.get(parent);
    if (holder.is_absent()) return raise("KeyError");
    // Rule 9: only now, and whatever stands there.
    if (holder.is(Tag::kModule)) {
      holder.module()->globals.set(atoms_.intern(last_of(atoms_.text(name))), result);
    }
  }
  return result;
}

void Interpreter::note_use(const Value& module) {
  if (module.is(Tag::kModule) && module.module()->uncertain) note_may_raise_import();
}

void Interpreter::note_may_raise_import() {
  loads_.back().uncertain = true;
  if (guarded_ != nullptr) guarded_->may_raise_import = true;
}

Module* Interpreter::create(Atom name, const FoundModule& found) {
  Module* const module = heap_.module();
  module->name = name;
  module->found = &found;
  module->is_package = found.is_package;
  module->package = found.is_package ? name : atoms_.intern(parent_of(atoms_.text(name)));
  const bool has_text = found.file.ends_with(".py");
  if (found.kind == ModuleKind::kNamespacePackage) {
    module->opacity = Opacity::kRun;
  } else if (!has_text || found.is_closed) {
    module->opacity = Opacity::kClosed;
  } else if (found.origin == ModuleOrigin::kStandardLibrary &&
             (!source_.library_is_shadowed() || source_.is_startup(atoms_.text(name)))) {
    module->opacity = Opacity::kLibrary;
  }
  NameSpace& globals = module->globals;
  globals.set(known_.name, Value::string(name));
  globals.set(known_.package, Value::string(module->package));
  for (const Atom each : {known_.spec, known_.doc, known_.loader, known_.builtins}) {
    globals.set(each, Value::library());
  }
  globals.set(known_.dict, Value(Tag::kGlobals, module));
  if (!found.file.empty()) {
    globals.set(known_.file, Value::library());
    globals.set(known_.cached, Value::library());
  } else if (found.kind == ModuleKind::kNamespacePackage) {
    globals.set(known_.file, Value::none());  // _init_module_attrs of importlib._bootstrap
  }
  if (found.is_package) globals.set(known_.path, search_path(SearchPathUse::kOfPackage));
  return module;
}

bool Interpreter::load_needs_of_extension(std::string_view name) {
  for (const ExtensionNeed& need : kExtensionNeeds) {
    if (need.extension != name) continue;
    const Value module = load(atoms_.intern(need.module));
    if (module.is_error()) return false;
    if (!need.name.empty() && attribute(module, atoms_.intern(need.name)).is_error()) return false;
  }
  return true;
}

bool Interpreter::run_module(Module& module) {
  if (module.opacity == Opacity::kClosed && module.is_library() && source_.library_is_shadowed() &&
      !load_needs_of_extension(atoms_.text(module.name))) {
    return false;
  }
  if (module.found->file.empty() || module.opacity != Opacity::kRun) return true;
  const Code& code = codes_.get(*module.found);
  if (!code.parsed->was_read) {
    module.opacity = Opacity::kClosed;
    return true;
  }
  if (code.parsed->error_line != 0) {
    Error* const error = new_error(exception_class("SyntaxError"));
    error->kind = ImportFailureKind::kSyntaxError;
    error->at = {code.file_number, code.parsed->error_line};
    if (!is_repaired(*error)) {
      pending_ = error;
      return false;
    }
    module.opacity = Opacity::kClosed;
    return true;
  }
  module.code = &code;
  return run_body(module);
}

bool Interpreter::run_body(Module& module) {
  if (stack_is_short()) {
    module.open = true;
    loads_.back().uncertain = true;
    return true;
  }
  if (module.code->has_annotations) module.globals.set(known_.annotations, Value::library());
  Scope* const scope = heap_.scope();
  scope->module = &module;
  scope->names = &module.globals;
  Frame frame{scope, module.code, frame_, 0, true, false, {}};
  // What follows is a world of its own: whether its import may not have run is not its matter.
  const auto soft = std::exchange(soft_, 0);
  const auto journal = std::exchange(journal_, nullptr);
  const auto guarded = std::exchange(guarded_, nullptr);
  const auto steps = std::exchange(steps_, 0);
  const auto handling = std::exchange(handling_base_, handling_.size());
  const auto calls = std::exchange(calls_, 0);
  frame_ = &frame;
  const SyntaxTree& tree = *module.code->tree;
  const Flow flow = block(tree.get<syntax::Module>(tree.root()).body, frame);
  frame_ = frame.below;
  soft_ = soft;
  journal_ = journal;
  guarded_ = guarded;
  steps_ = steps;
  calls_ = calls;
  handling_base_ = handling;
  return flow.kind != Flow::kRaise;
}

Atom Interpreter::absolute_name(Atom name, uint32_t level, const Module& module, bool* failed) {
  if (level == 0) return name;
  std::string_view package = atoms_.text(module.package);
  bool inside = !package.empty();
  for (uint32_t dots = 1; inside && dots < level; ++dots) {
    package = parent_of(package);
    inside = !package.empty();
  }
  if (!inside) {
    *failed = true;
    return kNoAtom;
  }
  if (name == kNoAtom || name == known_.empty) return atoms_.intern(package);
  return atoms_.dotted(atoms_.intern(package), name);
}

Value Interpreter::import_name(Atom name, uint32_t level, std::span<const Atom> from_list,
                               Module& module) {
  bool failed = false;
  const Atom full = absolute_name(name, level, module, &failed);
  if (failed) return raise("ImportError", ImportFailureKind::kRelativeImport);
  const Value loaded = load(full);
  if (loaded.is_error()) return loaded;
  if (from_list.empty()) {
    const std::string_view top = top_of(atoms_.text(name));
    // Rule 11: the first part is taken anew, which runs it again if it was evicted.
    return top.size() < atoms_.text(name).size() ? load(atoms_.intern(top)) : loaded;
  }
  if (loaded.is(Tag::kModule)) {
    Module& target = *loaded.module();
    bool is_package = target.is_package;
    if (!is_package && !target.globals.get(known_.getattr).is_absent()) {
      bool has_failed = false;
      is_package = has(loaded, known_.path, &has_failed) == Truth::kTrue;
      if (has_failed) return Value::error();
    }
    if (is_package && !handle_from_list(loaded, from_list, false)) return Value::error();
  }
  return loaded;
}

bool Interpreter::handle_from_list(const Value& value, std::span<const Atom> names, bool nested) {
  for (const Atom name : names) {
    if (name == known_.star) {
      if (!nested && !handle_star_list(value)) return false;
      continue;
    }
    bool failed = false;
    const Truth present = has(value, name, &failed);
    if (failed) return false;
    const Module& module = *value.module();
    const Atom full = atoms_.dotted(module.name, name);
    // Tables of a package's names have its submodules, too, whoever has loaded them.
    const bool is_there = !module.is_library() || !decides_imports(atoms_.text(full));
    if (present == Truth::kTrue && is_there) continue;
    // Where the attribute may be there, a submodule is what is meant most likely.
    const auto is_submodule = [&] {
      return !module.found->is_unseen && source_.find_in(*module.found, atoms_.text(name));
    };
    if (present == Truth::kUnknown && !modules_.has(full) && !is_submodule()) {
      if (source_.is_lost(atoms_.text(full))) note_may_raise_import();
      continue;
    }
    if (!load(full).is_error()) continue;
    if (pending_is("ModuleNotFoundError") && pending_->name == full) {
      take_pending();
      continue;
    }
    return false;
  }
  return true;
}

bool Interpreter::handle_star_list(const Value& value) {
  bool failed = false;
  const Truth present = has(value, known_.all, &failed);
  if (failed) return false;
  if (present != Truth::kTrue) return true;
  const Value listed = attribute(value, known_.all);
  if (listed.is_error()) return false;
  if (!listed.is(Tag::kList) && !listed.is(Tag::kTuple)) return true;
  std::vector<Atom> names;
  for (const Value& item : listed.sequence()->items) {
    if (item.is_string()) names.push_back(item.atom());
  }
  return handle_from_list(value, names, true);
}

/// Who serves names of `module` that no statement binds is mostly not followed, and what is loaded
/// for them may fail. `value`: what stands for the module.
void Interpreter::load_on_demand(const Value& value, Atom module, Atom name) {
  if (value.is(Tag::kModule) &&
      (value.module()->is_library() || value.module()->globals.has(name))) {
    return;
  }
  const FoundModule* const found = find_statically(atoms_.text(module));
  if (found == nullptr || found->is_unseen || found->is_closed) return;
  for (const std::string& dotted : source_.loaded_on_demand(*found, atoms_.text(name))) {
    if (find_statically(dotted) == nullptr) continue;
    softly([&] { return load(atoms_.intern(dotted)).is_error() ? Flow{Flow::kRaise} : Flow{}; });
  }
}

Value Interpreter::import_from(const Value& value, Atom name) {
  bool presence_unknown = false;
  const Value found = attribute(value, name, &presence_unknown);
  if (presence_unknown && value.is(Tag::kModule)) {
    // It may be absent; then the submodule that was loaded is what CPython falls back to.
    const Value sub = modules_.get(atoms_.dotted(value.module()->name, name));
    if (!sub.is_absent()) return sub;
    if (guarded_ != nullptr && value.module()->opacity == Opacity::kRun) {
      guarded_->may_raise_import = true;
    }
  }
  if (!found.is_error() || !pending_is("AttributeError")) return found;
  take_pending();
  if (!value.is(Tag::kModule)) {
    // IMPORT_FROM takes the `__name__` of whatever it is for that of a module.
    Atom called = name_of_object(value);
    if (called != kNoAtom) {
      const Value sub = modules_.get(atoms_.dotted(called, name));
      if (!sub.is_absent()) return sub;
    } else {
      called = atoms_.intern(value.is(Tag::kFunction) ? "<lambda>" : "<unknown module name>");
    }
    return raise("ImportError", ImportFailureKind::kMissingSymbol, called, name);
  }
  const Module& module = *value.module();
  const Value sub = modules_.get(atoms_.dotted(module.name, name));
  if (!sub.is_absent()) return sub;
  return raise(
      "ImportError",
      module.initializing ? ImportFailureKind::kPartialImport : ImportFailureKind::kMissingSymbol,
      module.name, name, module.name);
}

}  // namespace headwater::attribute
