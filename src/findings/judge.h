#pragma once

#include <span>

#include "findings/providers.h"
#include "findings/world.h"
#include "model/finding.h"

namespace headwater::findings {

/// A finding and what it is attributed to, before causes are numbered.
struct Judgement {
  Finding finding;
  std::string subject;            // of the direct cause
  std::string cause_title;        // where the message tells one place of several
  std::string cause_repair;       // as the suggestion tells it anywhere
  std::string distribution;       // that would provide it, where one would
  bool raises = true;             // the statement itself: not where it finds the rest of a package
  bool lacks_symbol = false;      // raises ImportError, not ModuleNotFoundError
  bool depends_on_entry = false;  // fails some imports of its module and not others
  std::string moved_to;           // where the module certainly is now, else empty
  std::string declared_in;        // the file that declares it, where one does
  uint32_t file = UINT32_MAX;     // FileId
  uint32_t installed = UINT32_MAX;  // into ResolvedTree::installed, if it is no first-party file
  uint32_t statement = UINT32_MAX;  // into the file's imports; UINT32_MAX: the file as a whole
  uint32_t string = UINT32_MAX;     // into World::strings, if it is about one
};

/// What became of the imports that a `try` protects, as far as a statement of its handlers or of
/// its `else` can tell. kEscapes: one fails, and no handler catches that.
enum class GuardedImport : uint8_t { kUnknown, kFails, kWorks, kNotReached, kEscapes };

/// What the protected import must have done for a statement under `guards` to be reached, or
/// kUnknown if one cannot tell whether the handler or the `else` is the inner one.
GuardedImport reached_if(Guards guards);

/// The package on the way to what `rows` found whose own `__init__` a damaged distribution has
/// lost: a bare folder stands for it. Empty if there is none.
std::string lost_package(const World& world, std::span<const Resolution> rows);

/// Judges one import statement by its rows of the resolution (the module's row, then one per
/// missing name): code, class, when, words. `rows` has at least one failure, or a lost_package.
/// `guarded` decides whether a statement of a handler or of an `else` is reached. `providers` are
/// of `world`.
Judgement judge(const World& world, Providers& providers, std::span<const Resolution> rows,
                GuardedImport guarded);

}  // namespace headwater::findings
