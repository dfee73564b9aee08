// Commands that start the repository's code, wherever they are written: shell, make, container and
// compose files, workflows, units of systemd, settings of tools. One reader of words serves all,
// since a command looks the same in each of them.

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "scan/config/columns.h"
#include "scan/config/paths.h"
#include "scan/config/readers.h"

namespace headwater::scan {
namespace {

struct Word {
  std::string_view text;
  uint32_t line;
  uint32_t column;
  char before;  // the separator in front of it
};
struct Command {
  std::vector<Word> words{};
  bool may_fail = false;  // it runs if a test says so, or its failure is taken care of
};

bool separates(char c) {
  return std::string_view(" \t\r\n\f\v,;|&\"'`()[]=").find(c) != std::string_view::npos;
}

bool ends_command(char c) { return c == ';' || c == '|' || c == '&'; }

/// Whether what follows it runs only if it is so.
bool is_test(const Command& command) {
  constexpr std::array<std::string_view, 6> kTests = {"test", "[", "[[", "if", "elif", "while"};
  return !command.words.empty() &&
         (command.words[0].before == '[' ||
          std::ranges::find(kTests, command.words[0].text) != kTests.end());
}

/// A step of a workflow, a stage or a label is called so: it runs nothing.
bool is_title(const Command& command) {
  const size_t first = !command.words.empty() && command.words[0].text == "-" ? 1 : 0;
  if (first >= command.words.size()) return false;
  const std::string_view key = command.words[first].text;
  return key == "name:" || key == "description:" || key == "title:";
}

/// Cuts a text into the words of its commands. A comment ends with its line.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text), columns_(text) {}

  void for_each_command(const std::function<void(const Command&)>& visit) {
    Command command;
    bool is_tested = false;  // by a command before it on the line
    const auto finish = [&](std::string_view end) {
      is_tested = is_tested || is_test(command);
      // make goes on where a line begins with a dash.
      const bool is_ignored = !command.words.empty() && command.words[0].text.size() > 1 &&
                              command.words[0].text[0] == '-';
      command.may_fail = is_tested || is_ignored || end == "||";
      if (!command.words.empty() && !is_title(command)) visit(command);
      command.words.clear();
      if (end.empty()) is_tested = false;
    };
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\' && at_ + 1 < text_.size() && is_line_end(at_ + 1)) {
        ++at_;
        step_over_line_end();
      } else if (is_line_end(at_)) {
        finish("");
        step_over_line_end();
      } else if (ends_command(c)) {
        finish(text_.substr(at_, 2));
        ++at_;
      } else if (c == '#' && (at_ == 0 || separates(text_[at_ - 1]))) {
        while (at_ < text_.size() && !is_line_end(at_)) ++at_;
      } else if (separates(c)) {
        ++at_;
      } else {
        command.words.push_back(read_word());
      }
    }
    finish("");
  }

 private:
  bool is_line_end(size_t at) const { return text_[at] == '\n' || text_[at] == '\r'; }

  void step_over_line_end() {
    at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
    line_begin_ = at_;
    ++line_;
  }

  Word read_word() {
    const size_t begin = at_;
    while (at_ < text_.size() && !separates(text_[at_])) ++at_;
    return {text_.substr(begin, at_ - begin), line_, columns_.column(line_begin_, begin),
            begin == 0 ? '\n' : text_[begin - 1]};
  }

  std::string_view text_;
  Columns columns_;
  size_t at_ = 0;
  size_t line_begin_ = 0;
  uint32_t line_ = 1;
};

/// `/usr/bin/python3`, `@python`, `${PYTHON}`: what is between.
std::string_view program_of(std::string_view word) {
  constexpr std::string_view kMarks = "@-+${}";
  word = word.substr(word.rfind('/') + 1);
  const size_t begin = word.find_first_not_of(kMarks);
  if (begin == std::string_view::npos) return {};
  return word.substr(begin, word.find_last_not_of(kMarks) + 1 - begin);
}

