#include "base/json_text.h"

#include "base/utf8.h"

namespace headwater {

void append_json_escape(std::string& out, char ascii) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (ascii) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += "\\u00";
      out += kDigits[static_cast<unsigned char>(ascii) >> 4];
      out += kDigits[static_cast<unsigned char>(ascii) & 15];
  }
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  size_t plain = 0;  // of the run of bytes that need no escape
  for (size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool ascii = byte < 0x80;
    if (ascii && byte >= 0x20 && byte != '"' && byte != '\\') {
      ++i;
      continue;
    }
    const uint32_t size = ascii ? 1 : decode_utf8(text.substr(i)).size;
    if (!ascii && size != 0) {
      i += size;
      continue;
    }
    out += text.substr(plain, i - plain);
    if (ascii) {
      append_json_escape(out, text[i]);
    } else {
      out += "\xEF\xBF\xBD";
    }
    plain = ++i;
  }
  out += text.substr(plain);
  out += '"';
}

void append_json_key(std::string& out, std::string_view key) {
  if (!out.empty() && out.back() != '{') out += ',';
  append_json_string(out, key);
  out += ':';
}

void append_json_text(std::string& out, std::string_view key, std::string_view value) {
  append_json_key(out, key);
  append_json_string(out, value);
}

void append_json_text_or_null(std::string& out, std::string_view key, std::string_view value) {
  if (!value.empty()) return append_json_text(out, key, value);
  append_json_key(out, key);
  out += "null";
}

void append_json_number(std::string& out, std::string_view key, uint64_t value) {
  append_json_key(out, key);
  out += std::to_string(value);
}

void append_json_path(std::string& out, std::string_view key, std::string_view path) {
  append_json_key(out, key);
  append_json_string(out, path);
  if (is_utf8(path)) return;
  append_json_key(out, "path_bytes");
  append_json_string(out, base64(path));
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    for (size_t k = 0; k < 4; ++k) {
      out += i + k <= bytes.size() ? kAlphabet[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return out;
}

}  // namespace headwater
