#include <algorithm>

#include "attribute/simulation/interpreter.h"
#include "attribute/simulation/names.h"

// Functions of the interpreter and of the standard library that decide imports.

namespace headwater::attribute {

Value Interpreter::call_native(Native native, const Value&, const Arguments& arguments,
                               Frame& frame) {
  switch (native) {
    case Native::kGlobals:
    case Native::kVars:
    case Native::kLocals:
    case Native::kExec:
      return native_namespace(native, arguments, frame);
    case Native::kImportModule:
    case Native::kImport:
    case Native::kFindSpec:
      return native_import(native, arguments, frame);
    case Native::kHasAttribute:
    case Native::kGetAttribute:
    case Native::kSetAttribute:
      return native_attribute(native, arguments);
    case Native::kSuppress: {
      Suppressor* const made = heap_.suppressor();
      made->classes = arguments.positional;
      if (!arguments.exact) made->classes.push_back(Value::unknown());
      return Value(Tag::kSuppressor, made);
    }
    case Native::kReturnsArgument: {
      const bool decorates =
          arguments.positional.size() == 1 &&
          (arguments.positional[0].is(Tag::kFunction) || arguments.positional[0].is(Tag::kClass));
      if (!decorates) return Value(Tag::kNative, static_cast<int64_t>(native));
      const Value& decorated = arguments.positional[0];
      escape(decorated);
      return decorated;
    }
    case Native::kReturnsDecorator:
      return Value(Tag::kNative, static_cast<int64_t>(Native::kReturnsArgument));
    case Native::kExtendPath:
      note_path_change(search_path(SearchPathUse::kOfPackage), frame);
      return search_path(SearchPathUse::kOfPackage);
    case Native::kGetEnvironment:
      return environment_variable(arguments);
    case Native::kPrint:
      return Value::none();
    case Native::kExit:
      return raise("SystemExit");
    case Native::kIsInstance:
      return Value::library();
    case Native::kMakeList:
    case Native::kMakeTuple:
    case Native::kMakeSet:
    case Native::kMakeDict:
    case Native::kSorted:
    case Native::kRange:
      return native_collection(native, arguments);
    default:
      return native_scalar(native, arguments);
  }
}

Value Interpreter::native_namespace(Native native, const Arguments& arguments, Frame& frame) {
  Module& module = *frame.scope->module;
  frame.scope->open |= native != Native::kGlobals && arguments.positional.empty();
  if (native == Native::kExec) {
    open_names(module);
    frame.scope->open = true;
    return Value::none();
  }
  if (!arguments.positional.empty()) {
    const Value& of = arguments.positional[0];
    return of.is(Tag::kModule) ? Value(Tag::kGlobals, of.module()) : Value::unknown();
  }
  if (native == Native::kGlobals || frame.scope->kind == ScopeKind::kModule) {
    return Value(Tag::kGlobals, &module);
  }
  return Value::unknown();
}

Value Interpreter::native_import(Native native, const Arguments& arguments, Frame& frame) {
  const auto keyword = [&](std::string_view name) -> const Value* {
    for (const auto& [atom, value] : arguments.keywords) {
      if (atoms_.text(atom) == name) return &value;
    }
    return nullptr;
  };
  const Value* first = arguments.positional.empty() ? keyword("name") : &arguments.positional[0];
  const Value* level =
      arguments.positional.size() > 4 ? &arguments.positional[4] : keyword("level");
  const bool is_absolute = level == nullptr || (level->is(Tag::kInt) && level->number() == 0);
  if (first == nullptr || !first->is_string() || !arguments.exact ||
      (native == Native::kImport && !is_absolute)) {
    // Any module of the package may have been loaded by this.
    imports_unknown_.insert(atoms_.intern(top_of(atoms_.text(frame.scope->module->name))));
    note_may_raise();
    if (guarded_ != nullptr) guarded_->may_raise_import = true;
    return Value::unknown();
  }
  Atom full = first->atom();
  const std::string_view written = text(*first);
  if (native != Native::kImport && written.starts_with('.')) {
    const Value* anchor =
        arguments.positional.size() > 1 ? &arguments.positional[1] : keyword("package");
    if (anchor == nullptr || !anchor->is_string()) return Value::unknown();
    const size_t dots = std::min(written.find_first_not_of('.'), written.size());
    std::string_view base = text(*anchor);
    for (size_t i = 1; i < dots && !base.empty(); ++i) base = parent_of(base);
    if (base.empty()) return raise("ImportError", ImportFailureKind::kRelativeImport);
    full = dots == written.size()
               ? atoms_.intern(base)
               : atoms_.dotted(atoms_.intern(base), atoms_.intern(written.substr(dots)));
  }
  if (native == Native::kFindSpec) return find_spec(full);
  const Value loaded = load(full);
  if (loaded.is_error() || native == Native::kImportModule) return loaded;
  const Value* from =
      arguments.positional.size() > 3 ? &arguments.positional[3] : keyword("fromlist");
  if (from != nullptr && truth(*from) != Truth::kFalse) {
    return truth(*from) == Truth::kTrue ? loaded : Value::unknown();
  }
  return load(atoms_.intern(top_of(atoms_.text(full))));
}

Value Interpreter::find_spec(Atom name) {
  const Value some_spec = Value::constant(Truth::kTrue);
  if (modules_.has(name)) return some_spec;
  const std::string_view dotted = atoms_.text(name);
  if (source_.is_startup(dotted)) return some_spec;
  Atom parent = kNoAtom;
  Value holder;
  if (const std::string_view above = parent_of(dotted); !above.empty()) {
    parent = atoms_.intern(above);
    holder = load(parent);
    if (holder.is_error()) return holder;
    if (holder.is(Tag::kModule) && !holder.module()->is_package &&
        holder.module()->opacity != Opacity::kClosed) {
      return missing_module(name);
    }
  }
  bool unknown = false;
  const FoundModule* found = find(name, parent, holder, &unknown);
  if (pending_ != nullptr) return Value::error();
  if (found != nullptr) return some_spec;
  return unknown ? Value::unknown() : Value::none();
}

Value Interpreter::native_attribute(Native native, const Arguments& arguments) {
  const auto& given = arguments.positional;
  if (given.size() < 2 || !arguments.exact) return Value::unknown();
  const Value& holder = given[0];
  if (native == Native::kSetAttribute) {
    if (given.size() < 3) return Value::unknown();
    if (given[1].is_string()) {
      set_attribute(holder, given[1].atom(), given[2]);
    } else if (holder.is(Tag::kModule)) {
      open_names(*holder.module());
    } else if (holder.is(Tag::kClass)) {
      holder.as<Class>()->open = true;
    } else if (holder.is_unknown()) {
      note_in_callers(kNoAtom);
    }
    return Value::none();
  }
  if (!given[1].is_string()) {
    note_may_raise();
    return Value::unknown();
  }
  const Atom name = given[1].atom();
  if (native == Native::kGetAttribute && given.size() < 3) return attribute(holder, name);
  bool failed = false;
  const Truth present = has(holder, name, &failed);
  if (failed) return Value::error();
  if (native == Native::kHasAttribute) return Value::of(present);
  if (present == Truth::kFalse) return given[2];
  const Value value = attribute(holder, name);
  return present == Truth::kTrue || value.is_error() ? value : either_of(value, given[2]);
}

Value Interpreter::native_collection(Native native, const Arguments& arguments) {
  if (native == Native::kSorted) hand_over(arguments, true);
  std::vector<Value> items;
  const auto& given = arguments.positional;
  bool known = arguments.exact && given.size() <= 1;
  if (native == Native::kMakeDict) {
    Dictionary* const made = heap_.dictionary();
    made->open = !known;
    if (known && !given.empty()) {
      if (given[0].is(Tag::kDict)) {
        *made = *given[0].as<Dictionary>();
      } else {
        made->open = true;
      }
    }
    for (const auto& [name, value] : arguments.keywords) {
      if (name != kNoAtom) made->items.push_back({Value::string(name), value});
    }
    return Value(Tag::kDict, made);
  }
  Sequence* const made = heap_.sequence();
  if (native == Native::kRange) {
    constexpr int64_t kLongest = 10'000;
    known = given.size() == 1 && given[0].is(Tag::kInt) && given[0].number() <= kLongest;
    for (int64_t i = 0; known && i < given[0].number(); ++i) items.push_back(Value::integer(i));
  } else if (known && !given.empty()) {
    known = items_of(given[0], items);
  }
  if (native == Native::kSorted) {
    known &= arguments.keywords.empty() &&
             std::ranges::all_of(items, [](const Value& item) { return item.is_string(); });
    if (known) {
      std::ranges::sort(items, {}, [&](const Value& item) { return text(item); });
    }
  }
  made->items = std::move(items);
  made->open = !known;
  const Tag tag = native == Native::kMakeSet     ? Tag::kSet
                  : native == Native::kMakeTuple ? Tag::kTuple
                                                 : Tag::kList;
  return Value(tag, made);
}

Value Interpreter::native_scalar(Native native, const Arguments& arguments) {
  if (arguments.positional.size() != 1 || !arguments.exact) {
    note_may_raise();
    return Value::library();
  }
  const Value& given = arguments.positional[0];
  switch (native) {
    case Native::kMakeBool:
      return Value::of(truth(given));
    case Native::kMakeString: {
      std::string out;
      return string_of(given, out) ? make_string(out) : Value::library();
    }
    case Native::kMakeInt:
      if (given.is(Tag::kInt)) return given;
      break;
    case Native::kLength: {
      std::vector<Value> items;
      if (items_of(given, items)) return Value::integer(static_cast<int64_t>(items.size()));
      if (given.is(Tag::kNone)) return raise("TypeError");
      break;
    }
    case Native::kAny:
    case Native::kAll: {
      std::vector<Value> items;
      if (!items_of(given, items)) break;
      const Truth decisive = native == Native::kAny ? Truth::kTrue : Truth::kFalse;
      Truth result = negated(decisive);
      for (const Value& item : items) {
        const Truth one = truth(item);
        if (one == decisive) return Value::of(decisive);
        if (one == Truth::kUnknown) result = one;
      }
      return Value::of(result);
    }
    default:
      break;
  }
  note_may_raise();
  return Value::library();
}

}  // namespace headwater::attribute