bool is_python(std::string_view program) {
  if (program == "PYTHON" || program == "PYTHON3") return true;
  const size_t name = program.starts_with("python") ? 6 : program.starts_with("pypy") ? 4 : 0;
  return name != 0 && program.find_first_not_of("0123456789.", name) == std::string_view::npos;
}

class CommandReader {
 public:
  CommandReader(bool wants_paths, std::vector<ConfigString>& out)
      : wants_paths_(wants_paths), out_(out) {}

  /// Whether the command gives a variable the name of an interpreter: `PY := uv run python`.
  void learn(const Command& command) {
    const std::vector<Word>& words = command.words;
    const size_t at = !words.empty() && words[0].text == "export" ? 1 : 0;
    if (at + 1 >= words.size() || !is_python(program_of(words.back().text))) return;
    const std::string_view name = words[at].text.substr(0, words[at].text.find_first_of(":?+!"));
    // Marks of the operator may be a word.
    const char* const begin = name.data() + name.size();
    const std::string_view rest(begin, static_cast<size_t>(words.back().text.data() - begin));
    const size_t mark = rest.find_first_not_of(" \t:?+!");
    const bool is_set = mark != std::string_view::npos && rest[mark] == '=';
    if (is_set && is_dotted_name(name, true)) interpreters_.insert(name);
  }

  void read(const Command& command) {
    const std::vector<Word>& words = command.words;
    may_fail_ = command.may_fail;
    for (size_t i = 0; i < words.size(); ++i) {
      const std::string_view program = program_of(words[i].text);
      if (program == "echo" || program == "printf") return;
      if (is_python(program) || is_interpreter(words[i], program)) {
        read_python(words, i + 1);
        read_hydra_folder(words, i + 1);
      }
      if (program == "coverage") read_coverage(words, i + 1);
      if (program == "celery") read_option(words, i + 1, {"-A", "--app"}, "celery");
      if (program == "flask") read_flask(words, i + 1);
      if (is_server(program)) read_server(words, i + 1);
      read_variable(words, i);
      if (wants_paths_) add_path(words[i].text, "", words[i].line, words[i].column, out_);
    }
  }

 private:
  /// `$PY`, `${PY}`, `$(PY)`.
  bool is_interpreter(const Word& word, std::string_view program) const {
    const bool is_value = word.text.find('$') != std::string_view::npos || word.before == '(';
    return is_value && (program == "PY" || interpreters_.contains(program));
  }

  void add(const Word& word, std::string_view name, std::string_view reader, NameUse use) {
    ConfigString& made = out_.emplace_back();
    made.line = word.line;
    made.column = word.column;
    made.name = name;
    made.reader = reader;
    made.use = use;
    made.is_optional = may_fail_;
    made.is_of_command = true;
  }

  /// The options of python up to `-m`; whatever follows is the program's.
  void read_python(const std::vector<Word>& words, size_t i) {
    for (; i < words.size() && words[i].text.starts_with('-'); ++i) {
      const std::string_view option = words[i].text;
      if (option == "-W" || option == "-X" || option == "--check-hash-based-pycs") ++i;
      if (option == "-c") return;
      if (option == "-m") return i + 1 < words.size() ? add_program(words[i + 1]) : void();
      if (option.starts_with("-m") && is_dotted_name(option.substr(2))) {
        return add(words[i], option.substr(2), "python -m", NameUse::kProgram);
      }
    }
  }

  /// `--config-dir conf` of a program of Hydra's, which the sources tell.
  void read_hydra_folder(const std::vector<Word>& words, size_t i) {
    for (; i + 1 < words.size(); ++i) {
      if (words[i].text != "--config-dir" && words[i].text != "-cd") continue;
      const Word& folder = words[i + 1];
      if (is_template(folder.text) || folder.text.starts_with('/') || folder.before == '(') return;
      return add(folder, folder.text, kHydraFolder, NameUse::kPath);
    }
  }

  void add_program(const Word& word) {
    if (is_dotted_name(word.text, true)) add(word, word.text, "python -m", NameUse::kProgram);
  }

