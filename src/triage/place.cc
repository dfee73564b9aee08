#include "triage/place.h"

#include <charconv>

namespace headwater::triage {
namespace {

/// Takes the digits at the front of `text` away.
std::optional<uint32_t> take_number(std::string_view& text) {
  uint32_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(read.ptr - text.data()));
  return number;
}

}  // namespace

std::optional<PlaceAndRest> place_before(std::string_view line) {
  for (size_t colon = line.find(':'); colon != std::string_view::npos;
       colon = line.find(':', colon + 1)) {
    std::string_view rest = line.substr(colon + 1);
    const auto number = take_number(rest);
    if (!number || !rest.starts_with(':') || colon == 0) continue;
    rest.remove_prefix(1);
    std::string_view after_column = rest;
    if (take_number(after_column) && after_column.starts_with(':')) rest = after_column.substr(1);
    return PlaceAndRest{line.substr(0, colon), *number, rest};
  }
  return std::nullopt;
}

std::optional<FilePlace> quoted_place(std::string_view line) {
  constexpr std::string_view kBegin = "File \"";
  constexpr std::string_view kMiddle = "\", line ";
  const size_t begin = line.find_first_not_of(' ');
  if (begin == std::string_view::npos || !line.substr(begin).starts_with(kBegin)) {
    return std::nullopt;
  }
  line.remove_prefix(begin + kBegin.size());
  const size_t end = line.rfind(kMiddle);
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view rest = line.substr(end + kMiddle.size());
  const auto number = take_number(rest);
  if (!number) return std::nullopt;
  return FilePlace{line.substr(0, end), *number, rest.starts_with(", in ")};
}

}  // namespace headwater::triage
