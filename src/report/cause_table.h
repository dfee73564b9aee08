#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "model/finding.h"

namespace headwater::report {

/// A line of the table of causes, without colour and line end.
struct CauseLine {
  enum class Kind : uint8_t { kHeading, kEnvironment, kFault, kRepair, kDetail, kPlain };
  Kind kind;
  std::string text;
};

struct CauseTableOptions {
  size_t width;
  bool everything = false;    // all causes with all their places
  bool show_cascade = false;  // the modules that each cause blocks
};

/// The causes as a person reads them: one line each with what it blocks alone and with others, and
/// what to type; then those that block no module. Wide terminals have the repair beside the cause,
/// narrow ones below it.
class CauseTable {
 public:
  CauseTable(const AuditReport& audit, const CauseTableOptions& options);

  const std::vector<CauseLine>& lines() const { return lines_; }
  bool hides_something() const { return hides_something_; }

 private:
  void blocking();
  void blocking_row(size_t index, size_t number_width, size_t title_width, size_t repair_column);
  void harmless();
  void places(const Cause& cause);
  void victims(const Cause& cause);
  void add(CauseLine::Kind kind, std::string text) { lines_.push_back({kind, std::move(text)}); }

  const AuditReport& audit_;
  const CauseTableOptions options_;
  std::vector<CauseLine> lines_;
  bool hides_something_ = false;
};

/// By FindingClass: how many findings each has.
std::array<uint64_t, 7> class_counts(const AuditReport& audit);

}  // namespace headwater::report
