#include "base/json_ascii.h"

#include <cstdint>

#include "base/json_text.h"
#include "base/utf8.h"

namespace headwater {
namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr uint32_t kReplacement = 0xFFFD;

/// Decodes one code point at `i` and steps over it; over one byte where the bytes are not UTF-8.
uint32_t next_code_point(std::string_view text, size_t& i) {
  const auto byte = [&](size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned char first = byte(i);
  const size_t size = first < 0x80   ? 1
                      : first < 0xC2 ? 0
                      : first < 0xE0 ? 2
                      : first < 0xF0 ? 3
                      : first < 0xF5 ? 4
                                     : 0;
  bool valid = size != 0 && text.size() - i >= size;
  uint32_t value = size == 1 ? first : first & (0x7Fu >> size);
  for (size_t k = 1; valid && k < size; ++k) {
    valid = (byte(i + k) & 0xC0) == 0x80;
    value = value << 6 | (byte(i + k) & 0x3F);
  }
  valid = valid && !(size == 3 && value < 0x800) &&
          !(size == 4 && (value < 0x10000 || value > 0x10FFFF));
  i += valid ? size : 1;
  return valid ? value : kReplacement;
}

void append_escape(std::string& out, uint32_t unit) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[unit >> shift & 15];
}

void append_code_point(std::string& out, uint32_t value) {
  if (value < 0x10000) return append_escape(out, value);
  append_escape(out, 0xD800 + ((value - 0x10000) >> 10));
  append_escape(out, 0xDC00 + ((value - 0x10000) & 0x3FF));
}

/// Python has two short forms more.
void append_ascii(std::string& out, char c) {
  if (c == '\b') {
    out += "\\b";
  } else if (c == '\f') {
    out += "\\f";
  } else {
    append_json_escape(out, c);
  }
}

}  // namespace

void append_json_ascii(std::string& out, std::string_view text) {
  out += '"';
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
      out += c;
      ++i;
    } else if (c == 0x7F) {
      out += c;  // Python's json takes it for printable
      ++i;
    } else if (static_cast<unsigned char>(c) < 0x80) {
      append_ascii(out, c);
      ++i;
    } else {
      append_code_point(out, next_code_point(text, i));
    }
  }
  out += '"';
}

void append_json_ascii_path(std::string& out, std::string_view key, std::string_view path) {
  append_json_ascii(out, key);
  out += ':';
  append_json_ascii(out, path);
  if (is_utf8(path)) return;
  out += ",\"path_bytes\":";
  append_json_ascii(out, base64(path));
}

}  // namespace headwater
