#pragma once

#include "pipeline/stages.h"

namespace headwater::pipeline {

/// Sets the environments of `made`, the main one and those of projects that have their own: unless
/// the command line or the configuration names the one for all, the nearest `.venv` or `venv`
/// upward from a file wins. `compare_all`: compares all distributions with the disk, not only those
/// that the tree imports.
Result<void> find_environments(const FileSystem& files, const AuditOptions& options,
                               StageOutputs& made, bool compare_all);

/// Every import of the tree, each file's by its own environment.
ResolvedTree resolve_in_environments(const FileSystem& files, const AuditOptions& options,
                                     StageOutputs& made);

}  // namespace headwater::pipeline
