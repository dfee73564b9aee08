#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headwater {

/// Without ASCII white space at both ends.
std::string_view trimmed(std::string_view text);
/// ASCII letters lowered, other bytes kept.
std::string lowered(std::string_view text);
/// Without the final CR of a CRLF file; the last line need not end. A lone CR ends a line too.
std::vector<std::string_view> split_lines(std::string_view text);
/// Parts between `separator`, trimmed, empty ones left out.
std::vector<std::string_view> split_trimmed(std::string_view text, char separator);
/// As text.find(what, from), which stops at each first byte of `what`: for texts that mostly lack
/// it.
size_t find_text(std::string_view text, std::string_view what, size_t from = 0);
/// Whether it is a day of the calendar, as 2027-01-31. Such texts sort as the days do.
bool is_date(std::string_view text);
/// `10412` as `10,412`.
std::string with_thousands(uint64_t number);

}  // namespace headwater
