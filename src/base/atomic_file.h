#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace headwater {

/// Replaces `path` by a file with `bytes`, as a whole or not at all: a reader, and a crash at any
/// instant, see the old file or the new one. A link is followed; what is no regular file (a
/// terminal, a FIFO) is written to as it is.
Result<void> write_file_atomically(const std::string& path, std::string_view bytes);

}  // namespace headwater
