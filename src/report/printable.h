#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace headwater::report {

/// The text as a terminal may have it: control and direction-changing characters become `\u{..}`,
/// bytes that are not UTF-8 become U+FFFD. Names of files and modules are chosen by whoever wrote
/// the tree.
std::string printable(std::string_view text);

/// Code points of a UTF-8 text: the columns that it takes, wide characters aside.
size_t column_count(std::string_view utf8);

/// `1 file`, `2 files`.
std::string counted(uint64_t number, std::string_view singular, std::string_view plural);

/// Cuts at spaces into lines of at most `width` columns; a longer word keeps a line of its own.
std::vector<std::string> wrapped(std::string_view utf8, size_t width);

}  // namespace headwater::report
