#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace headwater {

/// Appends `text` as a JSON string. Bytes that are not UTF-8 become U+FFFD, so that every reader
/// takes it.
void append_json_string(std::string& out, std::string_view text);

/// Appends a character below U+0080 that cannot stand in a JSON string, escaped.
void append_json_escape(std::string& out, char ascii);

/// `"key":` with the comma that it needs after anything but `{`.
void append_json_key(std::string& out, std::string_view key);

/// `"key":"..."`; the same, or null where there is no text; `"key":1`.
void append_json_text(std::string& out, std::string_view key, std::string_view value);
void append_json_text_or_null(std::string& out, std::string_view key, std::string_view value);
void append_json_number(std::string& out, std::string_view key, uint64_t value);

/// `"key":"..."` and, where the path is not UTF-8, `"path_bytes"` with its bytes in base64.
void append_json_path(std::string& out, std::string_view key, std::string_view path);

/// Standard alphabet, padded (RFC 4648, section 4).
std::string base64(std::string_view bytes);

}  // namespace headwater
