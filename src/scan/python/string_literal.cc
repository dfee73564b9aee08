#include "scan/python/string_literal.h"

namespace headwater::scan {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 32);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Reads exactly `size` hexadecimal digits at `i`.
std::optional<uint32_t> read_hex(std::string_view body, size_t& i, size_t size) {
  uint32_t value = 0;
  if (body.size() - i < size) return std::nullopt;
  for (const size_t end = i + size; i < end; ++i) {
    const int digit = hex_digit(body[i]);
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<uint32_t>(digit);
  }
  return value;
}

uint32_t read_octal(std::string_view body, size_t& i) {
  uint32_t value = 0;
  for (size_t end = i + 3; i < end && i < body.size() && body[i] >= '0' && body[i] <= '7'; ++i) {
    value = value * 8 + static_cast<uint32_t>(body[i] - '0');
  }
  return value;
}

/// Decodes the escape whose backslash is at `i` (Python reference, 2.4.1.1). False: it needs
/// tables.
bool append_escape(std::string& out, std::string_view body, size_t& i) {
  constexpr std::string_view kLetters = "abfnrtv\\'\"";
  constexpr std::string_view kValues = "\a\b\f\n\r\t\v\\'\"";
  if (++i >= body.size()) return false;
  const char c = body[i];
  if (c == 'N') return false;
  if (const size_t at = kLetters.find(c); at != std::string_view::npos) {
    out += kValues[at];
    ++i;
  } else if (c == '\n') {
    ++i;
  } else if (c == '\r') {
    i += body.substr(i, 2) == "\r\n" ? 2 : 1;
  } else if (c >= '0' && c <= '7') {
    append_utf8(out, read_octal(body, i));
  } else if (c == 'x' || c == 'u' || c == 'U') {
    ++i;
    const auto value = read_hex(body, i, c == 'x' ? 2 : c == 'u' ? 4 : 8);
    if (!value || *value > 0x10FFFF) return false;
    append_utf8(out, *value);
  } else {
    out += '\\';
  }
  return true;
}

bool append_value(std::string& out, std::string_view literal) {
  size_t begin = 0;
  bool raw = false;
  for (; begin < literal.size() && literal[begin] != '"' && literal[begin] != '\''; ++begin) {
    raw |= (literal[begin] | 32) == 'r';
  }
  const std::string_view quoted = literal.substr(begin);
  const bool triple = quoted.size() >= 6 && quoted[1] == quoted[0] && quoted[2] == quoted[0];
  const size_t quotes = triple ? 3 : 1;
  if (quoted.size() < 2 * quotes) return false;
  const std::string_view body = quoted.substr(quotes, quoted.size() - 2 * quotes);
  for (size_t i = 0; i < body.size();) {
    if (body[i] == '\\' && !raw) {
      if (!append_escape(out, body, i)) return false;
    } else if (body[i] == '\r') {
      i += body.substr(i, 2) == "\r\n" ? 2 : 1;
      out += '\n';
    } else {
      out += body[i++];
    }
  }
  return true;
}

}  // namespace

void append_utf8(std::string& out, uint32_t code_point) {
  const auto add = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) return add(code_point);
  if (code_point < 0x800) {
    add(0xC0 | code_point >> 6);
  } else {
    if (code_point < 0x10000) {
      add(0xE0 | code_point >> 12);
    } else {
      add(0xF0 | code_point >> 18);
      add(0x80 | (code_point >> 12 & 0x3F));
    }
    add(0x80 | (code_point >> 6 & 0x3F));
  }
  add(0x80 | (code_point & 0x3F));
}

std::optional<std::string> string_value(TokenView expression) {
  if (expression.empty()) return std::nullopt;
  std::string value;
  for (size_t i = 0; i < expression.size(); ++i) {
    const Token& token = expression[i];
    if (token.kind != TokenKind::kString || token.op != 0) return std::nullopt;
    if (!append_value(value, expression.word_at(i))) return std::nullopt;
  }
  return value;
}

}  // namespace headwater::scan
