#include "pipeline/attributed.h"

#include "attribute/cascade/cascade.h"
#include "attribute/cascade/plan.h"
#include "attribute/entry_causes.h"
#include "graph/build.h"
#include "graph/condense.h"
#include "pipeline/policy.h"
#include "pipeline/simulated_imports.h"
#include "pipeline/simulations.h"
#include "pipeline/thread_limit.h"

namespace headwater::pipeline {

std::unique_ptr<Attributed> attribute_causes(const FileSystem& files, const AuditOptions& options,
                                             StageOutputs made, const findings::FindOptions& find) {
  auto audit = std::make_unique<Attributed>();
  audit->made = std::move(made);
  const StageOutputs& stages = audit->made;
  audit->world = std::make_unique<const findings::World>(
      stages.tree, stages.scanned, stages.layout, stages.entry_paths, stages.environment,
      stages.project_environments, stages.resolved, stages.strings);
  audit->graph = graph::build(stages.tree, stages.scanned, stages.resolved);
  audit->condensation = graph::condense(audit->graph, kImportTime);
  audit->counted = findings::counted_nodes(*audit->world, audit->graph);
  Simulations simulations(files, options.worlds);
  const SimulatedNodes simulated = simulate_imports(simulations, options, stages, audit->graph,
                                                    audit->condensation, audit->counted);
  audit->simulations = std::move(simulations).made();
  audit->direct = findings::find_direct(*audit->world, audit->graph, simulated, find);
  std::vector<bool> is_of_cycle;
  for (const Cause& cause : audit->direct.causes) is_of_cycle.push_back(cause.code == "HW121");
  audit->entry_causes = attribute::entry_causes(
      audit->graph, audit->condensation, audit->direct.known, audit->direct.spared, is_of_cycle);
  audit->attribution = attribute::cascade(
      {audit->graph, audit->condensation, audit->direct.failures, audit->direct.raised,
       audit->direct.known, audit->counted, audit->entry_causes});
  audit->days = days_alike(find);
  audit->plan = attribute::repair_plan(audit->attribution);
  return audit;
}

AuditReport report_of(Attributed& audit, const findings::FindOptions& options) {
  return findings::find(*audit.world, {audit.graph, audit.direct, audit.attribution, audit.plan},
                        options);
}

Result<std::unique_ptr<Attributed>> run_attributed(const FileSystem& files,
                                                   const AuditOptions& options,
                                                   Statistics& statistics, Progress& progress) {
  const ThreadLimit threads(options.threads);
  auto made = run_stages(Stage::kResolve, files, options, statistics, progress);
  if (!made) return tl::unexpected(made.error());
  progress.enter("causes");
  const Timer timer(statistics, "causes");
  findings::FindOptions find;  // what is put off is no cause; what is selected decides nothing here
  if (auto all = find_options(options, made->configuration)) {
    find.deferrals = std::move(all->deferrals);
    find.today = std::move(all->today);
  } else {
    return tl::unexpected(all.error());
  }
  return attribute_causes(files, options, std::move(*made), find);
}

}  // namespace headwater::pipeline
