#include "scan/python/syntax/unicode_identifiers.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "base/utf8.h"

namespace headwater::scan::parsing {
namespace {

struct CodeRange {
  uint32_t first;
  uint32_t last;
};

#include "scan/python/syntax/identifier_tables.inc"

template <size_t size>
bool contains(const CodeRange (&table)[size], char32_t code) {
  const auto* const after =
      std::upper_bound(std::begin(table), std::end(table), code,
                       [](char32_t value, const CodeRange& range) { return value < range.first; });
  return after != std::begin(table) && code <= std::prev(after)->last;
}

}  // namespace

size_t utf8_size(std::string_view text, size_t at) {
  return std::max<size_t>(1, decode_utf8(text.substr(at)).size);
}

char32_t code_point_at(std::string_view text, size_t at) {
  const auto decoded = decode_utf8(text.substr(at));
  return decoded.size == 0 ? static_cast<unsigned char>(text[at])
                           : static_cast<char32_t>(decoded.value);
}

size_t first_non_identifier(std::string_view word) {
  for (size_t i = 0; i < word.size(); i += utf8_size(word, i)) {
    const char32_t code = code_point_at(word, i);
    if (code < 128) continue;
    if (!(i == 0 ? contains(kIdentifierStart, code) : contains(kIdentifierContinue, code)))
      return i;
  }
  return word.size();
}

bool is_printable(char32_t code_point) { return contains(kPrintable, code_point); }

}  // namespace headwater::scan::parsing
