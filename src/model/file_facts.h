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
  size_t size() const { return ends_.size(); }
  /// Forgets all names and keeps the memory.
  void clear();
  /// The same names in the least memory. It can be read; to intern more, it hashes all anew.
  NameTable frozen() const;

 private:
  void grow();

  std::string text_;
  std::vector<uint32_t>
      ends_;  // by id: where its name ends in text_; it begins where the last ends
  std::vector<uint32_t> slots_;  // open addressing, id + 1; 0 is free
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
  uint32_t offset;  // 0-based bytes in the file, [offset, end) is the statement
  uint32_t end;
  uint32_t line;        // 1-based
  uint32_t column;      // 1-based code points
  NameId module;        // dotted name as written; empty for `from . import x`
  uint32_t first_name;  // into FileFacts::imported_names
  uint32_t name_count;
  uint16_t level;  // leading dots
  Scope scope;
  Guards guards;
  bool is_from;
  bool is_lazy;  // PEP 810
  /// Of an import in a handler or `else`: so many imports before it stands the last one that the
  /// innermost such `try` protects; 0 if there is none.
  uint16_t guarded_back;
};

enum class BindingKind : uint8_t {
  kImport,
  kAssign,
  kAnnotated,
  kDeclared,
  kAugmented,
  kFunction,
  kClass,
  kFor,
  kWith,
  kExceptAs,
  kMatch,
  kWalrus,
  kType,
  kGlobal,
  kDelete,
};

/// A statement that binds or unbinds a name of the module's namespace, in source order.
struct Binding {
  uint32_t offset;
  uint32_t line;  // 1-based
  NameId name;
  BindingKind kind;
  bool conditional;  // may not have run when the module has finished
};

/// What is known of a name once the module has run to its end.
enum class NameState : uint8_t { kAlways, kMaybe, kDeclared, kDeleted };

struct ModuleName {
  NameId name;
  NameState state;
};

struct StarImport {
  uint32_t import;  // into FileFacts::imports
  bool conditional;
};

enum class ExportsState : uint8_t { kAbsent, kLiteral, kDynamic };

/// Markers that make the module's namespace more than its bindings, as a bit set.
using DynamicMarkers = uint16_t;
inline constexpr DynamicMarkers kDynamicGlobals = 1;       // globals()
inline constexpr DynamicMarkers kDynamicVars = 2;          // vars()
inline constexpr DynamicMarkers kDynamicLocals = 4;        // locals()
inline constexpr DynamicMarkers kDynamicSetattr = 8;       // setattr()
inline constexpr DynamicMarkers kDynamicExec = 16;         // exec()
inline constexpr DynamicMarkers kDynamicEval = 32;         // eval()
inline constexpr DynamicMarkers kDynamicDict = 64;         // .__dict__
inline constexpr DynamicMarkers kDynamicSysModules = 128;  // sys.modules
inline constexpr DynamicMarkers kDynamicPath = 256;        // __path__

/// A string literal that names a module: the first argument of `import_module` or `__import__`.
struct StringReference {
  uint32_t offset;
  uint32_t line;
  uint32_t column;
  NameId module;
  Scope scope;
  Guards guards;
};

/// Whether the file is certainly no Python that compiles. Absence of an error is no promise.
enum class SyntaxErrorKind : uint8_t {
  kEncoding,
  kNullByte,
  kUnterminatedString,
  kBracket,
  kIndentation
};

struct SyntaxFault {
  uint32_t line;  // 1-based, as CPython reports it
  SyntaxErrorKind kind;
};

/// What reading one file taught. Facts of the content alone: no path, no view into file bytes.
struct FileFacts {
  uint64_t content_hash = 0;  // XXH3-64 of the bytes
  NameTable names;
  std::vector<Import> imports;  // in source order
  std::vector<ImportedName> imported_names;
  std::vector<Binding> bindings;  // in source order
  std::vector<ModuleName>
      module_names;               // one per name that bindings mention, in order of first binding
  std::vector<StarImport> stars;  // at module level
  std::vector<NameId> exports;    // `__all__` where exports_state is kLiteral; sorted, distinct
  std::vector<StringReference> string_references;
  std::vector<SyntaxFault> syntax_faults;
  DynamicMarkers dynamic_markers = 0;
  ExportsState exports_state = ExportsState::kAbsent;
  bool has_getattr = false;  // a module-level `__getattr__` (PEP 562)
};

}  // namespace headwater
