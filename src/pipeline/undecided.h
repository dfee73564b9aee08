#pragma once

#include "base/file_system.h"
#include "model/graph_answers.h"
#include "pipeline/attributed.h"

namespace headwater::pipeline {

/// The shortest way by import-time statements from an undecided module to a statement of which it
/// is not certain that it fails, and what is said of that one; or to one of which it is not certain
/// that it runs, and from there to the cause. Empty chain: no statement is undecided, but what a
/// module on the way does when it runs.
WhyCause undecided_of(const FileSystem& files, const Attributed& audit, uint32_t node);

}  // namespace headwater::pipeline
