#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/file_facts.h"
#include "model/python_environment.h"
#include "scan/python/binding_parser.h"
#include "scan/python/token_view.h"

namespace headwater::scan {

/// What a statement that ends the module raises.
struct Raise {
  RaisedKind kind = RaisedKind::kImportError;
  int64_t exception = -1;  // the number of the built-in class; negative: none that is known

  bool operator==(const Raise&) const = default;
};

/// Of which the table of built-in exceptions knows all.
inline constexpr PythonVersion kAnyVersion{3, 99};

/// Classes that a handler names: numbers of built-in exceptions, negative for any other.
using NamedClasses = std::vector<int64_t>;

/// `type`: the tokens between `except` and the colon.
NamedClasses named_classes(TokenView type, const BindingParser& bindings);
/// By a `with` statement's items; negative for each that is no `suppress()`.
NamedClasses suppressed_classes(TokenView items, const BindingParser& bindings);

enum class Holds : uint8_t { kNo, kYes, kNotKnown };
/// Whether what names these classes holds what is raised, where that is no ImportError that was
/// caught before.
Holds holds(const NamedClasses& classes, const Raise& raised);

struct Handler {
  NamedClasses classes;
  bool goes_on;
  Raise raises;  // where it does not; kImportError: what it has caught
};

struct Escape {
  Holds held;
  Raise raises;        // where it is not held
  size_t handler = 0;  // which certainly holds it
};
/// What becomes of `raised` at the handlers of a `try`: the first one that fits takes it.
Escape escape_through(std::span<const Handler> handlers, const Raise& raised);

}  // namespace headwater::scan
