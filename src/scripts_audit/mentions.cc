#include "scripts_audit/mentions.h"

#include <string>

#include "base/paths.h"
#include "base/text.h"

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

bool begins_identifier(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether the word stands alone on its line, but for what marks items of lists: a pattern that
/// some tool matches changes with, no command.
bool stands_alone(std::string_view before, std::string_view after) {
  constexpr std::string_view kMarks = " \t-'\"!";
  const std::string_view line = before.substr(before.rfind('\n') + 1);
  const std::string_view rest = after.substr(0, after.find('\n'));
  return line.find_first_not_of(kMarks) == line.npos && trimmed(rest).find(' ') == rest.npos;
}

class Reader {
 public:
  Reader(std::string_view text, Reading reading, const std::function<void(const Mention&)>& visit)
      : text_(text), reading_(reading), visit_(visit) {}

  void run() {
    for (size_t at = 0; at < text_.size();) {
      size_t end = at;
      while (end < text_.size() && is_of_word(text_[end])) ++end;
      if (end > at) see(at, end);
      if (end < text_.size() && text_[end] == '\n') ++line_;
      at = end + 1;
    }
  }

 private:
  void see(size_t begin, size_t end) {
    begin = behind_variable(begin, end);
    const std::string_view word = text_.substr(begin, end - begin);
    const size_t colon = word.find(':');
    std::string_view name = word.substr(0, colon);
    // The end of a sentence.
    while (name.ends_with('.')) name.remove_suffix(1);
    const bool is_entry = colon < word.size() - 1 && begins_identifier(word[colon + 1]);
    see_module(name, is_entry);
    if (reading_ != Reading::kEntries) {
      see_path(begin, end, name);
    } else if (is_entry && is_python_file(name)) {
      tell(MentionKind::kPath, name);
    }
    before_ = word;
    if (!word.starts_with('-')) command_ = file_name(word);
  }

  /// What a variable stands for is not known: of `$TOOLS/run.py` and `${TOOLS}/run.py`, `run.py`.
  size_t behind_variable(size_t begin, size_t end) const {
    const char before = begin == 0 ? '\n' : text_[begin - 1];
    const size_t slash = text_.find('/', begin);
    const bool is_name = before == '$' && slash + 1 < end;
    const bool is_closed = (before == '}' || before == ')' || before == '%') && slash == begin;
    return (is_name || is_closed) && slash + 1 < end ? slash + 1 : begin;
  }

  void see_module(std::string_view name, bool is_entry) {
    const bool is_asked_for = before_ == "-m" || before_ == "-A";
    if (reading_ != Reading::kEntries && is_of_option(command_, name)) {
      tell(MentionKind::kModule, name.substr(2));
    }
    const bool is_named = reading_ == Reading::kCommands
                              ? is_entry || name.find('.') != name.npos
                              : reading_ == Reading::kEntries && is_entry;
    if (is_named || (is_asked_for && reading_ != Reading::kEntries)) {
      tell(MentionKind::kModule, name);
    }
  }

  void see_path(size_t begin, size_t end, std::string_view name) {
    const std::string_view word = text_.substr(begin, end - begin);
    // The path of an address stands behind a colon.
    const std::string_view path = word.find("://") == word.npos ? name : word;
    if (is_python_file(path)) return tell(MentionKind::kPath, path);
    const size_t slash = word.rfind('/');
    const bool goes_on = end < text_.size() && begins_computed_name(text_[end]);
    if (slash == std::string_view::npos || slash == 0 || !goes_on) return;
    if (!stands_alone(text_.substr(0, begin), text_.substr(end))) {
      tell(MentionKind::kComputed, word);
    }
  }

  void tell(MentionKind kind, std::string_view text) const {
    if (!text.empty()) visit_({kind, text, line_});
  }

  const std::string_view text_;
  const Reading reading_;
  const std::function<void(const Mention&)>& visit_;
  std::string_view before_;
  std::string_view command_;  // the last word that is no option
  uint32_t line_ = 1;
};

}  // namespace

void read_mentions(std::string_view text, Reading reading,
                   const std::function<void(const Mention&)>& visit) {
  Reader(text, reading, visit).run();
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
