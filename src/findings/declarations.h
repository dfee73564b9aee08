#pragma once

#include <string>
#include <string_view>

#include "findings/judge.h"

namespace headwater::findings {

/// Guards of an import that may be left undeclared.
constexpr Guards kGuardsThatExcuse =
    kGuardTryImportError | kGuardExcept | kGuardElse | kGuardSuppress | kGuardTypeChecking;

/// Tests, documentation, scripts and what else only developers run.
bool is_for_development(const World& world, uint32_t file);

/// The project as messages call it.
std::string title(const Project& project);

/// What every finding says of a project's declarations and `provider`, a distribution's name.
Judgement about_declaration(std::string_view code, const Project& project,
                            const std::string& provider);

/// Says that it is about an import of `module`.
void set_import(const World& world, uint32_t file, const Import& import, std::string_view module,
                Finding& finding);

}  // namespace headwater::findings
