#include "pipeline/environment_view.h"

#include <algorithm>
#include <iterator>

#include "findings/absent.h"
#include "pipeline/stages.h"
#include "pipeline/thread_limit.h"

namespace headwater::pipeline {

Result<EnvironmentView> view_environment(const FileSystem& files, const AuditOptions& options,
                                         Statistics& statistics, Progress& progress) {
  const ThreadLimit threads(options.threads);
  auto made = run_stages(Stage::kEnvironment, files, options, statistics, progress);
  if (!made) return tl::unexpected(made.error());
  EnvironmentView view{made->root,
                       std::move(made->environment),
                       std::move(made->project_environments),
                       std::move(made->layout),
                       {},
                       std::move(made->entry_paths.python_path)};
  std::ranges::move(made->entry_paths.notes, std::back_inserter(view.environment.notes));
  view.absent =
      findings::absent_distributions(view.layout, view.environment, view.project_environments);
  return view;
}

}  // namespace headwater::pipeline
