#pragma once

#include <string>

namespace headwater {

/// The value of a variable of the process; empty if it is not set.
std::string variable(const char* name);

/// The folder that a variable names; empty if it names none by an absolute path. The XDG base
/// directory specification asks for relative ones to be ignored.
std::string folder_in(const char* variable);

/// The folder that `variable` names, or else `inner` in the user's home; empty: there is none.
std::string user_folder(const char* variable, const char* inner);

}  // namespace headwater
