#include "triage/words.h"

namespace headwater::triage {

std::vector<std::string> quoted_words(std::string_view message) {
  std::vector<std::string> words;
  message = message.substr(0, message.find('\n'));
  for (size_t at = 0; at < message.size(); ++at) {
    const char quote = message[at];
    if (quote != '"' && quote != '\'' && quote != '`') continue;
    const size_t end = message.find(quote, at + 1);
    if (end == std::string_view::npos) break;
    words.emplace_back(message.substr(at + 1, end - at - 1));
    at = end;
  }
  return words;
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace headwater::triage
