#include "resolve/branches.h"

namespace headwater::resolve {

void decide_branches(FileFacts& facts, const PythonEnvironment& environment) {
  if (facts.run_conditions().empty()) return;
  const auto [major, minor] = environment.version;
  const uint16_t version = environment.version_is_guess ? 0 : packed_version(major, minor);
  const Platforms platform =
      environment.platform.empty() ? 0 : platform_of(environment.system_platform());
  facts.decide(version, platform);
}

}  // namespace headwater::resolve
