#include "triage/line_reader.h"

namespace headwater::triage {

std::string without_colors(std::string_view text) {
  std::string plain;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\x1b') {
      plain += text[at];
      continue;
    }
    const char kind = at + 1 < text.size() ? text[at + 1] : '\0';
    if (kind == '(') at += 2;  // a character set
    if (kind != '[') continue;
    ++at;
    while (at + 1 < text.size() && (text[at + 1] < '@' || text[at + 1] > '~')) ++at;
    ++at;
  }
  return plain;
}

}  // namespace headwater::triage
