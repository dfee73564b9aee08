#include "resolve/branches.h"

#include <tbb/parallel_for.h>

namespace headwater::resolve {

void decide_branches(FileFacts& facts, const PythonEnvironment& environment) {
  const auto [major, minor] = environment.version;
  if (major == 0 || facts.run_conditions().empty()) return;
  facts.decide(packed_version(major, minor), platform_of(environment.system_platform()));
}

void decide_branches(ScannedTree& scanned, const PythonEnvironment& environment) {
  tbb::parallel_for(size_t{0}, scanned.facts.size(),
                    [&](size_t i) { decide_branches(scanned.facts[i], environment); });
}

}  // namespace headwater::resolve
