#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "cli/cache_folder.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "pipeline/cache_view.h"
#include "report/printable.h"

namespace headwater::cli {
namespace {

using report::counted;

std::string size(uint64_t bytes) {
  if (bytes < 1000) return counted(bytes, "byte", "bytes");
  constexpr std::array kUnits = {"kB", "MB", "GB", "TB"};
  double shown = static_cast<double>(bytes) / 1000;
  size_t unit = 0;
  for (; shown >= 999.95 && unit + 1 < kUnits.size(); ++unit) shown /= 1000;
  return fmt::format("{:.1f} {}", shown, kUnits[unit]);
}

std::string last_use(const std::optional<int64_t>& seconds) {
  return seconds
             ? fmt::format(", last used {:%Y-%m-%d}", fmt::gmtime(static_cast<time_t>(*seconds)))
             : std::string();
}

int info(const std::string& folder) {
  const auto view = pipeline::view_cache(folder);
  if (!view) return exit_code(view.error());
  const cache::StoreInfo& facts = view->facts;
  const cache::SnapshotInfo& snapshots = view->snapshots;
  const cache::SnapshotInfo& worlds = view->worlds;
  std::string text = fmt::format("cache in {}\n\n", report::printable(folder));
  text += fmt::format("  facts      {} in {}, {}{}\n", counted(facts.entries, "entry", "entries"),
                      counted(facts.packs, "pack", "packs"), size(facts.bytes),
                      last_use(facts.newest_use));
  text += fmt::format("  snapshots  {}, {}{}\n", with_thousands(snapshots.snapshots),
                      size(snapshots.bytes), last_use(snapshots.newest_use));
  text += fmt::format("  worlds     {}, {}{}\n", with_thousands(worlds.snapshots),
                      size(worlds.bytes), last_use(worlds.newest_use));
  if (facts.other_packs + snapshots.other_snapshots + worlds.other_snapshots != 0) {
    text += fmt::format(
        "  of other versions of headwater: {}, {}; {}, {}; {}, {}\n",
        counted(facts.other_packs, "pack", "packs"), size(facts.other_bytes),
        counted(snapshots.other_snapshots, "snapshot", "snapshots"), size(snapshots.other_bytes),
        counted(worlds.other_snapshots, "world", "worlds"), size(worlds.other_bytes));
  }
  if (const uint64_t temporary =
          facts.temporary_files + snapshots.temporary_files + worlds.temporary_files) {
    text += fmt::format("  {} in use, or left by a run that was killed\n",
                        counted(temporary, "temporary file", "temporary files"));
  }
  if (facts.damaged_packs != 0) {
    text += fmt::format("  {}; the next run repairs it, headwater cache verify says more\n",
                        counted(facts.damaged_packs, "pack is damaged", "packs are damaged"));
  }
  text +=
      "\nwhat has not been used for 30 days goes by itself; headwater cache clean removes all\n";
  return exit_code(write_standard_output(text));
}

int verify(const std::string& folder) {
  const auto verdict = pipeline::verify_cache(folder);
  if (!verdict) return exit_code(verdict.error());
  const cache::VerifyResult& facts = verdict->facts;
  const cache::SnapshotVerifyResult& snapshots = verdict->snapshots;
  const cache::SnapshotVerifyResult& worlds = verdict->worlds;
  std::string text;
  for (const auto* damaged : {&facts.damaged, &snapshots.damaged, &worlds.damaged}) {
    for (const Error& error : *damaged) {
      text += report::printable(error.path) + ' ' + report::printable(error.detail) + '\n';
    }
  }
  const size_t damaged = facts.damaged.size() + snapshots.damaged.size() + worlds.damaged.size();
  text += fmt::format("{} with {}, {}, {}: {}\n", counted(facts.packs, "pack", "packs"),
                      counted(facts.entries, "entry", "entries"),
                      counted(snapshots.snapshots, "snapshot", "snapshots"),
                      counted(worlds.snapshots, "world", "worlds"),
                      damaged == 0 ? "whole" : with_thousands(damaged) + " damaged");
  if (const uint64_t others =
          facts.unchecked_packs + snapshots.other_snapshots + worlds.other_snapshots) {
    text += fmt::format("{} of other versions of headwater\n", counted(others, "file", "files"));
  }
  if (damaged != 0) {
    text +=
        "no answer depends on what is damaged, and a run that meets it repairs it;\n"
        "headwater cache clean removes all\n";
  }
  const int written = exit_code(write_standard_output(text));
  return written == kExitClean && damaged != 0 ? kExitFindings : written;
}

/// One line, however many there are.
Error not_removed(const std::vector<Error>& failed, const std::string& folder) {
  return {failed[0].code, folder,
          fmt::format("{}: {} {}; is the disk writable, and the folder yours?",
                      counted(failed.size(), "file cannot be removed", "files cannot be removed"),
                      failed[0].path, failed[0].detail)};
}

int clean(const std::string& folder) {
  const auto cleaned = pipeline::clean_cache(folder);
  if (!cleaned) return exit_code(cleaned.error());
  if (!cleaned->failed.empty()) complain(not_removed(cleaned->failed, folder));
  const int written = exit_code(write_standard_output(fmt::format(
      "removed {}, {}\n", counted(cleaned->files, "file", "files"), size(cleaned->bytes))));
  return cleaned->failed.empty() ? written : kExitUsage;
}

struct Action {
  std::string_view name;
  int (*run)(const std::string& folder);
};

constexpr std::array kActions = {Action{"info", info}, Action{"verify", verify},
                                 Action{"clean", clean}};

}  // namespace

void add_cache_command_options(CLI::App& app, RawOptions& raw) {
  std::vector<std::string_view> names;
  for (const Action& action : kActions) names.push_back(action.name);
  add_choice(app, raw, "ACTION", raw.options.subject, std::move(names));
  app.get_option("ACTION")->required();
  raw.choices.back().option = "cache";
  add_cache_folder(app, raw);
}

int run_cache(const Options& options) {
  const std::string folder = cache_folder(options);
  if (folder.empty()) {
    return exit_code(
        usage("cache", "no home folder to have it in; name one by --cache-dir").value());
  }
  const auto action = std::ranges::find(kActions, options.subject, &Action::name);
  if (action == kActions.end()) return exit_code(usage("cache", "nothing to do is named").value());
  return action->run(folder);
}

}  // namespace headwater::cli
