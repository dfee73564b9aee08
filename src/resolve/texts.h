#pragma once

#include <string_view>

namespace headwater::resolve {

/// Questions to the text of a file where its facts leave something out. They err to yes: comments
/// and strings count.

/// Whether `name` occurs as a whole identifier.
bool has_word(std::string_view text, std::string_view name);

/// Whether something sets an attribute `name`: `m.name = ...`; or any attribute of a module whose
/// name ends in `module`: `setattr(m, ...)`, `m.__dict__`, `vars(m)`.
bool may_set_attribute(std::string_view text, std::string_view module, std::string_view name);

/// Whether a module's code may bind names that its statements do not show, in a function of its own
/// or by replacing itself.
bool rewrites_itself(std::string_view text);

}  // namespace headwater::resolve
