#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "model/name_use.h"
#include "model/run_condition.h"

namespace headwater {

/// A name or dotted name in the `NameTable` of the same file.
enum class NameId : uint32_t {};
static_assert(sizeof(NameId) == 4);

/// The distinct names of one file. Ids are dense, in order of first use.
class NameTable {
 public:
  NameId intern(std::string_view name);
  std::optional<NameId> find(std::string_view name) const;
  std::string_view operator[](NameId id) const;
  size_t size() const { return ends_.size(); }
  /// All names one after the other, and where each ends: by id.
  std::string_view text() const { return text_; }
  std::span<const uint32_t> ends() const { return ends_; }
  /// Forgets all names and keeps the memory.
  void clear();

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
/// Beside kGuardTryImportError or kGuardSuppress: none around it catches an ImportError that is no
/// ModuleNotFoundError.
inline constexpr Guards kGuardMissingModuleOnly = 128;
/// Guards that end with the call stack: a function defined under them is not protected when called.
inline constexpr Guards kGuardsOfDynamicExtent = kGuardTryImportError | kGuardExcept | kGuardElse |
                                                 kGuardFinally | kGuardSuppress |
                                                 kGuardMissingModuleOnly;

/// What is raised, by who has to catch it: each catches what stands before it, too.
enum class RaisedKind : uint8_t {
  kImportError,         // the one that was caught
  kAnotherImportError,  // a new one, whatever was caught
  kException,           // `except Exception`
  kExit,                // SystemExit: a bare `except`
  kNotKnown,            // one of these
};

/// What guards hold of the errors that are no ImportError; ascending by what is certain of it.
enum class CaughtBesides : uint8_t { kNothing, kNotKnown, kException, kAll };

struct ImportedName {
  NameId name;
  NameId as_name : 31;  // equals `name` where the statement has no `as`
  bool has_as : 1;
};
static_assert(sizeof(ImportedName) == 8);

/// More are as wrong.
inline constexpr uint32_t kMostDots = 1023;

/// One alias of an `import` statement, or one whole `from` statement.
struct Import {
  uint32_t offset;  // 0-based bytes in the file, [offset, end) is the statement
  uint32_t end;
  uint32_t line;        // 1-based
  uint32_t column;      // 1-based code points
  NameId module;        // dotted name as written; empty for `from . import x`
  uint32_t first_name;  // into FileFacts::imported_names
  uint32_t name_count;
  uint16_t level : 10;  // leading dots, at most kMostDots
  CaughtBesides caught_besides : 2;
  RaisedKind handler_raises : 3;  // where it fails: by its handler, or by a `finally` around it
  /// Where `handler_ends`: another handler goes on with an ImportError of another class.
  uint16_t handler_keeps_others : 1;
  Guards guards;
  Scope scope : 2;
  bool is_from : 1;
  bool is_lazy : 1;  // PEP 810
  /// `pytest.importorskip()` of the module stands above, at module level: without it, the tests are
  /// skipped.
  bool is_probed : 1;
  /// Behind a statement that ends the module, or in a branch that the Python of the environment
  /// does not run; the latter is not known until FileFacts::decide().
  bool never_runs : 1;
  /// Under `if __name__ == "__main__"`. False until FileFacts::decide().
  bool only_as_script : 1;
  /// The handler that takes a ModuleNotFoundError of it ends the module, by `raise` or
  /// `sys.exit()`; of other errors it says nothing.
  bool handler_ends : 1;
  /// Of an import in a handler or `else`: so many imports before it stands the last one that the
  /// innermost such `try` protects; 0 if there is none.
  uint16_t guarded_back;
  /// Of an import that a `try` protects: so many imports before it stands the one before in the
  /// body, with nothing nearer that catches; 0 if there is none.
  uint16_t previous_back;
};
static_assert(sizeof(Import) == 36);

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

/// A statement that binds or unbinds a name of the module's namespace.
struct Binding {
  uint32_t line;  // 1-based
  NameId name : 27;
  BindingKind kind : 4;
  bool conditional : 1;  // may not have run when the module has finished
};
static_assert(sizeof(Binding) == 8);

/// Files that are larger are not scanned, whatever limit is asked for: a NameId of a Binding has 27
/// bits, and two names take three bytes or more.
inline constexpr uint64_t kMostScannedBytes = uint64_t{256} << 20;

/// What is known of a name once the module has run to its end. kNone: it is no name of the module.
/// kNever: only code that no Python runs would bind it.
enum class NameState : uint8_t { kNone, kAlways, kMaybe, kDeclared, kDeleted, kNever };

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

/// A string literal that some library takes for the name of code: of what is called, or assigned to
/// a setting of a known name.
struct StringUse {
  uint32_t line;    // 1-based
  uint32_t column;  // 1-based code points
  NameId name;      // as written; `.a` is below the package of the file
  NameId key;       // who takes it: `mock.patch`, `MIDDLEWARE`
  NameUse use;
  bool is_optional;  // what is not there is no error
  uint16_t zero = 0;
};
static_assert(sizeof(StringUse) == 20);

/// Where code that runs with the module certainly, classes' bodies among it, first reads an
/// attribute of a name that an import has bound. What stands inside of brackets may be left out.
struct AttributeRead {
  uint32_t line;  // 1-based
  NameId path;    // as written, from the bound name on: `models.base.Model`
};

/// What the file does to `sys.path`.
struct PathEdit {
  uint32_t line;        // 1-based
  NameId folder;        // in the words of model/path_expression.h
  bool is_unread;       // what is done is not known; `folder` says nothing
  bool at_front;        // `insert`; else behind everything, as `append` and `addsitedir`
  bool is_conditional;  // may not run: in a function, a branch, a handler
};

/// A comment that asks not to report what a statement or the file gives rise to.
struct Suppression {
  uint32_t line;            // 1-based, of the comment
  uint32_t statement_line;  // the first line of the statement that it belongs to
  NameId codes;             // codes and prefixes of codes with commas between; empty: all
  uint32_t whole_file;      // 1: `ignore-file`
};
static_assert(sizeof(Suppression) == 16);

/// A code cell of a notebook, whose cells are scanned as if they were one text.
struct NotebookCell {
  uint32_t first_line;  // 1-based, in that text
  uint32_t number;      // 1-based, among the code cells
};

/// A place as a person looks for it. `cell` is 0 outside of notebooks.
struct PlaceInFile {
  uint32_t cell;
  uint32_t line;
};

/// Why a file certainly does not compile. Absence of an error is no promise.
enum class SyntaxErrorKind : uint8_t {
  kEncoding,
  kNullByte,
  kLexical,
  kBracket,
  kIndentation,
  kGrammar,
  kCompileRule,
};

struct SyntaxFault {
  uint32_t line;  // 1-based, as CPython reports it
  SyntaxErrorKind kind;
  uint32_t column = 1;                  // 1-based code points
  NameId message = NameId{UINT32_MAX};  // in CPython's words; UINT32_MAX: the kind says it all
};

/// The file compiles, but not before Python 3.`minor`.
struct VersionRequirement {
  uint32_t line;
  uint32_t column;
  NameId feature;
  uint32_t minor;
};

/// What reading one file taught. Facts of the content alone: no path, no view into file bytes. An
/// audit holds those of every file at once, so all of them lie in one block of the exact size: 88
/// bytes and one allocation a file beside what there is to say. Immutable but for decide().
class FileFacts {
 public:
  FileFacts() = default;

