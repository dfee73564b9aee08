#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace headwater::scan {

/// A comment from its `#` to the end of its line, [begin, end).
struct Comment {
  size_t begin;
  size_t end;
};

/// Where the logical line that begins at `begin` ends: after its line end, or at the text's end.
/// Knows strings, brackets and continuations and nothing else, one byte after the other: for the
/// few texts in which comments or the first character of a line matter, not for every file.
/// Comments are appended to `comments` if it is given.
size_t logical_line_end(std::string_view text, size_t begin, std::vector<Comment>* comments);

}  // namespace headwater::scan
