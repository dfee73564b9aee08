#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/strong_components.h"
#include "model/file_facts.h"

namespace headwater {

/// When the statement of an edge of the import graph runs.
enum class EdgeClass : uint8_t {
  kParent,       // the package that holds the module: it is imported first
  kImport,       // at import time, perhaps in the body of a `try` or a `with suppress()`: see Guard
  kFallback,     // in a handler: where a guarded import before it fails
  kElse,         // in the `else` of such a `try`
  kConditional,  // at import time, if a condition holds that is not known
  kCall,         // in a function
  kScript,       // where the module is run as a script
  kTyping,       // for type checkers only
  kNever,        // in a branch that this Python does not run
};

/// A set of edge classes.
using EdgeClasses = uint32_t;
constexpr EdgeClasses only(EdgeClass edge) { return 1u << static_cast<unsigned>(edge); }
/// What runs, or may run, while a module is imported.
inline constexpr EdgeClasses kImportTimeStatements =
    only(EdgeClass::kImport) | only(EdgeClass::kFallback) | only(EdgeClass::kElse) |
    only(EdgeClass::kConditional);
inline constexpr EdgeClasses kImportTime = kImportTimeStatements | only(EdgeClass::kParent);

constexpr bool contains(EdgeClasses classes, EdgeClass edge) { return (classes & only(edge)) != 0; }

/// Which ImportErrors are held; kOthers are those that are no ModuleNotFoundError.
enum class HeldImportErrors : uint8_t { kNone, kMissing, kOthers, kAll };

/// What becomes of an error of an import at import time. By default nothing stands around it.
struct Guard {
  HeldImportErrors held : 2 = HeldImportErrors::kNone;
  CaughtBesides besides : 2 = CaughtBesides::kNothing;  // held of what is no ImportError
  RaisedKind raises : 3 = RaisedKind::kImportError;     // instead of an ImportError not held

  constexpr bool holds_missing() const {
    return held == HeldImportErrors::kMissing || held == HeldImportErrors::kAll;
  }
  constexpr bool holds_others() const {
    return held == HeldImportErrors::kOthers || held == HeldImportErrors::kAll;
  }
  constexpr bool holds_any() const {
    return held != HeldImportErrors::kNone || besides != CaughtBesides::kNothing;
  }
  bool operator==(const Guard&) const = default;
};
static_assert(sizeof(Guard) == 1);

/// What an edge does to the module that it starts from. Only what is of class kImport has a guard.
struct EdgeKind {
  // Of a constant only: what is read from an edge has a guard that must not be forgotten.
  consteval EdgeKind(EdgeClass edge_class) : runs(edge_class), guard() {}
  constexpr EdgeKind(EdgeClass edge_class, Guard around) : runs(edge_class), guard(around) {}

  bool operator==(const EdgeKind&) const = default;

  EdgeClass runs;
  Guard guard;
};
static_assert(sizeof(EdgeKind) == 2);

/// What an ImportError of it fails its module.
constexpr bool is_hard(EdgeKind kind) {
  return kind.runs == EdgeClass::kParent ||
         (kind.runs == EdgeClass::kImport && kind.guard.held == HeldImportErrors::kNone);
}

/// What a statement does to its module where its target fails. `is_entry`: a file that is run, not
/// imported.
EdgeKind edge_kind(const Import& import, bool is_entry = false);

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
  std::vector<Guard> guards;       // |E|; beside classes, which most passes read alone
  std::vector<uint32_t> file;      // |V|: into SourceTree::files, or kNothing
  std::vector<uint32_t> node_of_file;   // by FileId; kNothing for a stub
  std::vector<uint32_t> installed;      // by ModuleId: into ResolvedTree::installed, or kNothing
  std::vector<Protected> protected_by;  // by node, then statement, then the last import first
  uint32_t module_count = 0;            // nodes below are modules, the others are entries

  size_t node_count() const { return offsets.size() - 1; }
  bool is_entry(uint32_t node) const { return node >= module_count; }
  size_t edge_count() const { return targets.size(); }
  EdgeKind kind(uint32_t edge) const { return {classes[edge], guards[edge]}; }
};

/// The strongly connected components of the edges of some classes, in topological order.
using Condensation = StrongComponents;

}  // namespace headwater
