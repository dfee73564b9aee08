#include "cli/raw_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <utility>

#include "base/nearest_name.h"
#include "base/text.h"
#include "cli/commands.h"

namespace headwater::cli {
namespace {

constexpr std::string_view kColors[] = {"auto", "always", "never"};
constexpr int kNewestMinor = 20;  // of Python 3: room for those to come, none for typing errors

Result<void> one_of(const RawOptions::Choice& choice) {
  const std::string& given = *choice.given;
  if (given.empty() || std::ranges::find(choice.known, given) != choice.known.end()) return {};
  return usage(std::string(choice.option),
               fmt::format("no value {}; {}", given, suggestion(given, choice.known)));
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
    if (minor.ec == std::errc() && minor.ptr == end && version.major == 3 && version.minor >= 0 &&
        version.minor <= kNewestMinor) {
      return version;
    }
  }
  return usage("--python-version",
               fmt::format("no version {}; give one from 3.0 to 3.{}", text, kNewestMinor));
}

}  // namespace

tl::unexpected<Error> usage(std::string subject, std::string detail) {
  return fail(ErrorCode::kUsage, std::move(subject), std::move(detail));
}

std::string suggestion(std::string_view given, std::span<const std::string_view> known) {
  const std::string_view nearest = nearest_name(given, known);
  return nearest.empty() ? fmt::format("it is one of {}", fmt::join(known, ", "))
                         : fmt::format("did you mean {}?", nearest);
}

void add_list(CLI::App& app, const char* name, std::vector<std::string>& values, const char* help) {
  app.add_option(name, values, help)->allow_extra_args(false)->type_name("");
}

void add_choice(CLI::App& app, RawOptions& raw, const char* name, std::string& value,
                std::vector<std::string_view> known) {
  app.add_option(name, value, fmt::format("{}", fmt::join(known, "|")))->type_name("");
  raw.choices.push_back({name, &value, std::move(known)});
}

void add_path(CLI::App& app, RawOptions& raw) {
  app.add_option("PATH", raw.options.paths, "the repository; this folder, if not given")
      ->type_name("");
  raw.one_path = true;
}

void add_deep(CLI::App& app, RawOptions& raw) {
  app.add_flag(
      "--deep", raw.options.audit.deep,
      "read every file as strictly as Python does, and simulate the import of every module");
}

void add_choosing_options(CLI::App& app, RawOptions& raw) {
  add_list(app, "--select", raw.options.audit.select, "CODE,...: only these codes or prefixes");
  add_list(app, "--ignore", raw.options.audit.ignore, "CODE,...: not these codes or prefixes");
  app.get_option("--select")->delimiter(',');
  app.get_option("--ignore")->delimiter(',');
  add_choice(app, raw, "--fail-on", raw.fail_on, {"fault"});
  app.get_option("--fail-on")->description("fault: exit with 1 for faults alone");
  add_deep(app, raw);
}

void add_output_options(CLI::App& app, RawOptions& raw) {
  add_choice(app, raw, "--color", raw.color, {std::begin(kColors), std::end(kColors)});
  app.add_option("--width", raw.options.width, "COLUMNS: the terminal's, or 80, if not given")
      ->type_name("");
  app.add_option("--output-file", raw.options.output_file,
                 "FILE: replaced at the end, or not at all")
      ->type_name("");
  app.add_flag("-q,--quiet", raw.quiet, "only the summary");
  app.add_flag("-v,--verbose", raw.verbose, "every place");
}

void add_audit_options(CLI::App& app, RawOptions& raw) {
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
  app.add_option("--python-version", raw.python_version,
                 fmt::format("X.Y, from 3.0 to 3.{}: where no environment says so", kNewestMinor))
      ->type_name("");
  app.add_flag("--no-ignore", raw.ignore_no_files, "audit what .gitignore leaves out");
  app.add_option("--today", audit.today,
                 "YYYY-MM-DD: by which deferrals expire; the day it is in UTC, if not given")
      ->type_name("");
  add_list(app, "--exclude", audit.exclude,
           "GLOB: leave out, as a line of .gitignore would; repeatable");
  app.add_option("--max-file-size", raw.max_file_size, "BYTES, or 64K, 10M, 1G: skip larger files")
      ->type_name("");
  app.add_flag("--strict", raw.options.strict, "exit with 2 if anything could not be read");
  app.add_flag("--statistics", raw.options.statistics, "times and counters, on standard error");
  add_output_options(app, raw);
}

