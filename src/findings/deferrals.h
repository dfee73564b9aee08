#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "findings/judge.h"
#include "findings/selection.h"
#include "model/deferral.h"
#include "model/finding.h"

namespace headwater::findings {

/// What the configuration puts off, and how much of it there was. One whose day has passed by
/// `today` (as 2027-01-31) puts nothing off.
class Deferrals {
 public:
  Deferrals() = default;  // of nothing
  Deferrals(const std::vector<Deferral>& all, std::string_view today);

  /// Whether a deferral takes the finding, which has its class and words then, and no cause. Takes
  /// note of it. What raises nothing anyway is left alone.
  bool defer(Finding& finding);

  /// Those that have taken something, in the order of the configuration.
  std::vector<ReportedDeferral> used() const;
  /// HW902 for each whose day has passed, HW903 for each that has taken nothing though all that it
  /// could take was looked for; without an environment, distributions are not.
  std::vector<Finding> findings(const Selection& selection, bool has_environment) const;

 private:
  bool is_expired(const Deferral& deferral) const {
    return !deferral.until.empty() && deferral.until < today_;
  }

  std::vector<Deferral> all_;
  std::string today_;
  std::vector<uint64_t> counts_;  // by deferral
};

}  // namespace headwater::findings
