#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headwater {

/// Why CPython would not import a module, in its own terms.
enum class ImportFailureKind : uint8_t {
  kMissingModule,        // ModuleNotFoundError
  kMissingDistribution,  // a distribution whose metadata are asked for: PackageNotFoundError
  kMissingSymbol,        // "cannot import name" of a module that has finished
  kPartialImport,        // the same, or an absent attribute, of a module that is still running
  kMissingAttribute,     // AttributeError of a module
  kRelativeImport,       // no parent package, or beyond the top
  kNameError,
  kSyntaxError,  // the file does not compile
  kRaises,       // anything else that leaves module-level code
};

/// The oracle's word: "missing-module", "raises", ...
const char* import_failure_name(ImportFailureKind kind);

/// A statement of a file.
struct SourcePlace {
  uint32_t file = UINT32_MAX;  // into OutcomeTable::files; UINT32_MAX: no file
  uint32_t line = 0;           // 1-based
  friend auto operator<=>(const SourcePlace&, const SourcePlace&) = default;
};

/// A way to break a cycle that is fatal from some entries: imports that a module no longer does
/// while it runs.
struct CycleRepair {
  /// What becomes of the statements. Which of these works depends on what uses their names.
  enum class How : uint8_t {
    kIntoFunctions,          // functions alone use them, when they are called
    kForTyping,              // annotations alone do
    kForTypingAndFunctions,  // both do
    kFromElsewhere           // code that runs with the module does: what is needed has to come from
                             // a module outside of the cycle
  };
  std::vector<SourcePlace> lines;  // where they begin; of one file, ascending
  std::string module;              // dotted, whose statements they are
  std::string target;              // dotted, that they lead to
  How how = How::kIntoFunctions;
  friend auto operator<=>(const CycleRepair&, const CycleRepair&) = default;
};

/// One thing that has to be repaired. Equal failures at different places are different causes; what
/// is absent is the same thing wherever it is asked for, so who counts causes compares `kind`,
/// `module` and `symbol` first.
struct ImportCause {
  ImportFailureKind kind;
  /// kMissingModule: the dotted name that is not there, the first missing part.
  /// kMissingDistribution: its name, as it is asked for. kMissingSymbol,
  /// kPartialImport, kMissingAttribute: the module that lacks it. Else empty.
  std::string module;
  /// The name that is absent; kRaises: the exception's class. Else empty.
  std::string symbol;
  SourcePlace at;
  /// Into OutcomeTable::cycle_repairs: what mends it. kPartialImport alone; UINT32_MAX: only that
  /// the name is there.
  uint32_t repair = UINT32_MAX;
  friend auto operator<=>(const ImportCause&, const ImportCause&) = default;
};

/// Unknown counts as imports everywhere; it is never a failure.
enum class ImportState : uint8_t { kImports, kFails, kUnknown };

/// What becomes of one module that is the first import of a fresh interpreter.
struct ModuleOutcome {
  std::string module;          // dotted, as asked for
  uint32_t file = UINT32_MAX;  // into OutcomeTable::files; UINT32_MAX: none was found
  ImportState state = ImportState::kImports;
  /// Into OutcomeTable::causes, in the order in which they come up: the first is what Python
  /// reports, each next one is what it would report once all before it are repaired. Empty unless
  /// kFails.
  std::vector<uint32_t> causes;
  /// False: there were more causes than were looked for, or behind the last one all is unknown.
  bool causes_complete = true;
  /// The frames of the first cause, from the module's own statement down to the failing one, each
  /// file whatever its origin. The outermost ones are left out beyond `kMaxChain`.
  std::vector<SourcePlace> chain;
  static constexpr size_t kMaxChain = 400;
};

/// What an import simulation says. Sorted and without duplicates: the same inputs give the same
/// table at any thread count.
struct OutcomeTable {
  std::vector<std::string> files;          // absolute, sorted
  std::vector<ImportCause> causes;         // sorted by their members, files by name
  std::vector<ModuleOutcome> outcomes;     // one per module asked for, in the order asked
  std::vector<CycleRepair> cycle_repairs;  // by file and line, if they were asked for
};

/// One table of several: the outcome `i` of `parts[p]` is the one at `places[p][i]` of the whole.
OutcomeTable merged(std::vector<OutcomeTable> parts,
                    const std::vector<std::vector<uint32_t>>& places);

/// The modules of an audit whose import was simulated.
struct SimulatedNodes {
  std::vector<uint32_t> nodes;      // of the import graph, ascending
  OutcomeTable table;               // one outcome per node, in their order
  std::vector<bool> in_cycle;       // by position in `nodes`: not only an importer of one
  std::vector<uint32_t> ran_all;    // of `nodes`: with all that they import; ascending
  std::vector<uint32_t> undecided;  // nodes that it would take too long to simulate
  /// All modules were simulated, with all that they import. Else only what a cycle breaks is told.
  bool is_deep = false;
  /// Whoever imports a cycle that fails and does not do as the first member does that it comes to
  /// was simulated.
  bool is_whole = false;
};

}  // namespace headwater
