#pragma once

#include <vector>

#include "pipeline/attributed.h"
#include "pipeline/subjects.h"

namespace headwater::pipeline {

/// The strings that name code on the line that is asked for, or in the whole file: into
/// StageOutputs::strings.
std::vector<uint32_t> strings_at(const Attributed& audit, const Asked& asked);

/// Adds what the strings lead to: a cause for each that is wrong or leads to what fails, a line for
/// the others.
void add_strings(const FileSystem& files, const Attributed& audit,
                 const std::vector<uint32_t>& strings, WhyAnswer& answer);

}  // namespace headwater::pipeline
