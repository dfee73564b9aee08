#pragma once

#include <vector>

#include "base/file_system.h"
#include "model/attribution.h"
#include "model/import_graph.h"
#include "model/resolved_tree.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"
#include "model/triage_report.h"

namespace headwater::triage {

/// The audit of the repository.
struct Audit {
  const FileSystem& files;
  const SourceTree& tree;
  const ScannedTree& scanned;
  const ResolvedTree& resolved;
  const ImportGraph& graph;
  const Attribution& attribution;
};

/// Sorts what the tools say by what the audit says of the same statements. `report` is that of the
/// audit.
TriageReport triage(const Audit& audit, AuditReport report, const std::vector<ToolReport>& tools);

}  // namespace headwater::triage
