#include "scripts_audit/mentions.h"

#include <string>

#include "base/paths.h"

namespace headwater::scripts_audit {
namespace {

bool is_of_word(char c) {
  return c == '_' || c == '.' || c == '/' || c == '-' || c == ':' || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// `python -mshop.worker`, `celery -Ashop`; compilers have options that begin so, too.
bool is_of_option(std::string_view command, std::string_view option) {
  if (option.size() <= 2) return false;
  return (command.starts_with("python") && option.starts_with("-m")) ||
         (command == "celery" && option.starts_with("-A"));
}

bool is_python_file(std::string_view word) {
  return word.ends_with(".py") || word.ends_with(".ipynb");
}

/// What a shell, make or a template puts in the place of a name.
bool begins_computed_name(char c) {
  return c == '*' || c == '$' || c == '{' || c == '%' || c == '<' || c == '?' || c == '[';
}

class Reader {
 public:
  Reader(bool only_entries, const std::function<void(const Mention&)>& visit)
      : only_entries_(only_entries), visit_(visit) {}

  void read(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      size_t end = at;
      while (end < text.size() && is_of_word(text[end])) ++end;
      if (end > at) see(text.substr(at, end - at), end < text.size() ? text[end] : '\n');
      if (end < text.size() && text[end] == '\n') ++line_;
      at = end + 1;
    }
  }

 private:
  void see(std::string_view word, char next) {
    const size_t colon = word.find(':');
    std::string_view name = word.substr(0, colon);
    const bool is_entry = colon != std::string_view::npos && colon + 1 < word.size();
    // The end of a sentence.
    while (name.ends_with('.')) name.remove_suffix(1);
    const bool is_asked_for = before_ == "-m" || before_ == "-A";
    if (!only_entries_ && is_of_option(command_, name)) tell(MentionKind::kModule, name.substr(2));
    const bool is_named = !only_entries_ && (is_asked_for || name.find('.') != name.npos);
    if (is_entry || is_named) tell(MentionKind::kModule, name);
    if (!only_entries_) see_path(word, name, next);
    before_ = word;
    if (!word.starts_with('-')) command_ = file_name(word);
  }

  void see_path(std::string_view word, std::string_view name, char next) {
    // The path of an address stands behind a colon.
    const std::string_view path = word.find("://") == word.npos ? name : word;
    if (is_python_file(path)) return tell(MentionKind::kPath, path);
    const size_t slash = word.rfind('/');
    if (slash == std::string_view::npos || slash == 0 || !begins_computed_name(next)) return;
    tell(MentionKind::kComputed, word);
  }

  void tell(MentionKind kind, std::string_view text) const {
    if (!text.empty()) visit_({kind, text, line_});
  }

  const bool only_entries_;
  const std::function<void(const Mention&)>& visit_;
  std::string_view before_;
  std::string_view command_;  // the last word that is no option
  uint32_t line_ = 1;
};

}  // namespace

void read_mentions(std::string_view text, bool only_entries,
                   const std::function<void(const Mention&)>& visit) {
  Reader(only_entries, visit).read(text);
}

bool can_mean(std::string_view word, std::string_view path) {
  const std::string named = normalize_path(word);
  const auto ends_with = [](std::string_view whole, std::string_view part) {
    return whole.size() > part.size() && whole.ends_with(part) &&
           whole[whole.size() - part.size() - 1] == '/';
  };
  return named == path || ends_with(path, named) || ends_with(named, path);
}

}  // namespace headwater::scripts_audit
