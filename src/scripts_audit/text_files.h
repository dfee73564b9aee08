#pragma once

#include <optional>
#include <string_view>

#include "model/script_report.h"

namespace headwater::scripts_audit {

/// Who speaks in a text file that may name code of the repository, by what it is called; nothing of
/// one that does not. `folder` is the one that holds it, relative to the repository.
std::optional<ReferenceKind> kind_of_text(std::string_view folder, std::string_view name);

/// Whether what stands there are settings of tools beside entry points, so that a name is no
/// command.
bool holds_settings(std::string_view name);

}  // namespace headwater::scripts_audit
