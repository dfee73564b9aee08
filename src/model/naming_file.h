#pragma once

#include <optional>
#include <string_view>

#include "model/script_report.h"

namespace headwater {

/// Who speaks in a text file that may name code of the repository, by what it is called; nothing of
/// one that does not. `folder` is the one that holds it, relative to the repository. The one table
/// of such files: what each of them is read for is up to who reads it.
std::optional<ReferenceKind> kind_of_naming_file(std::string_view folder, std::string_view name);

/// Whether such files say how code is run: documents and mere data do not.
inline bool says_how_code_runs(ReferenceKind kind) {
  return kind != ReferenceKind::kDocs && kind != ReferenceKind::kConfig;
}

bool is_yaml(std::string_view path);

}  // namespace headwater
