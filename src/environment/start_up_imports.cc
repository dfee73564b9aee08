#include "environment/start_up_imports.h"

#include <algorithm>
#include <array>

namespace headwater::environment {
namespace {

bool is_part_of_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Past the call at the front of `text` that gives a variable or None; 0 if there is none.
size_t end_of_question(std::string_view text) {
  constexpr std::array<std::string_view, 2> kQuestions = {"os.getenv(", "os.environ.get("};
  for (const std::string_view question : kQuestions) {
    if (!text.starts_with(question)) continue;
    const size_t end = text.find_first_of(",()", question.size());
    return end != std::string_view::npos && text[end] == ')' ? end + 1 : 0;
  }
  return 0;
}

/// Where the first `if` stands that only asks for variables; the end of the text if none does.
size_t place_of_question(std::string_view text) {
  constexpr std::string_view kIf = "if ";
  for (size_t at = text.find(kIf); at != std::string_view::npos; at = text.find(kIf, at + 1)) {
    std::string_view rest = text.substr(at + kIf.size());
    for (size_t end = end_of_question(rest); end != 0; end = end_of_question(rest)) {
      rest.remove_prefix(end);
      if (rest.starts_with(':')) return at;
      for (const std::string_view word : {" or ", " and "}) {
        if (rest.starts_with(word)) rest.remove_prefix(word.size());
      }
    }
  }
  return text.size();
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<std::string> run() {
    std::string_view before;
    while (at_ < text_.size()) {
      const std::string_view word = next_word();
      if (word == "import") {
        read_imported(before == "from" ? before_import_ : std::string_view());
      } else if (word == "__import__" || word == "import_module") {
        at_ = std::min(text_.find_first_not_of("( \"'\\", at_), text_.size());
        add(dotted());
      } else if (word == "from") {
        skip_spaces();
        before_import_ = dotted();
      }
      before = word;
    }
    return std::move(names_);
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  /// Without dots. In a literal of code, `\n` ends a line.
  std::string_view next_word() {
    while (at_ < text_.size() && !is_part_of_name(text_[at_])) at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_, text_.size());
    const size_t begin = at_;
    while (at_ < text_.size() && is_part_of_name(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  std::string_view dotted() {
    const size_t begin = at_;
    while (at_ < text_.size() && (is_part_of_name(text_[at_]) || text_[at_] == '.')) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void add(std::string_view name) {
    if (!name.empty()) names_.emplace_back(name);
  }

  /// `a.b as c, d` behind `import`. `from`: the module that the names are of.
  void read_imported(std::string_view from) {
    add(from);
    do {
      at_ = std::min(text_.find_first_not_of("( \t", at_), text_.size());
      const std::string_view name = dotted();
      add(from.empty() ? std::string(name) : std::string(from).append(1, '.').append(name));
      skip_spaces();
      if (text_.substr(at_).starts_with("as ")) {
        at_ += 3;
        skip_spaces();
        dotted();
        skip_spaces();
      }
    } while (at_ < text_.size() && text_[at_] == ',' && ++at_ < text_.size());
  }

  const std::string_view text_;
  size_t at_ = 0;
  std::string_view before_import_;
  std::vector<std::string> names_;
};

}  // namespace

std::vector<std::string> start_up_imports(std::string_view line) {
  return Reader(line.substr(0, place_of_question(line))).run();
}

}  // namespace headwater::environment
