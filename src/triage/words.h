#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headwater::triage {

/// What stands in quotes in a message: '...', "..." or `...`, in order; the parts of one line.
std::vector<std::string> quoted_words(std::string_view message);

/// The first line.
std::string first_line(std::string_view text);

}  // namespace headwater::triage
