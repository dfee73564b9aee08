#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>

#include "base/nearest_name.h"
#include "cli/commands.h"
#include "cli/raw_options.h"
#include "report/shell_word.h"

namespace headwater::cli {
namespace {

/// Names of the options that `app` takes, as they are typed.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

Result<void> refuse_extras(const CLI::App& app, const CLI::App& command) {
  const std::vector<std::string> extras = app.remaining(true);
  if (extras.empty()) return {};
  const std::string given = extras.front().substr(0, extras.front().find('='));
  if (given.empty() || given[0] != '-')
    return usage(given, "unexpected; headwater check --help says what goes");
  const std::vector<std::string> names = option_names(command);
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string_view nearest = nearest_name(given, views);
  const std::string remedy =
      nearest.empty() ? fmt::format("headwater {} --help lists those there are", command.get_name())
                      : fmt::format("did you mean {}?", nearest);
  return usage(given, "unknown option; " + remedy);
}

Options text_to_print(std::string text) {
  Options options;
  options.text = std::move(text);
  return options;
}

Result<Options> unknown_command(const CLI::App& app) {
  const std::vector<std::string> extras = app.remaining(true);
  if (extras.empty()) return text_to_print(app.help());
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  const bool is_option = extras.front()[0] == '-';
  return usage(extras.front(), fmt::format("unknown {}; {}", is_option ? "option" : "command",
                                           is_option ? "headwater --help says what goes"
                                                     : suggestion(extras.front(), names)));
}

/// CLI11 writes `name: what`; ours is `headwater: name: what; remedy`.
tl::unexpected<Error> usage_of(const CLI::ParseError& error) {
  const std::string text = error.what();
  const size_t colon = text.find(": ");
  if (colon == std::string::npos) return usage("command line", text + "; see headwater --help");
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return usage(text.substr(0, colon), "takes one value; see headwater --help");
  }
  std::string detail = text.substr(colon + 2);
  if (!detail.empty())
    detail[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(detail[0])));
  return usage(text.substr(0, colon), detail + "; see headwater --help");
}

}  // namespace

std::vector<CLI::App*> add_commands(CLI::App& app, std::deque<RawOptions>& raw) {
  std::vector<CLI::App*> parsers;
  for (const Command& command : commands()) {
    CLI::App& parser = *app.add_subcommand(std::string(command.name), std::string(command.help));
    parser.allow_extras();
    raw.emplace_back().options.command = &command;
    command.add_options(parser, raw.back());
    parsers.push_back(&parser);
  }
  return parsers;
}

namespace {

/// Without what does not change the answer but how it is found and shown. `chooses`: with what
/// chooses among the findings, which only `check` takes. `left_out`: other words.
std::string arguments_after(const std::string& command, int argc, const char* const* argv,
                            bool chooses, const std::vector<std::string>& left_out) {
  constexpr std::string_view kWithValue[] = {"--threads",     "--color",         "--width",
                                             "--output-file", "--output-format", "--cache-dir",
                                             "--history"};
  constexpr std::string_view kChoosing[] = {"--select", "--ignore", "--fail-on"};
  constexpr std::string_view kAlone[] = {"-q",
                                         "--quiet",
                                         "-v",
                                         "--verbose",
                                         "--diff",
                                         "--fix",
                                         "--statistics",
                                         "--exit-zero",
                                         "--show-cascade",
                                         "--no-cache",
                                         "--affected",
                                         "--record",
                                         "--as-baseline",
                                         "--plan"};
  const char* const* const end = argv + argc;
  std::string text;
  for (auto at = std::find(argv + 1, end, command); at != end && ++at != end;) {
    const std::string_view word = *at;
    if (std::ranges::find(kAlone, word) != std::end(kAlone)) continue;
    if (std::ranges::find(left_out, word) != left_out.end()) continue;
    const std::string_view option = word.substr(0, word.find('='));
    const bool is_left_out =
        std::ranges::find(kWithValue, option) != std::end(kWithValue) ||
        (!chooses && std::ranges::find(kChoosing, option) != std::end(kChoosing));
    if (!chooses && option == "--changed") {
      const bool has_value = word == option && at + 1 != end && **(at + 1) != '-';
      if (has_value) ++at;
      continue;
    }
    if (is_left_out) {
      if (word.find('=') == std::string_view::npos && at + 1 != end) ++at;
      continue;
    }
    text += (text.empty() ? "" : " ") + report::shell_word(word);
  }
  return text;
}

}  // namespace

Result<Options> parse_options(int argc, const char* const* argv) {
  CLI::App app("Audits the imports of large Python monorepos without running them.", "headwater");
  app.set_version_flag("--version", "headwater " HEADWATER_VERSION);
  app.allow_extras();
  app.require_subcommand(0, 1);  // a folder that is called as a command is one
  std::deque<RawOptions> raw;    // a deque never moves what it holds
  const std::vector<CLI::App*> parsers = add_commands(app, raw);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return text_to_print(app.help());
  } catch (const CLI::CallForVersion& version) {
    return text_to_print(std::string(version.what()) + '\n');
  } catch (const CLI::ParseError& error) {
    return usage_of(error);
  }
  const auto parsed = std::ranges::find_if(parsers, &CLI::App::parsed);
  if (parsed == parsers.end()) return unknown_command(app);
  if (auto ok = refuse_extras(app, **parsed); !ok) return tl::unexpected(ok.error());
  auto options = lowered(raw[static_cast<size_t>(parsed - parsers.begin())]);
  if (options) {
    for (int i = 1; i < argc; ++i) {
      if (std::string_view(argv[i]) == "--statistics") continue;
      options->command_line.append(argv[i]).append(1, '\0');
    }
    options->arguments = arguments_after((*parsed)->get_name(), argc, argv, true, options->reports);
    options->audit_arguments =
        arguments_after((*parsed)->get_name(), argc, argv, false, options->reports);
  }
  return options;
}

}  // namespace headwater::cli
