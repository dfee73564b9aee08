#include "findings/kinds.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace headwater::findings {
namespace {

using enum FindingClass;

/// By code.
constexpr std::array kKinds = std::to_array<FindingKind>({
    {"HW101", "missing-module", kFault, "a first-party module is missing"},
    {"HW102", "moved-module", kFault, "a first-party module is missing here and exists elsewhere"},
    {"HW103", "not-built", kEnvironment, "a generated module is not built"},
    {"HW104", "unknown-module", kFault, "nobody provides the module"},
    {"HW111", "missing-symbol", kFault, "a first-party module does not have the name"},
    {"HW121", "fatal-cycle", kFault, "an import cycle fails for who enters it here"},
    {"HW122", "relative-import", kFault, "a relative import leaves its package"},
    {"HW123", "name-clash", kFault, "a module hides the one that was meant"},
    {"HW131", "raises", kFault, "module-level code fails"},
    {"HW141", "cascade", kCascade, "a module is there and fails for another cause"},
    {"HW201", "missing-distribution", kEnvironment, "a declared distribution is not installed"},
    {"HW202", "missing-distribution", kEnvironment, "an undeclared distribution is not installed"},
    {"HW203", "no-environment", kUnknown, "no environment to look in"},
    {"HW211", "damaged-distribution", kEnvironment, "an installed distribution has lost files"},
    {"HW212", "modified-distribution", kEnvironment,
     "files of an installed distribution are not those that were installed"},
    {"HW213", "foreign-distribution", kEnvironment,
     "an installed distribution was built for another Python or platform"},
    {"HW214", "version-lacks", kFault, "the installed version does not have it"},
    {"HW301", "syntax-error", kFault, "a file does not compile"},
    {"HW302", "newer-syntax", kFault, "a file has syntax that the environment's Python lacks"},
    {"HW401", "missing-named-module", kFault, "a string names a module that is not there"},
    {"HW402", "missing-named-attribute", kFault, "a string names what its module does not have"},
    {"HW403", "named-cascade", kCascade, "a string names what fails for another cause"},
    {"HW411", "missing-configuration", kFault, "a configuration names one that is not there"},
    {"HW421", "missing-path", kFault, "a string names a path that is not there"},
    {"HW422", "foreign-path", kFault, "a string names a path of another machine"},
    {"HW501", "undeclared-dependency", kFault, "a distribution is imported and not declared"},
    {"HW502", "unused-dependency", kFault, "a declared distribution is imported nowhere"},
    {"HW503", "transitive-dependency", kFault, "what is imported is there only for another"},
    {"HW504", "development-dependency", kFault, "the product imports what development declares"},
    {"HW505", "optional-dependency", kFault, "the product imports what only an extra declares"},
    {"HW901", "unused-suppression", kPolicy, "a comment that ignores nothing"},
    {"HW902", "expired-deferral", kPolicy, "a deferral has expired"},
    {"HW903", "unused-deferral", kPolicy, "a deferral that defers nothing"},
});

}  // namespace

std::span<const FindingKind> finding_kinds() { return kKinds; }

const FindingKind& finding_kind(std::string_view code) {
  const auto found = std::ranges::lower_bound(kKinds, code, {}, &FindingKind::code);
  assert(found != kKinds.end() && found->code == code && "codes come from this table");
  return *found;
}

}  // namespace headwater::findings
