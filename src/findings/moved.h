#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "findings/judge.h"

namespace headwater::findings {

/// The first-party modules, by path, that could be what a statement asked for as `missing`: of the
/// same last name, with every name that it asks for.
std::vector<uint32_t> modules_that_would_do(const World& world, const Resolution& row,
                                            std::string_view missing);

/// Whether `found`, the only module that would do, may for all that one statement shows be the one
/// that `missing` was: it asks for names, which are there, and both lie in one package of one root.
/// What lies elsewhere need not be on the statement's path. `parent` is the package that lacks the
/// module, or nullptr.
bool has_moved(const World& world, const Resolution& row, std::string_view missing,
               const Module* parent, uint32_t found);

/// Says that a missing module is, or may be, `to` now.
void describe_move(const std::string& to, bool is_certain, Judgement& made);

/// Leaves certain only what all statements that ask the missing module for names show together: two
/// names that one other module has, or one, where only folders were added to the module's name or
/// taken from it and no other module has its last name. django.contrib.gis.admin.widgets is not
/// django.contrib.gis.forms.widgets for a class that both had. A statement that asks for no names
/// (`import shop.pricing as p`) shows nothing of what it wants and follows the others.
void settle_moves(const World& world, std::span<Judgement> judgements);

}  // namespace headwater::findings
