#pragma once

#include <string>

#include "base/file_system.h"
#include "model/entry_paths.h"
#include "model/named_string.h"
#include "model/project_environments.h"
#include "model/project_layout.h"
#include "model/python_environment.h"
#include "model/resolved_tree.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"
#include "pipeline/audit_options.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"
#include "project/configuration.h"

namespace headwater::pipeline {

/// In the order in which they run.
enum class Stage : uint8_t { kWalk, kScan, kLayout, kEnvironment, kResolve };

/// What the stages have made, each from what stands above it. Nothing changes once its stage has
/// run.
struct StageOutputs {
  std::string root;  // absolute
  project::Configuration configuration;
  SourceTree tree;
  ScannedTree scanned;
  ProjectLayout layout;
  EntryPaths entry_paths;
  std::vector<NamedString> strings;
  PythonEnvironment environment;  // the main one
  ProjectEnvironments project_environments;
  ResolvedTree resolved;
  std::vector<std::string> settings;  // files read as text for what stands above `resolved`

  /// What could not be read so far, by path.
  std::vector<Error> unread() const;
};

/// Runs the stages up to `last`. An error is one of usage or configuration, or that the root cannot
/// be read at all.
Result<StageOutputs> run_stages(Stage last, const FileSystem& file_system,
                                const AuditOptions& options, Statistics& statistics,
                                Progress& progress);

}  // namespace headwater::pipeline
