#pragma once

#include <string_view>

#include "scan/python/byte_classes.h"

namespace headwater::scan::parsing {

/// Whether a file is worth the parser: it may not compile, or it may need a newer Python than the
/// oldest that is known. One pass over the byte classes, an eighth of what parsing costs. The
/// answer need not be right, only cheap: what is suspected is parsed, and nothing is said without
/// that. What it must not miss: strings, brackets and indentation that CPython refuses. Of
/// everything else it sees what the first word of a line and the line's last character tell.
bool is_suspect(std::string_view text, const ByteIndex& index);

}  // namespace headwater::scan::parsing
