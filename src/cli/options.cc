#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "base/nearest_name.h"
#include "pipeline/dump.h"
#include "report/reporter.h"

namespace headwater::cli {
namespace {

constexpr std::string_view kCommands[] = {"check", "dump"};
constexpr std::string_view kColors[] = {"auto", "always", "never"};
constexpr std::string_view kReadWays[] = {"auto", "read", "map"};
constexpr std::string_view kFailOn[] = {"fault"};
constexpr uint32_t kMostThreads = 1024;

/// What CLI11 fills: strings as they were typed where their meaning is checked here.
struct RawOptions {
  Options options;
  std::string color = "auto";
  std::string fail_on;
  std::string python_version;
  std::string max_file_size;
  bool ignore_no_files = false;
  bool quiet = false;
  bool verbose = false;
};

tl::unexpected<Error> usage(std::string subject, std::string detail) {
  return fail(ErrorCode::kUsage, std::move(subject), std::move(detail));
}

std::string joined(std::span<const std::string_view> names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string suggestion(std::string_view given, std::span<const std::string_view> known) {
  const std::string_view nearest = nearest_name(given, known);
  return nearest.empty() ? fmt::format("it is one of {}", joined(known))
                         : fmt::format("did you mean {}?", nearest);
}

/// A list option takes one value each time, so that a PATH may follow it.
void add_list(CLI::App& app, const char* name, std::vector<std::string>& values, const char* help) {
  app.add_option(name, values, help)->allow_extra_args(false)->type_name("");
}

void add_common(CLI::App& app, RawOptions& raw) {
  pipeline::AuditOptions& audit = raw.options.audit;
  add_list(app, "--root", audit.roots,
           "R: a folder on the search path, instead of discovery; repeatable");
  add_list(app, "--site", audit.sites,
           "DIR: a site-packages folder, instead of discovery; repeatable");
  add_list(app, "--stdlib", audit.standard_library, "DIR: a standard library folder; repeatable");
  app.add_flag("--stdlib-first", audit.standard_library_first,
               "the standard library before the roots");
  app.add_option("--env", audit.environment, "PATH|lock|none: the environment to judge by")
      ->type_name("");
  app.add_option("--python-version", raw.python_version, "X.Y: where no environment says so")
      ->type_name("");
  app.add_flag("--no-ignore", raw.ignore_no_files, "audit what .gitignore leaves out");
  add_list(app, "--exclude", audit.exclude,
           "GLOB: leave out, as a line of .gitignore would; repeatable");
  app.add_option("--threads", audit.threads, "N: as many as the machine has, if not given")
      ->check(CLI::Range(1u, kMostThreads))
      ->type_name("");
  app.add_option("--io", audit.io, "auto|read|map: how files are read")->type_name("");
  app.add_option("--max-file-size", raw.max_file_size, "BYTES, or 64K, 10M, 1G: skip larger files")
      ->type_name("");
  app.add_option("--color", raw.color, "auto|always|never")->type_name("");
  app.add_option("--width", raw.options.width, "COLUMNS: the terminal's, or 80, if not given")
      ->type_name("");
  app.add_option("--output-file", raw.options.output_file,
                 "FILE: replaced at the end, or not at all")
      ->type_name("");
  app.add_flag("--strict", raw.options.strict, "exit with 2 if anything could not be read");
  app.add_flag("--statistics", raw.options.statistics, "times and counters, on standard error");
  app.add_flag("-q,--quiet", raw.quiet, "only the summary");
  app.add_flag("-v,--verbose", raw.verbose, "every place");
}

void add_check(CLI::App& app, RawOptions& raw) {
  app.add_option("PATH", raw.options.paths, "the repository; this folder, if not given")
      ->type_name("");
  app.add_option("--output-format", raw.options.output_format, "text|concise|json|jsonl")
      ->type_name("");
  add_list(app, "--select", raw.options.audit.select, "CODE,...: only these codes or prefixes");
  add_list(app, "--ignore", raw.options.audit.ignore, "CODE,...: not these codes or prefixes");
  app.get_option("--select")->delimiter(',');
  app.get_option("--ignore")->delimiter(',');
  app.add_option("--fail-on", raw.fail_on, "fault: exit with 1 for faults alone")->type_name("");
  app.add_flag("--exit-zero", raw.options.exit_zero, "exit with 0 whatever was found");
  add_common(app, raw);
}

void add_dump(CLI::App& app, RawOptions& raw) {
  app.add_option("STAGE", raw.options.stage, joined(pipeline::dump_stages()))
      ->required()
      ->type_name("");
  app.add_option("PATH", raw.options.paths, "folders; this folder, if none is given")
      ->type_name("");
  add_common(app, raw);
}

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

Result<void> one_of(std::string_view option, std::string_view given,
                    std::span<const std::string_view> known) {
  if (std::find(known.begin(), known.end(), given) != known.end()) return {};
  return usage(std::string(option),
               fmt::format("no value {}; {}", given, suggestion(given, known)));
}

Result<uint64_t> byte_count(const std::string& text) {
  constexpr std::string_view kUnits = "KMGT";
  uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  uint32_t shift = 0;
  bool understood = error == std::errc() && rest != text.data();
  if (understood && rest != end) {
    const size_t unit = kUnits.find(*rest);
    understood = unit != std::string_view::npos && rest + 1 == end;
    shift = understood ? 10 * (static_cast<uint32_t>(unit) + 1) : 0;
  }
  if (!understood || value > (UINT64_MAX >> shift)) {
    return usage("--max-file-size", fmt::format("no size {}; give bytes, or 64K, 10M, 1G", text));
  }
  return value << shift;
}

Result<PythonVersion> python_version(const std::string& text) {
  PythonVersion version;
  const char* const end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, version.major);
  if (major.ec == std::errc() && major.ptr != end && *major.ptr == '.') {
    const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
    if (minor.ec == std::errc() && minor.ptr == end) return version;
  }
  return usage("--python-version", fmt::format("no version {}; give one such as 3.12", text));
}

std::vector<std::string_view> reporter_names() {
  std::vector<std::string_view> names;
  for (const report::Reporter& reporter : report::reporters()) names.push_back(reporter.name);
  return names;
}

Result<void> check_choices(const RawOptions& raw) {
  const Options& options = raw.options;
  if (auto ok = one_of("--output-format", options.output_format, reporter_names()); !ok) return ok;
  if (auto ok = one_of("--color", raw.color, kColors); !ok) return ok;
  if (auto ok = one_of("--io", options.audit.io, kReadWays); !ok) return ok;
  if (!raw.fail_on.empty()) {
    if (auto ok = one_of("--fail-on", raw.fail_on, kFailOn); !ok) return ok;
  }
  if (options.command == Command::kDump) {
    if (auto ok = one_of("dump", options.stage, pipeline::dump_stages()); !ok) return ok;
  }
  if (raw.quiet && raw.verbose) return usage("-q", "contradicts -v; leave one out");
  return {};
}

/// From what was typed to what is meant.
Result<Options> lowered(RawOptions raw) {
  if (auto ok = check_choices(raw); !ok) return tl::unexpected(ok.error());
  Options options = std::move(raw.options);
  if (!raw.max_file_size.empty()) {
    const auto size = byte_count(raw.max_file_size);
    if (!size) return tl::unexpected(size.error());
    options.audit.max_file_size = *size;
  }
  if (!raw.python_version.empty()) {
    const auto version = python_version(raw.python_version);
    if (!version) return tl::unexpected(version.error());
    options.audit.python_version = *version;
  }
  if (options.paths.empty()) options.paths.push_back(".");
  if (options.command == Command::kCheck && options.paths.size() > 1) {
    return usage(options.paths[1], "check audits one folder; run it once for each");
  }
  const auto color = std::find(std::begin(kColors), std::end(kColors), raw.color);
  options.color = static_cast<ColorChoice>(color - std::begin(kColors));
  options.verbosity = raw.quiet     ? Verbosity::kQuiet
                      : raw.verbose ? Verbosity::kVerbose
                                    : Verbosity::kNormal;
  options.audit.use_ignore_files = !raw.ignore_no_files;
  options.fail_on_fault_only = raw.fail_on == "fault";
  return options;
}

Options text_to_print(std::string text) {
  Options options;
  options.command = Command::kPrint;
  options.text = std::move(text);
  return options;
}

Result<Options> unknown_command(const CLI::App& app) {
  const std::vector<std::string> extras = app.remaining(true);
  if (extras.empty()) return text_to_print(app.help());
  const bool is_option = extras.front()[0] == '-';
  return usage(extras.front(), fmt::format("unknown {}; {}", is_option ? "option" : "command",
                                           is_option ? "headwater --help says what goes"
                                                     : suggestion(extras.front(), kCommands)));
}

/// CLI11 writes `name: what`; ours is `headwater: name: what; remedy`.
tl::unexpected<Error> usage_of(const CLI::ParseError& error) {
  const std::string text = error.what();
  const size_t colon = text.find(": ");
  if (colon == std::string::npos) return usage("command line", text + "; see headwater --help");
  std::string detail = text.substr(colon + 2);
  if (!detail.empty())
    detail[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(detail[0])));
  return usage(text.substr(0, colon), detail + "; see headwater --help");
}

}  // namespace

Result<Options> parse_options(int argc, const char* const* argv) {
  RawOptions raw;
  CLI::App app("Audits the imports of large Python monorepos without running them.", "headwater");
  CLI::App& check = *app.add_subcommand("check", "audit a repository");
  CLI::App& dump = *app.add_subcommand("dump", "print what one stage knows, as JSON lines");
  app.set_version_flag("--version", "headwater " HEADWATER_VERSION);
  add_check(check, raw);
  add_dump(dump, raw);
  for (CLI::App* each : {&app, &check, &dump}) each->allow_extras();
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return text_to_print(app.help());
  } catch (const CLI::CallForVersion& version) {
    return text_to_print(std::string(version.what()) + '\n');
  } catch (const CLI::ParseError& error) {
    return usage_of(error);
  }
  if (!check.parsed() && !dump.parsed()) return unknown_command(app);
  if (auto ok = refuse_extras(app, check.parsed() ? check : dump); !ok)
    return tl::unexpected(ok.error());
  raw.options.command = check.parsed() ? Command::kCheck : Command::kDump;
  return lowered(std::move(raw));
}

}  // namespace headwater::cli
