#pragma once

#include <string>

#include "findings/selection.h"
#include "findings/world.h"
#include "model/finding.h"

namespace headwater::findings {

struct FindOptions {
  Selection selection;
};

/// Judges every import that fails, groups what one repair removes, and counts. A function of its
/// arguments; the same at any thread count.
AuditReport find(const World& world, const FindOptions& options);

}  // namespace headwater::findings
