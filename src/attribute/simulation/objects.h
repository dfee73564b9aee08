#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "attribute/simulation/module_source.h"
#include "attribute/simulation/name_space.h"
#include "attribute/simulation/values.h"
#include "model/outcome.h"

namespace headwater::attribute {

struct Scope;

/// The text of a module made ready for simulations: the names of its tree as atoms.
struct Code {
  const ParsedModule* parsed = nullptr;
  const SyntaxTree* tree = nullptr;
  std::vector<Atom> atoms;  // by NameId
  std::string file;         // absolute
  std::string module;       // a dotted name of it: see CodeTable::settle_names()
  bool is_package = false;
  uint32_t file_number = 0;
  bool has_annotations = false;            // a module-level annotation: `__annotations__` exists
  bool has_postponed_annotations = false;  // from __future__ import annotations

  Atom atom(NameId name) const {
    return name == kNoName ? kNoAtom : atoms[static_cast<uint32_t>(name)];
  }
};

/// How much of a module's code is run.
enum class Opacity : uint8_t {
  kRun,
  kLibrary,  // of the standard library: its names are known
  kClosed,   // an extension module, byte code, unreadable: nothing is known of its names
};

struct Module {
  Atom name = kNoAtom;
  Atom package = kNoAtom;  // `__package__`; the empty string's atom at the top level
  const FoundModule* found = nullptr;
  const Code* code = nullptr;  // nullptr: has no text, or it is not run
  NameSpace globals;
  Opacity opacity = Opacity::kRun;
  bool is_package = false;
  bool initializing = false;
  bool open = false;           // more names may be bound than `globals` has
  bool path_open = false;      // its `__path__` was changed: more may be found in it
  bool uncertain = false;      // a failure in it, or in what it imports, may or may not happen
  bool is_shown = false;       // what it has called has it in hand, or may have: it was not named
  std::vector<Atom> may_have;  // names beside `globals` that code which is not followed may bind
  std::vector<Module*> star_sources;  // packages whose attributes were bound by `*`

  bool is_library() const { return found && found->origin == ModuleOrigin::kStandardLibrary; }
};

enum class ScopeKind : uint8_t { kModule, kClass, kFunction };

/// The local names of a running or finished block.
struct Scope {
  ScopeKind kind = ScopeKind::kModule;
  Module* module = nullptr;
  Scope* outer = nullptr;  // the enclosing function's or class's; nullptr at module level
  NameSpace* names = nullptr;
  NameSpace own;
  std::vector<Atom> global_names;
  std::vector<Atom> nonlocal_names;
  bool open = false;  // code that is not followed may have bound more names
};

/// What a function gets first that is an attribute of a class.
enum class Binds : uint8_t { kInstance, kClass /* classmethod */, kNothing /* staticmethod */ };

struct Function {
  const Code* code = nullptr;
  NodeId node = kNoNode;  // a FunctionDef, an AsyncFunctionDef or a Lambda
  Module* module = nullptr;
  Scope* outer = nullptr;
  std::vector<Value> defaults;     // of the last positional parameters
  std::vector<Value> kw_defaults;  // by keyword-only parameter; kAbsent where there is none
  Binds binds = Binds::kInstance;
  bool open = false;  // it may have got attributes
};

struct Class {
  Atom name = kNoAtom;
  std::vector<Value> bases;
  NameSpace attributes;
  bool open = false;            // a metaclass, a decorator or other code may have added attributes
  bool may_be_rebound = false;  // its own methods may have, too, or bound others
  /// A special method that is not followed, its metaclass or a base has code that may set names of
  /// modules.
  bool reaches_modules = false;
};

struct Instance {
  Class* type = nullptr;
  NameSpace attributes;
  bool may_be_rebound = false;  // code that is not followed had it in its hands
};

/// A tuple, list or set.
struct Sequence {
  std::vector<Value> items;
  bool open = false;  // the items are not known, or not all of them
};

struct Dictionary {
  struct Item {
    Value key;
    Value value;
  };
  std::vector<Item> items;
  bool open = false;  // more keys may be there, and values may be others
};

/// An exception of the simulated program on its way, or caught.
struct Error {
  Value type;  // kBuiltinClass, kClass, or unknown
  ImportFailureKind kind = ImportFailureKind::kRaises;
  Atom module = kNoAtom;   // as ImportCause::module
  Atom symbol = kNoAtom;   // as ImportCause::symbol
  Atom name = kNoAtom;     // the `name` attribute of an ImportError
  Atom message = kNoAtom;  // where it is known
  SourcePlace at;
  std::vector<SourcePlace> chain;  // the innermost frame first
  Error* context = nullptr;        // the one that was being handled, or its cause
};

struct ExceptionObject {
  Value type;
  Atom message = kNoAtom;
  Error* error = nullptr;  // set once it was raised
};

struct BoundNative {
  uint32_t native = 0;  // a Native
  Value owner;
  Atom name = kNoAtom;
};

struct BoundMethod {
  Value self;
  Function* function = nullptr;
};

struct Suppressor {
  std::vector<Value> classes;
};

/// Owns what a simulation makes.
class Heap {
 public:
  Module* module() { return &modules_.emplace_back(); }
  Scope* scope() {
    Scope& made = scopes_.emplace_back();
    made.own.born = soft_run_;
    return &made;
  }
  Function* function() { return &functions_.emplace_back(); }
  Class* new_class() {
    Class& made = classes_.emplace_back();
    made.attributes.born = soft_run_;
    return &made;
  }
  Instance* instance() {
    Instance& made = instances_.emplace_back();
    made.attributes.born = soft_run_;
    return &made;
  }
  Sequence* sequence() { return &sequences_.emplace_back(); }
  Dictionary* dictionary() { return &dictionaries_.emplace_back(); }
  Error* error() { return &errors_.emplace_back(); }
  ExceptionObject* exception() { return &exceptions_.emplace_back(); }
  BoundNative* bound_native() { return &bound_natives_.emplace_back(); }
  BoundMethod* bound_method() { return &bound_methods_.emplace_back(); }
  Suppressor* suppressor() { return &suppressors_.emplace_back(); }

  /// See NameSpace::born.
  void enter_soft_run(uint32_t serial) { soft_run_ = serial; }

 private:
  uint32_t soft_run_ = 0;
  std::deque<Module> modules_;
  std::deque<Scope> scopes_;
  std::deque<Function> functions_;
  std::deque<Class> classes_;
  std::deque<Instance> instances_;
  std::deque<Sequence> sequences_;
  std::deque<Dictionary> dictionaries_;
  std::deque<Error> errors_;
  std::deque<ExceptionObject> exceptions_;
  std::deque<BoundNative> bound_natives_;
  std::deque<BoundMethod> bound_methods_;
  std::deque<Suppressor> suppressors_;
};

}  // namespace headwater::attribute
