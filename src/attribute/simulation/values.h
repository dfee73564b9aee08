#pragma once

#include <cstdint>

#include "attribute/simulation/atoms.h"

namespace headwater::attribute {

struct Module;
struct Function;
struct Class;
struct Instance;
struct Sequence;
struct Dictionary;
struct ExceptionObject;
struct BoundNative;
struct BoundMethod;
struct Suppressor;

enum class Truth : uint8_t { kFalse, kTrue, kUnknown };

enum class Tag : uint8_t {
  kAbsent,   // no such name
  kError,    // no value: an exception is on its way
  kUnknown,  // any object at all
  kLibrary,  // any object that the standard library made
  kNone,
  kBool,
  kInt,
  kString,        // its text is an atom
  kConstant,      // a float, bytes, a long string, ...: only its truth is known
  kTuple,         // Sequence
  kList,          // Sequence
  kSet,           // Sequence
  kDict,          // Dictionary
  kModule,        // Module
  kFunction,      // Function
  kBoundMethod,   // BoundMethod
  kClass,         // Class
  kInstance,      // Instance
  kBuiltinClass,  // a built-in exception class by its number, or another built-in type
  kException,     // ExceptionObject
  kNative,        // a function of the interpreter that is understood, by its number
  kBoundNative,   // BoundNative: such a method with its object
  kSuppressor,    // Suppressor: contextlib.suppress(...)
  kGlobals,       // the namespace of a Module as a dict
  kFrameGlobals,  // the same of a frame of the call stack: of which module is not known
  kSysModules,    // sys.modules
  kEnvironment,   // os.environ
  kSearchPath,    // sys.path, sys.meta_path, sys.path_hooks, or a `__path__`: what is found by it
};

/// What is known of a Python object. Everything but kUnknown and kLibrary is known for certain:
/// nothing that was computed from a guess may be anything else.
class Value {
 public:
  Value() = default;
  explicit Value(Tag t) : tag(t) {}
  Value(Tag t, void* o) : tag(t), object_(o) {}
  Value(Tag t, int64_t n) : tag(t), number_(n) {}

  static Value unknown() { return Value(Tag::kUnknown); }
  static Value library() { return Value(Tag::kLibrary); }
  static Value error() { return Value(Tag::kError); }
  static Value none() { return Value(Tag::kNone); }
  static Value boolean(bool value) { return Value(Tag::kBool, int64_t{value}); }
  static Value integer(int64_t value) { return Value(Tag::kInt, value); }
  static Value string(Atom atom) { return Value(Tag::kString, static_cast<int64_t>(atom)); }
  static Value constant(Truth truth) { return Value(Tag::kConstant, static_cast<int64_t>(truth)); }
  static Value of(Truth truth) {
    return truth == Truth::kUnknown ? unknown() : boolean(truth == Truth::kTrue);
  }

  bool is(Tag t) const { return tag == t; }
  bool is_error() const { return tag == Tag::kError; }
  bool is_absent() const { return tag == Tag::kAbsent; }
  bool is_unknown() const { return tag == Tag::kUnknown || tag == Tag::kLibrary; }
  bool is_string() const { return tag == Tag::kString; }
  bool is_sequence() const { return tag == Tag::kTuple || tag == Tag::kList || tag == Tag::kSet; }
  bool is_container() const { return is_sequence() || tag == Tag::kDict; }
  /// None, a number, a string: nothing that can change.
  bool is_plain() const {
    return tag == Tag::kNone || tag == Tag::kBool || tag == Tag::kInt || tag == Tag::kString;
  }

  int64_t number() const { return number_; }
  Atom atom() const { return static_cast<Atom>(number_); }
  template <typename T>
  T* as() const {
    return static_cast<T*>(object_);
  }
  Module* module() const { return as<Module>(); }
  Sequence* sequence() const { return as<Sequence>(); }

  /// The same object for certain.
  friend bool operator==(const Value& a, const Value& b) {
    return a.tag == b.tag && a.number_ == b.number_;
  }

  Tag tag = Tag::kAbsent;

 private:
  union {
    int64_t number_ = 0;
    void* object_;
  };
};
static_assert(sizeof(Value) == 16);

inline Truth negated(Truth truth) {
  return truth == Truth::kUnknown ? truth : truth == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}

}  // namespace headwater::attribute
