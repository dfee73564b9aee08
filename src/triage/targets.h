#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "model/triage_report.h"
#include "triage/verdict.h"

namespace headwater::triage {

/// Dotted names in configuration files, as `_target_: shop.codec.JsonCodec`, by the modules of the
/// repository. No statement stands behind them, and so no finding.
class Targets {
 public:
  /// Both outlive it.
  Targets(const Audit& audit, const AuditReport& report);

  TriagedImport judge(const ToolEntry& entry) const;

 private:
  /// The path below the repository that the longest end of `path` leads to; empty: none does.
  std::string locate(const std::string& path) const;
  void judge_name(std::string_view name, TriagedImport& made) const;
  void judge_rest(uint32_t module, std::string_view rest, TriagedImport& made) const;
  void judge_absent(std::string_view name, TriagedImport& made) const;

  const Audit& audit_;
  const AuditReport& report_;
  std::unordered_map<std::string_view, uint32_t> modules_;  // by dotted name
};

}  // namespace headwater::triage
