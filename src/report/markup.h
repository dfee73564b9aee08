#pragma once

#include <string>
#include <string_view>

namespace headwater::report {

/// For Markdown. Names and messages come from whoever wrote the tree: nothing in them is markup.
std::string escaped(std::string_view text);
/// As code, which shows backslashes as they are.
std::string code(std::string_view text);

}  // namespace headwater::report
