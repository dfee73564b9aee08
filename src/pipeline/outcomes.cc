#include "pipeline/outcomes.h"

#include <tbb/task_arena.h>

#include <algorithm>

#include "attribute/simulate.h"
#include "base/paths.h"
#include "base/sort_distinct.h"
#include "pipeline/module_world.h"
#include "pipeline/stages.h"
#include "report/dump_outcomes.h"

namespace headwater::pipeline {
namespace {

bool is_identifier(std::string_view text) {
  const auto is_start = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  return !text.empty() && is_start(text[0]) &&
         std::ranges::all_of(text, [&](char c) { return is_start(c) || (c >= '0' && c <= '9'); });
}

/// The modules below a folder whose dotted name is `package`: regular files with importable names.
void add_modules(const FileSystem& files, const std::string& folder, const std::string& package,
                 std::vector<std::string>& modules) {
  const auto entries = files.list(folder);
  if (!entries) return;
  const auto dotted = [&](std::string_view last) {
    return package.empty() ? std::string(last) : package + "." + std::string(last);
  };
  for (const DirectoryEntry& entry : *entries) {
    if (entry.type == EntryType::kFolder) {
      if (is_identifier(entry.name) && entry.name != "__pycache__") {
        add_modules(files, join_path(folder, entry.name), dotted(entry.name), modules);
      }
      continue;
    }
    const std::string_view name = entry.name;
    if (!name.ends_with(".py")) continue;
    const std::string_view stem = name.substr(0, name.size() - 3);
    if (!is_identifier(stem) || stem == "__main__") continue;
    if (stem != "__init__") {
      modules.push_back(dotted(stem));
    } else if (!package.empty()) {
      modules.push_back(package);
    }
  }
}

Result<std::vector<std::string>> modules_to_judge(const FileSystem& files,
                                                  const AuditOptions& options,
                                                  const std::vector<std::string>& roots) {
  std::vector<std::string> modules = options.modules;
  if (!options.modules_file.empty()) {
    const auto text = files.read(options.modules_file);
    if (!text) return tl::unexpected(text.error());
    for (std::string_view rest = *text; !rest.empty();) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty()) modules.emplace_back(line);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  if (options.all_modules) {
    for (const std::string& root : roots) add_modules(files, root, "", modules);
  }
  sort_distinct(modules);
  return modules;
}

/// How files are called in the output: relative to the root or site that they lie in.
std::vector<report::FileLabel> label_files(const FileSystem& files,
                                           const std::vector<std::string>& roots,
                                           const PythonEnvironment& environment,
                                           const std::vector<std::string>& paths) {
  struct Zone {
    std::string folder;
    bool is_root;
  };
  std::vector<Zone> zones;
  for (const std::string& root : roots) zones.push_back({root, true});
  for (const SearchPathEntry& entry : environment.search_path) {
    zones.push_back({files.real_path(entry.path).value_or(entry.path), false});
  }
  std::ranges::stable_sort(zones, std::greater<>(),
                           [](const Zone& zone) { return zone.folder.size(); });
  std::vector<report::FileLabel> labels;
  for (const std::string& path : paths) {
    const std::string real = files.real_path(path).value_or(path);
    const auto zone =
        std::ranges::find_if(zones, [&](const Zone& each) { return is_within(real, each.folder); });
    if (zone == zones.end()) {
      labels.push_back({path, false});
    } else {
      labels.push_back({std::string(relative_path(real, zone->folder)), zone->is_root});
    }
  }
  return labels;
}

}  // namespace

Result<std::vector<Error>> dump_outcomes(const FileSystem& files, const AuditOptions& given,
                                         Statistics& statistics, Progress& progress,
                                         const Sink& sink) {
  AuditOptions options = given;
  // What is given says all; the folder that headwater was started in is not looked at.
  if (!options.roots.empty()) options.path = options.roots.front();
  auto made = run_stages(Stage::kEnvironment, files, options, statistics, progress);
  if (!made) return tl::unexpected(made.error());
  std::vector<std::string> roots;
  for (const SourceRoot& root : made->layout.roots) {
    const std::string path = join_path(made->root, root.path);
    roots.push_back(files.real_path(path).value_or(path));
  }
  const auto modules = modules_to_judge(files, options, roots);
  if (!modules) return tl::unexpected(modules.error());
  progress.enter("simulate");
  const ModuleWorld world(files, roots, made->environment, options.standard_library_first,
                          ModuleWorld::Unfound::kIsMissing);
  attribute::SimulationOptions simulation;
  simulation.threads = static_cast<size_t>(tbb::this_task_arena::max_concurrency());
  const OutcomeTable table = [&] {
    const Timer timer(statistics, "simulate");
    return attribute::simulate(world, *modules, simulation);
  }();
  statistics.count("modules", table.outcomes.size());
  const auto labels = label_files(files, roots, made->environment, table.files);
  constexpr size_t kRowsAtATime = 512;
  std::string out;
  for (size_t begin = 0; begin < table.outcomes.size(); begin += kRowsAtATime) {
    out.clear();
    const size_t end = std::min(begin + kRowsAtATime, table.outcomes.size());
    report::append_outcomes_json(out, table, labels, begin, end);
    if (!sink(out)) break;
  }
  return made->unread();
}

}  // namespace headwater::pipeline
