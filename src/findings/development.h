#pragma once

#include <string>

#include "findings/world.h"

namespace headwater::findings {

/// Guards of an import that may be left undeclared.
constexpr Guards kGuardsThatExcuse =
    kGuardTryImportError | kGuardExcept | kGuardElse | kGuardSuppress | kGuardTypeChecking;

/// Tests, documentation, scripts and what else only developers run.
bool is_for_development(const World& world, uint32_t file);

/// The project as messages call it.
std::string title(const Project& project);

}  // namespace headwater::findings
