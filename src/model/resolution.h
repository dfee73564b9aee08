#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"
#include "model/file_facts.h"

namespace headwater {

enum class ModuleKind : uint8_t { kSource, kPackage, kNamespacePackage, kExtension, kBuiltin };
enum class ModuleOrigin : uint8_t { kFirstParty, kStandardLibrary, kThirdParty };

/// A module that some import found, or a first-party file. (Search root, dotted name) is its
/// identity.
struct Module {
  std::string name;  // dotted
  std::string file;  // absolute; empty for namespace packages and built-in modules
  ModuleKind kind;
  ModuleOrigin origin;
  uint32_t file_id = UINT32_MAX;  // first-party: into SourceTree::files
};

enum class Outcome : uint8_t {
  kModule,
  kNamespacePackage,
  kExtension,
  kDistribution,     // of a distribution that is locked and not on the disk
  kStandardLibrary,  // built-in, frozen, or known by the version's table alone
  kMissing,
  kAmbiguous,
  kOnDemand,  // its module may load it, to serve a name that no statement binds
  // A name that no statement of its module binds, but other code may; or, behind all rows of the
  // statement, an attribute that is read and so: `wanted` has it behind its module's name.
  kUnshown,
  kUnknown,
};

/// Why an import statement would raise. The oracle's kinds, as far as the finder alone tells.
enum class FailureKind : uint8_t {
  kNone,
  kMissingModule,
  kMissingSymbol,
  kRelativeImport,
  kHiddenModule
};

/// What became of one imported module or name. A `from m import x, y` has one row for m, and one
/// more for each name that fails or that is a submodule. Most rows found what they asked for: then
/// the target says it all.
struct Resolution {
  FileId file;
  uint32_t import;               // into FileFacts::imports of the file
  uint32_t name = UINT32_MAX;    // into FileFacts::imported_names: the name that this row is about
  uint32_t target = UINT32_MAX;  // into ResolvedTree::modules: what was found, where there is one
  uint32_t wanted = UINT32_MAX;  // into ResolvedTree::wanted: where that is not what was asked for
  Outcome outcome = Outcome::kUnknown;
  FailureKind failure = FailureKind::kNone;
};
static_assert(sizeof(Resolution) == 24, "an audit holds one for every import");

/// What a statement asked for and did not find.
struct Wanted {
  std::string module;          // absolute dotted name; empty if it cannot be formed
  std::string missing_prefix;  // the first part that is not there: `a.b` of `a.b.c`
  std::string shadowed_by;     // kHiddenModule: the file that hides what was meant
};

}  // namespace headwater
