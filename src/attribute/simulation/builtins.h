#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "attribute/simulation/values.h"
#include "model/builtin_exceptions.h"
#include "model/python_environment.h"

namespace headwater::attribute {

/// The functions that a simulation understands; all others are unknown when they are called.
enum class Native : uint32_t {
  kNone,
  // builtins
  kGlobals,
  kVars,
  kLocals,
  kHasAttribute,
  kGetAttribute,
  kSetAttribute,
  kExec,
  kImport,
  kLength,
  kMakeList,
  kMakeTuple,
  kMakeSet,
  kMakeDict,
  kSorted,
  kMakeBool,
  kMakeString,
  kMakeInt,
  kRange,
  kAny,
  kAll,
  kIsInstance,
  kPrint,
  kExit,
  // of the standard library
  kImportModule,
  kFindSpec,
  kSuppress,
  kReturnsArgument,   // a decorator that gives back what it decorates
  kReturnsDecorator,  // called with options, gives such a decorator
  kExtendPath,
  kGetEnvironment,
  // methods
  kStringMethod,
  kListMethod,
  kDictMethod,
  kGlobalsMethod,
  kFrameGlobalsMethod,
  kSysModulesMethod,
  kSearchPathMethod,
  kEnvironmentMethod,
  kFindDistribution,  // of a module that is a DistributionFinder
};

/// What a kSearchPath value is: sys.path, sys.meta_path and its like, or a package's `__path__`.
enum class SearchPathUse : uint8_t { kOfAll, kHooks, kOfPackage };
inline Value search_path(SearchPathUse use) {
  return Value(Tag::kSearchPath, static_cast<int64_t>(use));
}

/// Numbers of kBuiltinClass values: first the exception classes (model/builtin_exceptions.h), then
/// other types, whose number is kFirstOtherType plus anything.
inline constexpr int64_t kFirstOtherType = 1000;
inline constexpr int64_t kClassMethodType = kFirstOtherType + 3;
inline constexpr int64_t kStaticMethodType = kFirstOtherType + 4;

inline Value exception_class(std::string_view name) {
  return Value(Tag::kBuiltinClass, exception_number(name, {3, 99}));
}

/// Whether this method of a mapping leaves it as it is.
bool only_reads_mapping(std::string_view method);

/// A name of the builtins module; kAbsent if this version has none of the name.
Value builtin_name(std::string_view name, PythonVersion version, std::string_view platform);

/// Whether str, dict, list, ... have an attribute of the name.
enum class BuiltinType : uint8_t { kNone, kString, kList, kTuple, kSet, kDict, kInt };
bool has_attribute(BuiltinType type, std::string_view name);

/// Whether an environment variable is one that any session may have. All others count as unset:
/// a fresh interpreter in a fresh environment is what modules are judged by.
bool is_common_variable(std::string_view name);

/// What the standard library's `module.name` is where it matters; kAbsent for all others.
Value library_name(std::string_view module, std::string_view name);

/// Whether library_name() or distribution_finder() knows something of the module.
bool decides_imports(std::string_view module);

/// A module that looks distributions up by their names, and raises where there is none.
struct DistributionFinder {
  std::string_view module;
  std::string_view exception;
  std::string_view base;    // of the exception
  bool takes_requirements;  // not names alone
  std::span<const std::string_view> functions;
};
/// nullptr: it is no such module.
const DistributionFinder* distribution_finder(std::string_view module);
/// Whether a submodule of `package` is one.
bool has_distribution_finder(std::string_view package);
/// Whether the submodule `name` of `package` is one; `name` has no dots.
bool is_distribution_finder(std::string_view package, std::string_view name);

/// Whether it is a class whose metaclass makes other values of those that the bodies of its
/// subclasses bind (Lib/enum.py, Lib/typing.py).
bool is_base_with_metaclass(std::string_view module, std::string_view name);

}  // namespace headwater::attribute