  void read_coverage(const std::vector<Word>& words, size_t i) {
    if (i >= words.size() || words[i].text != "run") return;
    while (++i < words.size() && words[i].text.starts_with('-')) {
      if (words[i].text == "-m") return i + 1 < words.size() ? add_program(words[i + 1]) : void();
    }
  }

  /// `-A name`, `--app=name`: `a.b`, or `a.b:app`.
  void read_option(const std::vector<Word>& words, size_t i,
                   std::array<std::string_view, 2> options, std::string_view reader) {
    for (; i + 1 < words.size(); ++i) {
      if (std::ranges::find(options, words[i].text) == options.end()) continue;
      const std::string_view name = words[i + 1].text;
      if (is_application(name)) {
        add(words[i + 1], name, reader, NameUse::kObject);
      } else if (is_dotted_name(name, true)) {
        add(words[i + 1], name, reader, NameUse::kModuleOrObject);
      }
      return;
    }
  }

  void read_flask(const std::vector<Word>& words, size_t i) {
    for (; i + 1 < words.size(); ++i) {
      if (words[i].text == "--app" || words[i].text == "-A") return add_flask(words[i + 1]);
    }
  }

  /// `a.b`, `a.b:app`, or a file.
  void add_flask(const Word& word) {
    const std::string_view name = word.text;
    if (name.ends_with(".py") || name.find(".py:") != std::string_view::npos) return;
    if (is_application(name)) {
      add(word, name, "flask", NameUse::kObject);
    } else if (is_dotted_name(name, true)) {
      add(word, name, "flask", NameUse::kModule);
    }
  }

  static bool is_server(std::string_view program) {
    constexpr std::array<std::string_view, 5> kServers = {"gunicorn", "uvicorn", "hypercorn",
                                                          "daphne", "granian"};
    return std::ranges::find(kServers, program) != kServers.end();
  }

  static bool is_application(std::string_view word) {
    const size_t colon = word.find(':');
    return colon != std::string_view::npos && is_dotted_name(word.substr(0, colon), true) &&
           is_dotted_name(word.substr(colon + 1), true);
  }

  /// The value of an option is none: `--bind web:http`.
  void read_server(const std::vector<Word>& words, size_t i) {
    for (; i < words.size(); ++i) {
      if (words[i - 1].text.starts_with('-') || !is_application(words[i].text)) continue;
      return add(words[i], words[i].text, "server", NameUse::kObject);
    }
  }

  /// `DJANGO_SETTINGS_MODULE=a.b`, `FLASK_APP=a.b:app`, also as a key of YAML, and as ENV has it.
  void read_variable(const std::vector<Word>& words, size_t i) {
    std::string_view name = words[i].text;
    const bool is_key = name.ends_with(':');
    if (is_key) name.remove_suffix(1);
    const bool is_flask = name == "FLASK_APP";
    if ((!is_flask && name != "DJANGO_SETTINGS_MODULE") || i + 1 >= words.size()) return;
    const Word& value = words[i + 1];
    const bool is_env = i > 0 && words[i - 1].text == "ENV";
    const bool is_set =
        is_key || is_env || value.before == '=' || value.before == '"' || value.before == '\'';
    if (is_set && is_flask) {
      add_flask(value);
    } else if (is_set && is_dotted_name(value.text)) {
      add(value, value.text, "Django settings", NameUse::kModule);
    }
  }

  const bool wants_paths_;
  bool may_fail_ = false;
  std::set<std::string_view> interpreters_;  // variables that hold one
  std::vector<ConfigString>& out_;
};

}  // namespace

void read_command_strings(const ConfigSource& source, std::vector<ConfigString>& out) {
  CommandReader reader(source.wants_paths, out);
  // A variable may be set below its first use: make looks at all of them first.
  if (source.text.find("ython") != std::string_view::npos) {
    Words(source.text).for_each_command([&](const Command& command) { reader.learn(command); });
  }
  Words(source.text).for_each_command([&](const Command& command) { reader.read(command); });
}

}  // namespace headwater::scan
