#pragma once

#include <string>
#include <string_view>

namespace headwater {

/// Appends `text` as a JSON string in ASCII alone, as Python's json prints it: what is not ASCII
/// becomes \uXXXX, above the basic plane as a surrogate pair. Each byte that is not part of UTF-8
/// becomes U+FFFD; a lone surrogate that was encoded in three bytes stays one.
void append_json_ascii(std::string& out, std::string_view text);

/// `"key":"..."` and, where the path is not UTF-8, `"path_bytes"` with its bytes in base64.
void append_json_ascii_path(std::string& out, std::string_view key, std::string_view path);

}  // namespace headwater
