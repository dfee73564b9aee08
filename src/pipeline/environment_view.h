#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/entry_paths.h"
#include "model/project_environments.h"
#include "model/project_layout.h"
#include "model/python_environment.h"
#include "pipeline/audit_options.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"

namespace headwater::pipeline {

/// The environment that an audit would judge by, all its distributions compared with the disk.
struct EnvironmentView {
  std::string root;  // absolute
  PythonEnvironment environment;
  ProjectEnvironments project_environments;
  ProjectLayout layout;
  std::vector<const DeclaredDependency*> absent;  // into the layout: declared and not installed
  std::vector<WrittenFolder> python_path;         // as EntryPaths has it
};

Result<EnvironmentView> view_environment(const FileSystem& file_system, const AuditOptions& options,
                                         Statistics& statistics, Progress& progress);

}  // namespace headwater::pipeline
