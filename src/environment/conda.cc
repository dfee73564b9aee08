#include "environment/conda.h"

#include <simdjson.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "base/paths.h"
#include "environment/record.h"
#include "model/requirement.h"

namespace headwater::environment {
namespace {

constexpr uint64_t kMaxPackageBytes = 256 << 20;

/// One package of conda; `name` is empty where nothing of it can be imported.
struct CondaPackage {
  Distribution distribution;
  std::string note;
};

/// The files of the package that lie in `site`, one a line.
std::string files_in_site(simdjson::ondemand::document& document, const std::string& prefix,
                          const std::string& site) {
  const std::string folder(relative_path(site, prefix));
  std::string listed;
  simdjson::ondemand::array all;
  if (document["files"].get(all)) return {};
  for (auto element : all) {
    std::string_view path;
    if (element.get(path) || path.size() <= folder.size() || !is_within(path, folder)) continue;
    listed.append(relative_path(path, folder)).append(1, '\n');
  }
  return listed;
}

CondaPackage read_package(const FileSystem& files, const std::string& file,
                          const std::string& prefix, const std::vector<std::string>& sites) {
  CondaPackage package;
  const auto text = files.read(file, kMaxPackageBytes);
  if (!text) {
    package.note = file + " cannot be read: " + text.error().detail;
    return package;
  }
  const simdjson::padded_string padded(*text);
  simdjson::ondemand::parser parser;
  for (const std::string& site : sites) {
    simdjson::ondemand::document document;
    std::string_view name;
    std::string_view version;
    if (parser.iterate(padded).get(document) || document["name"].get(name)) {
      package.note = file + " is no JSON of conda's: the package is passed over";
      return package;
    }
    Distribution& made = package.distribution;
    made.name = name;
    if (!document["version"].get(version)) made.version = version;
    const std::string listed = is_within(site, prefix) ? files_in_site(document, prefix, site) : "";
    const Record record(listed, site);
    made.modules = modules_of(record.files());
    if (made.modules.empty()) continue;
    made.top_level = top_level_of(record.files());
    made.normalized_name = normalized_distribution_name(made.name);
    made.metadata_path = file;
    made.evidence = "conda-meta";
    return package;
  }
  return package;
}

}  // namespace

bool is_conda_environment(const FileSystem& files, const std::string& prefix) {
  return !prefix.empty() && files.is_folder(join_path(prefix, "conda-meta"));
}

void add_conda_packages(const FileSystem& files, const std::string& prefix,
                        const std::vector<std::string>& site_folders,
                        InstalledDistributions& installed) {
  if (!is_conda_environment(files, prefix)) return;
  const std::string folder = join_path(prefix, "conda-meta");
  std::vector<std::string> names;
  if (const auto listing = files.list(folder)) {
    for (const DirectoryEntry& entry : *listing) {
      if (entry.name.ends_with(".json")) names.push_back(entry.name);
    }
  }
  std::sort(names.begin(), names.end());
  std::vector<CondaPackage> packages(names.size());
  tbb::parallel_for(size_t{0}, names.size(), [&](size_t i) {
    packages[i] = read_package(files, join_path(folder, names[i]), prefix, site_folders);
  });
  auto& all = installed.distributions;
  for (CondaPackage& package : packages) {
    if (!package.note.empty()) installed.notes.push_back(std::move(package.note));
    const Distribution& made = package.distribution;
    if (made.normalized_name.empty()) continue;
    // The same under Python's name for it, where conda calls it otherwise, has its top level.
    const bool is_known = std::any_of(all.begin(), all.end(), [&](const Distribution& one) {
      return one.normalized_name == made.normalized_name || one.modules == made.modules;
    });
    if (!is_known) all.push_back(std::move(package.distribution));
  }
  std::stable_sort(all.begin(), all.end(), [](const Distribution& left, const Distribution& right) {
    return left.normalized_name < right.normalized_name;
  });
}

}  // namespace headwater::environment
