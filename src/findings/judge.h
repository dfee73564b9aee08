#pragma once

#include <span>

#include "findings/world.h"
#include "model/finding.h"

namespace headwater::findings {

/// A finding and what it is attributed to, before causes are numbered.
struct Judgement {
  Finding finding;
  std::string subject;       // of the direct cause
  std::string distribution;  // that would provide it, where one would
};

/// Judges one import statement by its rows of the resolution (the module's row, then one per
/// missing name): code, class, when, words. `rows` has at least one failure. `fallback_runs`: where
/// the statement is a handler's, the guarded import before it fails too, so that the handler is
/// reached.
Judgement judge(const World& world, std::span<const Resolution> rows, bool fallback_runs);

}  // namespace headwater::findings
