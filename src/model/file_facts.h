#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headwater {

/// A name or dotted name in the `NameTable` of the same file.
enum class NameId : uint32_t {};
static_assert(sizeof(NameId) == 4);

/// The distinct names of one file. Ids are dense, in order of first use.
class NameTable {
 public:
  NameId intern(std::string_view name);
  std::string_view operator[](NameId id) const;

 private:
  struct Entry {
    uint32_t begin;
    uint32_t size;
  };
  std::string text_;
  std::vector<Entry> entries_;
  std::vector<uint32_t> slots_;  // open addressing, entry index + 1; 0 is free
};

/// Where a statement stands: the innermost function wins over an enclosing class.
enum class Scope : uint8_t { kModule, kClass, kFunction };

/// What protects an import statement, as a bit set.
using Guards = uint8_t;
inline constexpr Guards kGuardTryImportError = 1;
inline constexpr Guards kGuardExcept = 2;
inline constexpr Guards kGuardElse = 4;
inline constexpr Guards kGuardFinally = 8;
inline constexpr Guards kGuardSuppress = 16;
inline constexpr Guards kGuardTypeChecking = 32;
inline constexpr Guards kGuardConditional = 64;
/// Guards that end with the call stack: a function defined under them is not protected when called.
inline constexpr Guards kGuardsOfDynamicExtent =
    kGuardTryImportError | kGuardExcept | kGuardElse | kGuardFinally | kGuardSuppress;

struct ImportedName {
  NameId name;
  NameId as_name;  // equals `name` where the statement has no `as` and has_as is false
  bool has_as;
};

/// One alias of an `import` statement, or one whole `from` statement.
struct Import {
  uint32_t offset;      // 0-based byte of the statement's first token
  uint32_t line;        // 1-based
  NameId module;        // dotted name as written; empty for `from . import x`
  uint32_t first_name;  // into FileFacts::imported_names
  uint32_t name_count;
  uint16_t level;  // leading dots
  Scope scope;
  Guards guards;
  bool is_from;
  bool is_lazy;  // PEP 810
};

/// What reading one file taught. Facts of the content alone.
struct FileFacts {
  NameTable names;
  std::vector<Import> imports;
  std::vector<ImportedName> imported_names;
};

}  // namespace headwater
