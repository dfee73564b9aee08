#pragma once

#include <span>
#include <string>

#include "model/outcome.h"

namespace headwater::report {

/// How a file is called, and whether it lies in a root.
struct FileLabel {
  std::string name;
  bool is_root;
};

/// One line of JSON for each of the outcomes from `begin` to `end`. `labels`: by file of `table`.
void append_outcomes_json(std::string& out, const OutcomeTable& table,
                          std::span<const FileLabel> labels, size_t begin, size_t end);

}  // namespace headwater::report
