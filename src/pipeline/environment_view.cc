#include "pipeline/environment_view.h"

#include "findings/absent.h"
#include "pipeline/stages.h"
#include "pipeline/thread_limit.h"

namespace headwater::pipeline {

Result<EnvironmentView> view_environment(const FileSystem& files, const AuditOptions& options,
                                         Statistics& statistics, Progress& progress) {
  const ThreadLimit threads(options.threads);
  auto made = run_stages(Stage::kEnvironment, files, options, statistics, progress);
  if (!made) return tl::unexpected(made.error());
  EnvironmentView view{made->root, std::move(made->environment), std::move(made->layout), {}};
  view.absent = findings::absent_distributions(view.layout, view.environment);
  return view;
}

}  // namespace headwater::pipeline