  std::string_view name(NameId id) const {
    const std::span<const uint32_t> ends = part<uint32_t>(kNameEnds);
    const auto i = static_cast<uint32_t>(id);
    const uint32_t begin = i == 0 ? 0 : ends[i - 1];
    const auto text = part<char>(kNameText);
    return {text.data() + begin, ends[i] - begin};
  }
  size_t name_count() const { return part<uint32_t>(kNameEnds).size(); }

  std::span<const Import> imports() const { return part<Import>(kImports); }  // in source order
  std::span<const ImportedName> imported_names() const {
    return part<ImportedName>(kImportedNames);
  }
  std::span<const Binding> bindings() const { return part<Binding>(kBindings); }  // in source order
  std::span<const StarImport> stars() const { return part<StarImport>(kStars); }  // module level
  /// `__all__` where exports_state is kLiteral; sorted, distinct.
  std::span<const NameId> exports() const { return part<NameId>(kExports); }
  std::span<const StringReference> string_references() const {
    return part<StringReference>(kStringReferences);
  }
  std::span<const StringUse> string_uses() const {
    return part<StringUse>(kStringUses);
  }                                                         // by line
  std::span<const AttributeRead> attribute_reads() const {  // by line
    return part<AttributeRead>(kAttributeReads);
  }
  std::span<const PathEdit> path_edits() const {  // in the order in which they run
    return part<PathEdit>(kPathEdits);
  }
  std::span<const Suppression> suppressions() const {
    return part<Suppression>(kSuppressions);
  }  // by line
  std::span<const NotebookCell> cells() const { return part<NotebookCell>(kCells); }
  /// Where `line` of the scanned text is: in a notebook, the cell and the line within it.
  PlaceInFile place(uint32_t line) const;
  std::span<const SyntaxFault> syntax_faults() const { return part<SyntaxFault>(kSyntaxFaults); }
  /// At most one: the newest syntax that the file uses.
  std::span<const VersionRequirement> version_requirements() const {
    return part<VersionRequirement>(kVersionRequirements);
  }
  /// By import; none of an import that runs everywhere or by conditions that are not known.
  std::span<const RunCondition> run_conditions() const {
    return part<RunCondition>(kRunConditions);
  }
  /// Tells the imports which branches a Python runs: those of others never run, and what no other
  /// condition surrounds loses kGuardConditional. 0 is a version or a platform that is not known.
  /// Once for each facts; not safe beside readers.
  void decide(uint16_t version, Platforms platform);
  /// By NameId. Names after the last one of the module have none: see state().
  std::span<const NameState> name_states() const { return part<NameState>(kNameStates); }

