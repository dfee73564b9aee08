#pragma once

#include <vector>

#include "pipeline/attributed.h"

namespace headwater::pipeline {

/// Adds the steps from the module to what fails it for `cause`, an index into
/// DirectFindings::causes.
void add_way_to(const FileSystem& files, const Attributed& audit, uint32_t node, uint32_t cause,
                std::vector<WhyStep>& chain);

}  // namespace headwater::pipeline
