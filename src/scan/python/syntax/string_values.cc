// The values of string literals (Python reference, "String and Bytes literals"). A file's text ends
// lines with LF for them, whatever it is written with.

#include <fmt/format.h>

#include "scan/python/source_encoding.h"
#include "scan/python/string_literal.h"
#include "scan/python/syntax/syntax_parser.h"

namespace headwater::scan::parsing {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 32);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Reads `size` hexadecimal digits at `i`; fewer are an error (UINT32_MAX).
uint32_t read_hex(std::string_view body, size_t& i, size_t size) {
  uint32_t value = 0;
  for (const size_t end = i + size; i < end; ++i) {
    const int digit = i < body.size() ? hex_digit(body[i]) : -1;
    if (digit < 0) return UINT32_MAX;
    value = value * 16 + static_cast<uint32_t>(digit);
  }
  return value;
}

}  // namespace

/// Appends the value of a literal's body to the tree's text.
bool Parser::decode(std::string_view body, uint8_t flags, uint32_t offset, uint32_t line) {
  std::string& out = tree_.mutable_text();
  const bool is_bytes = (flags & kBytes) != 0;
  if (is_bytes && first_non_ascii(body, 0) != body.size()) {
    fail(offset, line, "bytes can only contain ASCII literal characters");
    return false;
  }
  const char* const special = (flags & kRaw) != 0 ? "\r" : "\\\r";
  for (size_t i = 0;;) {
    const size_t next = std::min(body.find_first_of(special, i), body.size());
    out += body.substr(i, next - i);
    i = next;
    if (i >= body.size()) return true;
    if (body[i] == '\r') {
      i += body.substr(i, 2) == "\r\n" ? 2 : 1;
      out += '\n';
    } else if (!decode_escape(body, i, is_bytes, offset, line)) {
      return false;
    }
  }
}

/// The escape whose backslash is at `i`.
bool Parser::decode_escape(std::string_view body, size_t& i, bool is_bytes, uint32_t offset,
                           uint32_t line) {
  constexpr std::string_view kLetters = "abfnrtv\\'\"";
  constexpr std::string_view kValues = "\a\b\f\n\r\t\v\\'\"";
  std::string& out = tree_.mutable_text();
  const size_t begin = i;
  if (++i >= body.size()) {
    out += '\\';  // before a field of a format string
    return true;
  }
  const char c = body[i];
  const auto append = [&](uint32_t value) {
    if (is_bytes) {
      out += static_cast<char>(value);
    } else {
      append_utf8(out, value);
    }
  };
  if (const size_t at = kLetters.find(c); at != std::string_view::npos) {
    out += kValues[at];
    ++i;
  } else if (c == '\n' || c == '\r') {
    i += body.substr(i, 2) == "\r\n" ? 2 : 1;
  } else if (c >= '0' && c <= '7') {
    uint32_t value = 0;
    for (const size_t end = i + 3; i < end && i < body.size() && body[i] >= '0' && body[i] <= '7';
         ++i) {
      value = value * 8 + static_cast<uint32_t>(body[i] - '0');
    }
    append(value);
  } else if (c == 'x' || (!is_bytes && (c == 'u' || c == 'U'))) {
    ++i;
    const uint32_t value = read_hex(body, i, c == 'x' ? 2 : c == 'u' ? 4 : 8);
    if (value > 0x10FFFF) {
      refuse_string(
          offset, line,
          is_bytes ? fmt::format("(value error) invalid \\x escape at position {}", begin)
                   : fmt::format("(unicode error) 'unicodeescape' codec can't decode bytes "
                                 "in position {}-{}: {}",
                                 begin, std::min(i, body.size() - 1),
                                 value == UINT32_MAX ? fmt::format("truncated \\{}{} escape", c,
                                                                   c == 'x'   ? "XX"
                                                                   : c == 'u' ? "XXXX"
                                                                              : "XXXXXXXX")
                                                     : "illegal Unicode character"));
      return false;
    }
    append(value);
  } else if (c == 'N' && !is_bytes) {
    // Which character a name means needs Unicode's tables: U+FFFD stands for it.
    const size_t close = body.find('}', i);
    if (body.substr(i, 2) != "N{" || close == std::string_view::npos || close == i + 2) {
      refuse_string(offset, line,
                    fmt::format("(unicode error) 'unicodeescape' codec can't decode bytes in "
                                "position {}-{}: malformed \\N character escape",
                                begin, i));
      return false;
    }
    append_utf8(out, 0xFFFD);
    i = close + 1;
  } else {
    out += '\\';  // unknown escapes are kept, with a warning
  }
  return true;
}

}  // namespace headwater::scan::parsing
