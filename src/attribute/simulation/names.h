#pragma once

#include <string_view>

namespace headwater::attribute {

/// `a.b` of `a.b.c`; empty for a top-level name.
inline std::string_view parent_of(std::string_view dotted) {
  const size_t dot = dotted.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : dotted.substr(0, dot);
}
inline std::string_view last_of(std::string_view dotted) {
  const size_t dot = dotted.rfind('.');
  return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}
inline std::string_view top_of(std::string_view dotted) {
  return dotted.substr(0, dotted.find('.'));
}

}  // namespace headwater::attribute