  uint64_t content_hash = 0;  // XXH3-64 of the bytes
  DynamicMarkers dynamic_markers = 0;
  ExportsState exports_state = ExportsState::kAbsent;
  bool has_getattr = false;  // a module-level `__getattr__` (PEP 562)

  /// Whether only the contents differ that they are facts of. May say no where padding differs.
  bool says_the_same_as(const FileFacts& other) const;
  /// Whether, beyond that, only the lines of statements differ and are in the same order: all that
  /// is told by them is where something stands. Never so of notebooks, and of what does not
  /// compile.
  bool says_the_same_elsewhere(const FileFacts& other) const;

  /// Everything, in this machine's byte order, behind what `out` holds.
  void append_bytes(std::vector<std::byte>& out) const;
  /// The facts that append_bytes() wrote. Nothing if the parts do not fit into `bytes` exactly;
  /// what is in them is not looked at: whoever keeps bytes keeps a checksum.
  static std::optional<FileFacts> from_bytes(std::span<const std::byte> bytes);
  /// Differs where facts of another build or machine would be read wrongly.
  static uint64_t layout();

 private:
  friend struct FactsBuilder;

  /// In the order in which they lie in the block: what is aligned to 4 bytes first.
  enum Part : uint8_t {
    kImports,
    kImportedNames,
    kBindings,
    kStars,
    kExports,
    kStringReferences,
    kStringUses,
    kAttributeReads,
    kPathEdits,
    kSyntaxFaults,
    kVersionRequirements,
    kSuppressions,
    kCells,
    kRunConditions,
    kNameEnds,
    kNameStates,
    kNameText,
    kPartCount
  };
  static const std::array<uint32_t, kPartCount> kElementSizes;  // in bytes

  template <typename T>
  std::span<const T> part(Part index) const {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignof(uint32_t));
    const uint32_t begin = index == 0 ? 0 : ends_[index - 1];
    return {reinterpret_cast<const T*>(block_.get() + begin), (ends_[index] - begin) / sizeof(T)};
  }

  std::array<uint32_t, kPartCount> ends_{};  // of the parts, in bytes of the block
  std::unique_ptr<std::byte[]> block_;
};
static_assert(sizeof(FileFacts) == 88);

/// Facts while they are gathered. See FileFacts for the parts.
struct FactsBuilder {
  /// A binding with its place, by which bindings are brought into source order.
  struct PlacedBinding {
    uint32_t offset;
    Binding binding;
    bool never_runs = false;  // under `if False:`
  };

  uint64_t content_hash = 0;
  NameTable names;
  std::vector<Import> imports;
  std::vector<ImportedName> imported_names;
  std::vector<PlacedBinding> bindings;
  std::vector<StarImport> stars;
  std::vector<NameId> exports;
  std::vector<StringReference> string_references;
  std::vector<StringUse> string_uses;
  std::vector<AttributeRead> attribute_reads;
  std::vector<PathEdit> path_edits;
  std::vector<SyntaxFault> syntax_faults;
  std::vector<VersionRequirement> version_requirements;
  std::vector<Suppression> suppressions;
  std::vector<NotebookCell> cells;
  std::vector<RunCondition> run_conditions;
  std::vector<NameState> name_states;
  DynamicMarkers dynamic_markers = 0;
  ExportsState exports_state = ExportsState::kAbsent;
  bool has_getattr = false;

  void set_state(NameId name, NameState state);
  FileFacts build() const;
  /// Forgets everything and keeps the memory.
  void clear();
};

}  // namespace headwater