void add_common_options(CLI::App& app, RawOptions& raw) {
  app.add_option("--threads", raw.options.audit.threads,
                 "N: as many as the machine has, if not given")
      ->check(CLI::Range(1u, kMostThreads))
      ->type_name("");
  add_audit_options(app, raw);
}

void add_memory_options(CLI::App& app, RawOptions& raw) {
  app.add_flag("--no-cache", raw.no_cache, "read every file, and remember nothing");
  add_cache_folder(app, raw);
}

void add_answer_options(CLI::App& app, RawOptions& raw) {
  add_memory_options(app, raw);
  app.add_option("--at", raw.options.at, "REV: a commit of git, as if it were checked out")
      ->check([](const std::string& given) {
        return given.empty() ? std::string("is empty; give a commit, a branch or a tag") : "";
      })
      ->type_name("");
}

void add_cache_folder(CLI::App& app, RawOptions& raw) {
  app.add_option("--cache-dir", raw.options.cache_folder,
                 "DIR: what earlier runs have left; ~/.cache/headwater, if not given")
      ->type_name("");
}

void add_history_file(CLI::App& app, RawOptions& raw) {
  app.add_option(
         "--history", raw.options.history_file,
         "FILE: the database of recorded runs; one in ~/.local/state/headwater, if not given")
      ->type_name("");
}

/// `dump outcomes` is about modules where the others take folders.
Result<void> take_modules(Options& options) {
  pipeline::AuditOptions& audit = options.audit;
  const bool is_given = audit.all_modules || !audit.modules_file.empty();
  if (options.stage != "outcomes") {
    if (!is_given) return {};
    return usage(audit.all_modules ? "--all" : "--modules", "goes with dump outcomes only");
  }
  audit.modules = std::exchange(options.paths, {});
  if (is_given || !audit.modules.empty()) return {};
  return usage("dump outcomes", "no modules; name some, or give --all");
}

Result<Options> lowered(RawOptions& raw) {
  for (const RawOptions::Choice& choice : raw.choices) {
    if (auto ok = one_of(choice); !ok) return tl::unexpected(ok.error());
  }
  if (raw.quiet && raw.verbose) return usage("-q", "contradicts -v; leave one out");
  if (raw.options.fix && raw.options.diff) {
    return usage("--fix", "contradicts --diff; leave one out");
  }
  if ((raw.options.fix || raw.options.diff) && !raw.options.at.empty()) {
    return usage("--at",
                 "says what a commit has, which --fix and --diff cannot change; leave one out");
  }
  if (raw.options.affected && raw.changed == std::vector{kNotGiven}) {
    return usage("--affected", "goes with --changed only");
  }
  if (raw.options.record && (raw.options.diff || raw.changed != std::vector{kNotGiven})) {
    return usage("--record",
                 "adds whole audits, which --diff and --changed are not; leave one out");
  }
  Options options = std::move(raw.options);
  if (raw.changed != std::vector{kNotGiven}) {
    options.changed = raw.changed.empty() ? std::string() : raw.changed.front();
  }
  options.use_cache = !raw.no_cache;
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
  if (!options.audit.today.empty() && !is_date(options.audit.today)) {
    return usage("--today", fmt::format("no date {}; give one as 2027-01-31", options.audit.today));
  }
  if (auto ok = take_modules(options); !ok) return tl::unexpected(ok.error());
  if (options.paths.empty()) options.paths.push_back(".");
  if (raw.one_path && options.paths.size() > 1) {
    return usage(options.paths[1],
                 fmt::format("{} takes one folder; run it once for each", options.command->name));
  }
  const auto color = std::ranges::find(kColors, raw.color);
  options.color = static_cast<ColorChoice>(color - std::begin(kColors));
  options.verbosity = raw.quiet     ? Verbosity::kQuiet
                      : raw.verbose ? Verbosity::kVerbose
                                    : Verbosity::kNormal;
  options.audit.use_ignore_files = !raw.ignore_no_files;
  options.audit.fail_on_fault_only = raw.fail_on == "fault";
  return options;
}

}  // namespace headwater::cli
