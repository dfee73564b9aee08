#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/strong_components.h"
#include "model/file_facts.h"

namespace headwater {

/// What an edge of the import graph does to the module that it starts from.
enum class EdgeClass : uint8_t {
  kParent,                 // the package that holds the module: it is imported first
  kImport,                 // runs at import time, unguarded
  kImportOrAnother,        // the same, and its handler makes another ImportError of an ImportError
  kImportOrRaise,          // the same, and its handler makes another Exception of it
  kImportOrExit,           // the same, and its handler makes a SystemExit of it
  kImportOrOther,          // the same, and what its handler makes of an ImportError is not known
  kGuarded,                // in a `try` or `with suppress` that catches ImportError
  kGuardedAndMore,         // the same, and perhaps other errors
  kGuardedBroadly,         // the same, of Exception
  kGuardedFully,           // the same, of all
  kGuardedMissing,         // the same, of ModuleNotFoundError only
  kGuardedMissingAndMore,  // the same; what it does with other errors than these is not known
  kGuardedOthers,          // the same, of an ImportError that is no ModuleNotFoundError
  kGuardedOthersAndMore,   // the same; what it does with other errors than these is not known
  kGuardedBesides,         // perhaps the same, of errors that are no ImportError
  kGuardedBesidesOrOther,  // the same, and what it makes of an ImportError is not known
  kFallback,               // in a handler: runs where a guarded import before it fails
  kElse,                   // in the `else` of such a `try`
  kConditional,            // at import time, if a condition holds that is not known
  kCall,                   // in a function
  kScript,                 // where the module is run as a script
  kTyping,                 // for type checkers only
  kNever,                  // in a branch that this Python does not run
};

/// A set of edge classes.
using EdgeClasses = uint32_t;
constexpr EdgeClasses only(EdgeClass edge) { return 1u << static_cast<unsigned>(edge); }
/// Of guards: those that let every ImportError through.
inline constexpr EdgeClasses kGuardsBesides =
    only(EdgeClass::kGuardedBesides) | only(EdgeClass::kGuardedBesidesOrOther);
/// Statements whose ImportErrors nothing around them holds.
inline constexpr EdgeClasses kUnguarded =
    kGuardsBesides | only(EdgeClass::kImport) | only(EdgeClass::kImportOrAnother) |
    only(EdgeClass::kImportOrRaise) | only(EdgeClass::kImportOrExit) |
    only(EdgeClass::kImportOrOther);
/// Guards that let a ModuleNotFoundError through, but no other ImportError, and the other way
/// round.
inline constexpr EdgeClasses kGuardsOfOthers =
    only(EdgeClass::kGuardedOthers) | only(EdgeClass::kGuardedOthersAndMore);
inline constexpr EdgeClasses kGuardsOfMissing =
    only(EdgeClass::kGuardedMissing) | only(EdgeClass::kGuardedMissingAndMore);
/// Those of which it is not known what else they hold.
inline constexpr EdgeClasses kGuardsAndMore =
    only(EdgeClass::kGuardedAndMore) | only(EdgeClass::kGuardedMissingAndMore) |
    only(EdgeClass::kGuardedOthersAndMore) | kGuardsBesides;
inline constexpr EdgeClasses kGuards =
    only(EdgeClass::kGuarded) | only(EdgeClass::kGuardedBroadly) | only(EdgeClass::kGuardedFully) |
    kGuardsOfMissing | kGuardsOfOthers | kGuardsAndMore;
/// What runs, or may run, while a module is imported.
inline constexpr EdgeClasses kImportTimeStatements =
    kUnguarded | kGuards | only(EdgeClass::kFallback) | only(EdgeClass::kElse) |
    only(EdgeClass::kConditional);
inline constexpr EdgeClasses kImportTime = kImportTimeStatements | only(EdgeClass::kParent);
/// What fails its module where it fails.
inline constexpr EdgeClasses kHard = kUnguarded | only(EdgeClass::kParent);

constexpr bool contains(EdgeClasses classes, EdgeClass edge) { return (classes & only(edge)) != 0; }

/// What a statement does to its module where its target fails. `is_entry`: a file that is run, not
/// imported.
EdgeClass edge_class(const Import& import, bool is_entry = false);

/// No node, no file, no statement.
inline constexpr uint32_t kNothing = UINT32_MAX;

/// A statement of a handler or of an `else`, with an import that its `try` protects.
struct Protected {
  enum class Runs : uint8_t { kIfItFails, kIfItImports, kUnknown };
  uint32_t node;
  uint32_t statement;
  uint32_t guarded;  // statement of the same node; itself where none is known
  Runs runs;
};

/// What imports what, in compressed sparse rows. Nodes are the modules of the ModuleTable, by
/// ModuleId, then the entries: first-party files without a module name, by FileId. The edges of a
/// node stand in the order in which its statements run: its package first.
struct ImportGraph {
  std::vector<uint32_t> offsets{0};  // |V| + 1
  std::vector<uint32_t> targets;     // |E|: nodes
  std::vector<uint32_t>
      statements;                  // |E|: into the facts of the node's file; kNothing: its package
  std::vector<EdgeClass> classes;  // |E|
  std::vector<uint32_t> file;      // |V|: into SourceTree::files, or kNothing
  std::vector<uint32_t> node_of_file;   // by FileId; kNothing for a stub
  std::vector<uint32_t> installed;      // by ModuleId: into ResolvedTree::installed, or kNothing
  std::vector<Protected> protected_by;  // by node, then statement, then the last import first
  uint32_t module_count = 0;            // nodes below are modules, the others are entries

  size_t node_count() const { return offsets.size() - 1; }
  bool is_entry(uint32_t node) const { return node >= module_count; }
  size_t edge_count() const { return targets.size(); }
};

/// The strongly connected components of the edges of some classes, in topological order.
using Condensation = StrongComponents;

}  // namespace headwater
