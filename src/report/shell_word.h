#pragma once

#include <string>
#include <string_view>

namespace headwater::report {

/// As a shell reads it back.
std::string shell_word(std::string_view word);

}  // namespace headwater::report
