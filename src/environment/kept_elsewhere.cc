#include "environment/kept_elsewhere.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/paths.h"
#include "base/text.h"
#include "environment/distributions.h"
#include "environment/locate.h"
#include "model/requirement.h"

namespace headwater::environment {
namespace {

constexpr size_t kHashSize = 8;  // of the project's folder, in base 64

bool is_same_folder(const FileSystem& files, const std::string& path, const std::string& folder) {
  if (path.empty() || !path.starts_with('/')) return false;
  const auto real = files.real_path(path);
  return real && *real == folder;
}

std::string_view first_line(std::string_view text) {
  const auto lines = split_lines(text);
  return lines.empty() ? std::string_view() : trimmed(lines.front());
}

/// An environment in a store, by its name.
struct Kept {
  std::string folder;
  std::string hash;  // poetry's, of the project's folder
  int minor = 0;     // of its Python, as the name says
};

/// `shop-Ab3_x-9Z-py3.11`, of a project that is called Shop.
std::optional<Kept> as_named_by_poetry(std::string_view entry, const std::string& project) {
  constexpr std::string_view kPython = "-py3.";
  const size_t python = entry.rfind(kPython);
  if (python == entry.npos || python < kHashSize + 1) return std::nullopt;
  const size_t hash = python - kHashSize;
  if (entry[hash - 1] != '-' || entry.substr(0, hash - 1) != project) return std::nullopt;
  const std::string_view minor = entry.substr(python + kPython.size());
  const bool is_number =
      !minor.empty() && minor.size() < 4 && minor.find_first_not_of("0123456789") == minor.npos;
  if (!is_number) return std::nullopt;
  return Kept{{}, std::string(entry.substr(hash, kHashSize)), std::stoi(std::string(minor))};
}

/// Where `project` is installed from, to be edited; empty: nowhere.
std::string edited_folder(const FileSystem& files, const Kept& kept, const std::string& project) {
  const std::string site =
      join_path(kept.folder, "lib/python3." + std::to_string(kept.minor) + "/site-packages");
  const auto listing = files.list(site);
  if (!listing) return {};
  for (const DirectoryEntry& entry : *listing) {
    const std::string_view name = entry.name;
    if (!name.ends_with(".dist-info")) continue;
    if (normalized_distribution_name(name.substr(0, name.find('-'))) != project) continue;
    const auto origin = files.read(join_path(join_path(site, entry.name), "direct_url.json"));
    if (origin) return editable_folder_of(*origin);
  }
  return {};
}

std::string as_file_name(std::string_view project_name) {
  std::string name;
  for (const char c : lowered(project_name)) {
    name += std::string_view(" $`!*@\"\\").find(c) == std::string_view::npos ? c : '_';
  }
  return name.substr(0, 42);  // poetry's rule
}

/// Of what a store has for a project of that name: what is surely of `folder`, or what may be.
std::vector<Kept> of_poetry(const FileSystem& files, const std::vector<DirectoryEntry>& listing,
                            const std::string& store, const std::string& project_name,
                            const std::string& folder) {
  std::vector<Kept> all;
  const std::string as_file = as_file_name(project_name);
  for (const DirectoryEntry& entry : listing) {
    auto kept = as_named_by_poetry(entry.name, as_file);
    if (!kept) continue;
    kept->folder = join_path(store, entry.name);
    if (is_virtual_environment(files, kept->folder)) all.push_back(*std::move(kept));
  }
  std::ranges::stable_sort(all, std::ranges::greater(), &Kept::minor);
  const std::string project = normalized_distribution_name(project_name);
  std::string hash;
  std::vector<std::string> of_others;  // hashes
  for (const Kept& kept : all) {
    const std::string edited = edited_folder(files, kept, project);
    if (is_same_folder(files, edited, folder)) {
      hash = kept.hash;
    } else if (!edited.empty()) {
      of_others.push_back(kept.hash);
    }
  }
  std::erase_if(all, [&](const Kept& kept) {
    return std::ranges::find(of_others, kept.hash) != of_others.end();
  });
  const auto is_of_first = [&](const Kept& kept) { return kept.hash == all.front().hash; };
  if (hash.empty() && !std::ranges::all_of(all, is_of_first)) return {};
  if (hash.empty() && !all.empty()) hash = all.front().hash;
  std::erase_if(all, [&](const Kept& kept) { return kept.hash != hash; });
  return all;
}

}  // namespace

std::vector<FoundEnvironment> kept_elsewhere(const FileSystem& files,
                                             const EnvironmentOptions& options) {
  std::vector<FoundEnvironment> found;
  const auto add = [&](std::string folder, std::string why) {
    found.push_back({std::move(folder), std::move(why), EnvironmentSource::kNearestFolder});
  };
  const std::vector<std::string> all_levels = levels(options);
  for (const std::string& store : options.stores) {
    const auto listing = files.list(store);
    if (!listing) continue;
    for (const DirectoryEntry& entry : *listing) {
      const std::string folder = join_path(store, entry.name);
      const auto project = files.read(join_path(folder, ".project"));
      if (!project || !is_virtual_environment(files, folder)) continue;
      const std::string named(first_line(*project));
      for (const std::string& level : all_levels) {
        if (is_same_folder(files, named, level)) add(folder, "whose .project names " + level);
      }
    }
    if (options.project_name.empty()) continue;
    for (Kept& kept :
         of_poetry(files, *listing, store, options.project_name, options.audited_folder)) {
      add(std::move(kept.folder), "that poetry keeps for " + options.project_name);
    }
  }
  return found;
}

}  // namespace headwater::environment
