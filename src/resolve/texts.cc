#include "resolve/texts.h"

#include <algorithm>
#include <array>

namespace headwater::resolve {
namespace {

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
         (byte >= 'a' && byte <= 'z') || byte >= 0x80;
}

/// Calls `found(begin, end)` for each whole word `name` until it says true.
template <typename Found>
bool any_word(std::string_view text, std::string_view name, Found found) {
  for (size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool begins = at == 0 || !is_word_byte(text[at - 1]);
    const bool ends = end == text.size() || !is_word_byte(text[end]);
    if (begins && ends && found(at, end)) return true;
  }
  return false;
}

/// `=` that is no `==`, with blanks before it.
bool is_assigned(std::string_view text, size_t end) {
  end = text.find_first_not_of(" \t", end);
  return end != std::string_view::npos && text[end] == '=' &&
         (end + 1 == text.size() || text[end + 1] != '=');
}

}  // namespace

bool has_word(std::string_view text, std::string_view name) {
  return any_word(text, name, [](size_t, size_t) { return true; });
}

bool may_set_attribute(std::string_view text, std::string_view module, std::string_view name) {
  const bool assigns = any_word(text, name, [&](size_t begin, size_t end) {
    return begin > 0 && text[begin - 1] == '.' && is_assigned(text, end);
  });
  if (assigns) return true;
  return any_word(text, module, [&](size_t begin, size_t end) {
    if (text.substr(end).starts_with(".__dict__")) return true;
    while (begin > 0 && (is_word_byte(text[begin - 1]) || text[begin - 1] == '.')) --begin;
    const std::string_view before = text.substr(0, begin);
    return before.ends_with("setattr(") || before.ends_with("vars(");
  });
}

bool rewrites_itself(std::string_view text) {
  constexpr std::array<std::string_view, 7> kWays = {"globals", "setattr",  "sys.modules", "exec",
                                                     "vars",    "__dict__", "__getattr__"};
  return std::ranges::any_of(kWays, [&](std::string_view way) { return has_word(text, way); });
}

}  // namespace headwater::resolve
