#include <algorithm>

#include "attribute/simulation/interpreter.h"
#include "attribute/simulation/names.h"

// Attribute access on what is known (rules 17, 18, 28).

namespace headwater::attribute {

Value Interpreter::attribute(const Value& value, Atom name, bool* presence_unknown) {
  bool ignored = false;
  if (presence_unknown == nullptr) presence_unknown = &ignored;
  switch (value.tag) {
    case Tag::kModule:
      return module_attribute(*value.module(), name, presence_unknown);
    case Tag::kClass:
      return class_attribute(*value.as<Class>(), name, presence_unknown);
    case Tag::kInstance:
      return instance_attribute(value, name, presence_unknown);
    case Tag::kNone:
    case Tag::kBool:
    case Tag::kInt:
    case Tag::kString:
    case Tag::kTuple:
    case Tag::kList:
    case Tag::kSet:
    case Tag::kDict:
    case Tag::kGlobals:
    case Tag::kFrameGlobals:
    case Tag::kSysModules:
    case Tag::kSearchPath:
    case Tag::kEnvironment:
      return plain_attribute(value, name);
    case Tag::kFunction:
      if (name == known_.globals) return Value(Tag::kGlobals, value.as<Function>()->module);
      if (!value.as<Function>()->open && !atoms_.text(name).starts_with("__")) {
        return raise("AttributeError");
      }
      // By `__func__`, `__call__`, `__get__` or `__wrapped__` it may be called out of sight.
      if (name != known_.name && name != known_.doc && name != known_.module) escape(value);
      break;
    case Tag::kUnknown:
      note_may_raise();
      break;
    default:
      break;
  }
  *presence_unknown = true;
  if (name == known_.getmodule) show_callers();
  if (name == known_.f_globals || name == known_.f_locals) {
    show_callers();
    return Value(Tag::kFrameGlobals);
  }
  return value.is(Tag::kLibrary) ? Value::library() : Value::unknown();
}

/// Of the modules that a frame's globals may be of: whoever has been called since the module that
/// is being imported began to run. Beyond it are the frames of importlib, and whoever wants to set
/// a name there has been called by name. The standard library only reads them.
void Interpreter::for_callers(const std::function<void(Module&)>& visit) {
  if (frame_->scope->module->is_library()) return;
  for (const Frame* frame = frame_; frame != nullptr; frame = frame->below) {
    visit(*frame->scope->module);
    if (frame->is_module) return;
  }
}

/// Some code has a module in hand of which it is not known which one it is.
void Interpreter::show_callers() {
  for_callers([](Module& module) { module.is_shown = true; });
}

void Interpreter::open_callers() {
  for_callers([](Module& module) { module.open = true; });
}

/// An object that is not known gets an attribute: it may be a caller's module, which was found by a
/// frame, in sys.modules or by `inspect.getmodule`. `name`: kNoAtom if that is not known; then it
/// counts only where some code has such a module in hand.
void Interpreter::note_in_callers(Atom name) {
  if (name != kNoAtom && atoms_.text(name).starts_with("__")) return;
  for_callers([&](Module& module) {
    if (name == kNoAtom) {
      module.open |= module.is_shown;
    } else {
      note_may_have(module, name);
    }
  });
}

void Interpreter::note_may_have(Module& module, Atom name) {
  if (!may_have(module, name)) module.may_have.push_back(name);
}

/// Whether a name that is not bound may be there for all that is known.
bool Interpreter::may_have(const Module& module, Atom name) const {
  return module.open || std::ranges::find(module.may_have, name) != module.may_have.end();
}

Value Interpreter::module_attribute(Module& module, Atom name, bool* presence_unknown) {
  const Value bound = module.globals.get(name);
  // Library code that is run, because something shadows the library, has what it has bound so far.
  if (module.is_library() && (module.opacity != Opacity::kRun || !bound.is_absent())) {
    const Value known = library_value(module, name);
    if (!known.is_absent()) return known;
  }
  if (module.opacity != Opacity::kRun || !bound.is_absent()) {
    const Value known = of_distribution_finder(module, name);
    if (!known.is_absent()) return known;
  }
  if (!bound.is_absent()) return bound;
  if (module.opacity != Opacity::kRun) return opaque_attribute(module, name, presence_unknown);
  const bool of_every_object =
      name == known_.class_ || name == known_.dir || name == known_.setattr || name == known_.init;
  const bool may_be_there = may_have(module, name);
  if (may_be_there || of_every_object) {
    *presence_unknown = may_be_there;
    if (may_be_there) note_may_raise();
    return Value::unknown();
  }
  const Value hook = module.globals.get(known_.getattr);
  if (!hook.is_absent()) {
    Arguments arguments;
    arguments.positional.push_back(Value::string(name));
    const Value answer = call(hook, arguments, *frame_);
    // What a hook gives that is not followed to its end may as well be an AttributeError.
    *presence_unknown = answer.is_unknown();
    return answer;
  }
  if (imports_unknown_.contains(atoms_.intern(top_of(atoms_.text(module.name)))) &&
      module.is_package && source_.find_in(*module.found, atoms_.text(name)) != nullptr) {
    *presence_unknown = true;
    return Value::unknown();
  }
  const std::string_view full = atoms_.text(module.name);
  if (!module.found->file.empty() &&
      codes_.sets_own_names(codes_.get(*module.found), full.substr(full.rfind('.') + 1))) {
    module.open = *presence_unknown = true;
    return Value::unknown();
  }
  return absent_attribute(module, name);
}

Value Interpreter::absent_attribute(Module& module, Atom name) {
  const Value sub = modules_.get(atoms_.dotted(module.name, name));
  const bool sub_is_loading = sub.is(Tag::kModule) && sub.module()->initializing;
  const bool loading = module.initializing || sub_is_loading;  // "cannot access submodule"
  return raise("AttributeError",
               loading ? ImportFailureKind::kPartialImport : ImportFailureKind::kMissingAttribute,
               module.name, name);
}

Value Interpreter::library_value(const Module& module, Atom name) {
  const std::string_view holder = atoms_.text(module.name);
  const std::string_view text = atoms_.text(name);
  if (holder == "sys") {
    if (text == "version_info") return Value(Tag::kTuple, version_info_);
    if (text == "platform") return make_string(source_.platform());
  }
  if (holder == "os" && text == "name") {
    return make_string(source_.platform() == "win32" ? "nt" : "posix");
  }
  if (module.opacity != Opacity::kRun && is_base_with_metaclass(holder, text)) {
    return Value::unknown();
  }
  // Where the library's own code is run, what its decorators do may fail.
  if (module.opacity == Opacity::kRun && holder == "dataclasses") return Value();
  return library_name(holder, text);
}

Value Interpreter::opaque_attribute(Module& module, Atom name, bool* presence_unknown) {
  const std::string_view text = atoms_.text(name);
  if (!module.is_library()) {
    if (name == known_.path) return absent_attribute(module, name);
    *presence_unknown = true;
    return Value::unknown();
  }
  const OpaqueNames& names = source_.opaque_names(*module.found);
  if (names.names.contains(std::string(text))) return Value::library();
  if (name == known_.path || name == known_.all) return absent_attribute(module, name);
  *presence_unknown = true;
  const bool may_have = names.has_hidden_names || names.possible.contains(std::string(text));
  if (text.starts_with("__") || module.open) return Value::library();
  if (may_have && !source_.library_lacks(*module.found, text)) return Value::library();
  // Whether the library's own imports have loaded a submodule is not followed.
  if (module.is_package && source_.find_in(*module.found, text) != nullptr) return Value::unknown();
  *presence_unknown = false;
  return absent_attribute(module, name);
}

bool Interpreter::find_in_class(const Class& type, Atom name, Value* value) const {
  *value = type.attributes.get(name);
  if (!value->is_absent()) return true;
  bool closed = !type.open;
  for (const Value& base : type.bases) {
    if (base.is(Tag::kClass)) {
      closed &= find_in_class(*base.as<Class>(), name, value);
      if (!value->is_absent()) return true;
    } else {
      closed &= base.is(Tag::kBuiltinClass) && base.number() == kFirstOtherType;  // object
    }
  }
  return closed;
}

namespace {

/// Whether what its body binds is what its attributes are: a metaclass makes of them what it likes,
/// and so do decorators and whatever else gets hold of the class.
bool keeps_what_it_binds(const Class& type) {
  return !type.open && !type.may_be_rebound &&
         std::ranges::none_of(type.bases, [](const Value& base) {
           return base.is_unknown() ||
                  (base.is(Tag::kClass) && !keeps_what_it_binds(*base.as<Class>()));
         });
}

/// Whether nothing but the body of a class and those of its bases can have given it names.
/// Metaclasses, decorators and unknown bases leave a class open; here it is what stands in its body
/// and learns of the class by `__set_name__`.
bool is_written_out(const Class& type) {
  const auto is_inert = [](const NameSpace::Entry& entry) {
    return !entry.value.is(Tag::kUnknown) && !entry.value.is(Tag::kInstance);
  };
  return !type.may_be_rebound && std::ranges::all_of(type.attributes.entries(), is_inert) &&
         std::ranges::all_of(type.bases, [](const Value& base) {
           return !base.is(Tag::kClass) || is_written_out(*base.as<Class>());
         });
}

/// A method that is not followed is at hand, as class methods are: it may bind names of the class.
void let_be_rebound(Class& type) {
  type.may_be_rebound = true;
  for (const Value& base : type.bases) {
    if (base.is(Tag::kClass)) let_be_rebound(*base.as<Class>());
  }
}

}  // namespace

/// `value` of a name that a class binds, as one sees it later. The library's own classes do not
/// bind special names again.
Value Interpreter::of_class(Class& type, Atom name, const Value& value) {
  const bool is_special = atoms_.text(name).starts_with("__");
  if (is_special && frame_->scope->module->is_library()) return value;
  if (value.is_unknown() && !is_special) let_be_rebound(type);
  return value.is_plain() && !keeps_what_it_binds(type) ? Value::unknown() : value;
}

/// A function of a class as it is called: with what it gets first. `self`: absent where it is the
/// class that is asked for it.
Value Interpreter::bound_method(const Value& function, const Value& self, const Value& type) {
  if (!function.is(Tag::kFunction)) return function;
  const Binds binds = function.as<Function>()->binds;
  const Value& first = binds == Binds::kClass ? type : self;
  if (binds == Binds::kNothing || first.is_absent()) return function;
  BoundMethod* const method = heap_.bound_method();
  method->self = first;
  method->function = function.as<Function>();
  return Value(Tag::kBoundMethod, method);
}

Value Interpreter::class_attribute(Class& type, Atom name, bool* presence_unknown) {
  Value value;
  const bool closed = find_in_class(type, name, &value);
  if (closed && !value.is_absent()) {
    return bound_method(of_class(type, name, value), Value(), Value(Tag::kClass, &type));
  }
  const std::string_view text = atoms_.text(name);
  const bool of_every_class = text.starts_with('_') || text == "mro";
  if (closed && !of_every_class && is_written_out(type)) return raise("AttributeError");
  *presence_unknown = true;
  return Value::unknown();
}

Value Interpreter::instance_attribute(const Value& self, Atom name, bool* presence_unknown) {
  Instance& instance = *self.as<Instance>();
  if (name == known_.class_) return Value(Tag::kClass, instance.type);
  // By its `__dict__` all that it has may go.
  if (name == known_.dict) escape(self);
  Value value = instance.attributes.get(name);
  if (!value.is_absent()) {
    *presence_unknown = instance.may_be_rebound;
    return value.is_plain() && instance.may_be_rebound ? Value::unknown() : value;
  }
  find_in_class(*instance.type, name, &value);
  if (value.is(Tag::kFunction)) {
    return bound_method(value, self, Value(Tag::kClass, instance.type));
  }
  const bool is_special = atoms_.text(name).starts_with("__");
  instance.may_be_rebound |= value.is_unknown() && !is_special;
  value = of_class(*instance.type, name, value);
  if (value.is_plain() || value.is_container()) return value;
  *presence_unknown = value.is_absent();
  return Value::unknown();
}

Value Interpreter::plain_attribute(const Value& value, Atom name) {
  const std::string_view text = atoms_.text(name);
  Native native = Native::kNone;
  BuiltinType type = BuiltinType::kSet;  // of which no list of attributes is kept
  switch (value.tag) {
    case Tag::kNone:
      type = BuiltinType::kNone;
      break;
    case Tag::kBool:
    case Tag::kInt:
      type = BuiltinType::kInt;
      break;
    case Tag::kString:
      type = BuiltinType::kString, native = Native::kStringMethod;
      break;
    case Tag::kTuple:
      type = BuiltinType::kTuple;
      if (value.sequence() == version_info_) {
        if (name == known_.major) return version_info_->items[0];
        if (name == known_.minor) return version_info_->items[1];
        return Value::unknown();
      }
      break;
    case Tag::kList:
      type = BuiltinType::kList, native = Native::kListMethod;
      break;
    case Tag::kSet:
      native = Native::kListMethod;
      break;
    case Tag::kDict:
      type = BuiltinType::kDict, native = Native::kDictMethod;
      break;
    case Tag::kGlobals:
      native = Native::kGlobalsMethod;
      break;
    case Tag::kFrameGlobals:
      native = Native::kFrameGlobalsMethod;
      break;
    case Tag::kSysModules:
      native = Native::kSysModulesMethod;
      break;
    case Tag::kEnvironment:
      native = Native::kEnvironmentMethod;
      break;
    default:
      native = Native::kSearchPathMethod;
      break;
  }
  if (!has_attribute(type, text)) {
    return raise("AttributeError");  // of None and the like, not of a module
  }
  const bool is_namespace = value.is(Tag::kGlobals) || value.is(Tag::kFrameGlobals);
  if (is_namespace && text.starts_with("__") && !only_reads_mapping(text)) escape(value);
  if (native == Native::kNone || text.starts_with("__")) return Value::unknown();
  BoundNative* const method = heap_.bound_native();
  method->native = static_cast<uint32_t>(native);
  method->owner = value;
  method->name = name;
  return Value(Tag::kBoundNative, method);
}

Truth Interpreter::has(const Value& value, Atom name, bool* failed) {
  bool presence_unknown = false;
  const Value found = attribute(value, name, &presence_unknown);
  if (found.is_error()) {
    if (pending_is("AttributeError")) {
      take_pending();
      return Truth::kFalse;
    }
    *failed = true;
    return Truth::kUnknown;
  }
  return presence_unknown ? Truth::kUnknown : Truth::kTrue;
}

Atom Interpreter::name_of_object(const Value& value) const {
  if (value.is(Tag::kClass)) return value.as<Class>()->name;
  if (!value.is(Tag::kFunction)) return kNoAtom;
  const Function& function = *value.as<Function>();
  const SyntaxTree& tree = *function.code->tree;
  if (tree.kind(function.node) == NodeKind::kLambda) return kNoAtom;
  return function.code->atom(tree.get<syntax::FunctionDef>(function.node).name);
}

void Interpreter::set_attribute(const Value& holder, Atom name, const Value& value) {
  switch (holder.tag) {
    case Tag::kModule:
      if (name == known_.path) holder.module()->path_open = true;
      if (name == known_.class_) holder.module()->open = true;  // it has properties now, or a hook
      return bind(holder.module()->globals, name, value);
    case Tag::kClass:
      return bind(holder.as<Class>()->attributes, name, value);
    case Tag::kInstance:
      // Its special methods are not followed.
      if (value.is(Tag::kGlobals) || value.is(Tag::kFrameGlobals)) escape(value);
      return bind(holder.as<Instance>()->attributes, name, value);
    case Tag::kFunction:
      holder.as<Function>()->open = true;
      return lose_sight(value);
    default:
      if (holder.is_unknown()) note_in_callers(name);
      return escape(value);
  }
}

}  // namespace headwater::attribute
