#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <deque>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"

namespace headwater::cli {
namespace {

/// What the parser of one command knows.
struct Words {
  std::string command;
  std::string help;
  struct Option {
    std::vector<std::string> names;  // as they are typed
    bool takes_value = false;
    std::vector<std::string_view> values;  // all that it takes; empty: anything
    std::string help;
  };
  std::vector<Option> options;
  std::vector<std::string_view> first;  // what the first argument must be one of
};

Words words_of(const CLI::App& parser, const RawOptions& raw) {
  Words words{parser.get_name(), parser.get_description(), {}, {}};
  for (const RawOptions::Choice& choice : raw.choices) {
    if (!choice.option.starts_with('-')) words.first = choice.known;
  }
  for (const CLI::Option* option : parser.get_options()) {
    Words::Option entry;
    for (const std::string& name : option->get_snames()) entry.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) entry.names.push_back("--" + name);
    if (entry.names.empty()) continue;
    entry.takes_value = option->get_items_expected_max() > 0;
    entry.help = option->get_description();
    for (const RawOptions::Choice& choice : raw.choices) {
      if (choice.option == entry.names.back()) entry.values = choice.known;
    }
    words.options.push_back(std::move(entry));
  }
  return words;
}

std::vector<Words> all_words() {
  std::deque<RawOptions> raw;
  CLI::App app;
  std::vector<Words> all;
  const std::vector<CLI::App*> parsers = add_commands(app, raw);
  for (size_t i = 0; i < parsers.size(); ++i) all.push_back(words_of(*parsers[i], raw[i]));
  return all;
}

/// The function sets COMPREPLY; where it stays empty, the shell completes names of files.
std::string bash_script() {
  std::string names;
  std::string values;
  std::string options;
  std::string first;
  for (const Words& words : all_words()) {
    names += words.command + ' ';
    std::string all;
    for (const Words::Option& option : words.options) {
      all += fmt::format("{} ", fmt::join(option.names, " "));
      if (!option.takes_value) continue;
      std::string patterns;
      for (const std::string& name : option.names) {
        patterns += fmt::format("{}'{} {}'", patterns.empty() ? "" : "|", words.command, name);
      }
      values += fmt::format("    {}) words='{}'; is_value=1 ;;\n", patterns,
                            fmt::join(option.values, " "));
    }
    options += fmt::format("    {}) words='{}' ;;\n", words.command, all);
    if (!words.first.empty()) {
      first += fmt::format("    {}) words='{}' ;;\n", words.command, fmt::join(words.first, " "));
    }
  }
  return fmt::format(R"(# Completion of headwater for bash: source <(headwater completions bash)
_headwater() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}}
  local command=${{COMP_WORDS[1]}} words='' is_value=''
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W '{}--help --version' -- "$current"))
    return
  fi
  case "$command $previous" in
{}  esac
  if [[ -z $is_value && $current == -* ]]; then
    case "$command" in
{}    esac
  elif [[ -z $is_value ]] && (( COMP_CWORD == 2 )); then
    case "$command" in
{}    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _headwater headwater
)",
                     names, values, options, first);
}

/// zsh runs bash's functions by a module of its own.
std::string zsh_script() {
  return "#compdef headwater\nautoload -U +X compinit && compinit -C\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bash_script();
}

/// In single quotes, as fish reads them.
std::string fish_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '\'';
}

std::string fish_script() {
  std::string text = "# Completion of headwater for fish: headwater completions fish | source\n";
  for (const Words& words : all_words()) {
    text += fmt::format("complete -c headwater -n __fish_use_subcommand -f -a {} -d {}\n",
                        words.command, fish_quoted(words.help));
    const std::string here =
        fmt::format("complete -c headwater -n '__fish_seen_subcommand_from {}'", words.command);
    if (!words.first.empty()) {
      text += fmt::format("{} -a '{}'\n", here, fmt::join(words.first, " "));
    }
    for (const Words::Option& option : words.options) {
      text += here;
      for (const std::string& name : option.names) {
        const bool is_long = name.starts_with("--");
        text += fmt::format(" -{} {}", is_long ? 'l' : 's', name.substr(is_long ? 2 : 1));
      }
      if (option.takes_value) text += " -r";
      if (!option.values.empty()) {
        text += fmt::format(" -f -a '{}'", fmt::join(option.values, " "));
      }
      text += fmt::format(" -d {}\n", fish_quoted(option.help));
    }
  }
  return text;
}

struct Shell {
  std::string_view name;
  std::string (*script)();
};

constexpr std::array kShells = {Shell{"bash", bash_script}, Shell{"zsh", zsh_script},
                                Shell{"fish", fish_script}};

}  // namespace

void add_completions_options(CLI::App& app, RawOptions& raw) {
  std::vector<std::string_view> names;
  for (const Shell& shell : kShells) names.push_back(shell.name);
  add_choice(app, raw, "SHELL", raw.options.subject, std::move(names));
  app.get_option("SHELL")->required();
  raw.choices.back().option = "completions";
}

int run_completions(const Options& options) {
  for (const Shell& shell : kShells) {
    if (shell.name == options.subject) return exit_code(write_standard_output(shell.script()));
  }
  return exit_code(usage("completions", "no shell is named").value());
}

}  // namespace headwater::cli
