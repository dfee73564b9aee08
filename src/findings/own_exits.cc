#include "findings/own_exits.h"

#include <string_view>

namespace headwater::findings {

std::vector<bool> own_exits(const SimulatedNodes& simulated) {
  const std::vector<ImportCause>& causes = simulated.table.causes;
  std::vector<bool> own(causes.size());
  for (size_t i = 0; i < causes.size(); ++i) {
    own[i] = causes[i].kind == ImportFailureKind::kRaises && causes[i].symbol == "SystemExit";
  }
  for (const ModuleOutcome& outcome : simulated.table.outcomes) {
    const std::string_view name = outcome.module;
    if (name == "__main__" || name.ends_with(".__main__")) continue;
    for (const uint32_t cause : outcome.causes) own[cause] = false;
  }
  return own;
}

}  // namespace headwater::findings
