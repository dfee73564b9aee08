#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace headwater::triage {

/// FILE:LINE or FILE:LINE:COLUMN at the beginning of a line, and what follows the colon after it.
struct PlaceAndRest {
  std::string_view file;
  uint32_t line;
  std::string_view rest;
};
std::optional<PlaceAndRest> place_before(std::string_view line);

/// Of `File "PATH", line N, in NAME`, and whether it has a name; the statement at fault of a
/// SyntaxError has none.
struct FilePlace {
  std::string_view file;
  uint32_t line;
  bool has_name;
};
std::optional<FilePlace> quoted_place(std::string_view line);

}  // namespace headwater::triage
