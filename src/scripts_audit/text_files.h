#pragma once

#include <optional>
#include <string_view>

#include "model/script_report.h"
#include "scripts_audit/mentions.h"

namespace headwater::scripts_audit {

/// Who speaks in a text file that may name code of the repository, by what it is called; nothing of
/// one that does not. `folder` is the one that holds it, relative to the repository.
std::optional<ReferenceKind> kind_of_text(std::string_view folder, std::string_view name);

/// What is looked for in such a file.
Reading reading_of(std::string_view path, ReferenceKind kind);

}  // namespace headwater::scripts_audit
