#pragma once

#include <string>
#include <vector>

#include "model/entry_paths.h"
#include "model/project_environments.h"
#include "model/project_layout.h"
#include "model/python_environment.h"
#include "report/reporter.h"

namespace headwater::report {

/// What `headwater env` prints: the environment as seen, and why.
struct EnvironmentReport {
  std::string root;  // the repository, absolute: paths in it are printed relative to it
  const PythonEnvironment& environment;
  const ProjectEnvironments& project_environments;
  std::vector<const DeclaredDependency*> absent;  // declared and not installed
  const std::vector<WrittenFolder>& python_path;
};

/// For people. With Detail::kEverything also every distribution that is there.
void write_environment_text(const EnvironmentReport& report, const ReportOptions& options,
                            std::string& out);

/// One object, as docs/formats.md has it.
void write_environment_json(const EnvironmentReport& report, std::string& out);

}  // namespace headwater::report
