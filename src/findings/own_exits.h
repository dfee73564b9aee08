#pragma once

#include <vector>

#include "model/outcome.h"

namespace headwater::findings {

/// By cause of the simulation, whether it is how a `__main__` that nobody imports ends, which is
/// there to be run: `raise SystemExit(main())`, `sys.exit()`.
std::vector<bool> own_exits(const SimulatedNodes& simulated);

}  // namespace headwater::findings
