#include "environment/distributions.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <tuple>

#include "base/paths.h"
#include "base/text.h"
#include "model/core_metadata.h"
#include "model/requirement.h"

namespace headwater::environment {
namespace {

constexpr uint64_t kMaxMetadataBytes = 16 << 20;
constexpr uint64_t kMaxRecordBytes = 256 << 20;

enum class MetadataShape : uint8_t {
  kDistInfo,       // a folder with METADATA and RECORD
  kEggInfoFolder,  // a folder with PKG-INFO; also EGG-INFO of an unpacked egg
  kEggInfoFile,    // distutils: PKG-INFO alone
};

struct MetadataPlace {
  std::string path;
  MetadataShape shape;
  size_t folder;  // index of the search path entry
};

struct ReadMetadata {
  Distribution distribution;
  std::string note;
};

void sort_distinct(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

/// Name and version in `shop_api-1.0.dist-info`, for a METADATA that lacks them.
void name_from_path(const std::string& path, MetadataFields& fields) {
  std::string_view stem = file_name(path);
  stem = stem.substr(0, stem.rfind('.'));
  const size_t dash = stem.find('-');
  if (fields.name.empty()) fields.name = stem.substr(0, dash);
  if (fields.version.empty() && dash != std::string_view::npos) {
    const std::string_view rest = stem.substr(dash + 1);
    fields.version = rest.substr(0, rest.find('-'));
  }
}

void read_top_level(const FileSystem& files, const MetadataPlace& place,
                    const MetadataFields& fields, Distribution& distribution) {
  if (fields.has_import_names) {
    distribution.evidence = "Import-Name";
    for (const std::string& name : fields.import_names) {
      distribution.top_level.push_back(name.substr(0, name.find('.')));
    }
  } else if (place.shape == MetadataShape::kEggInfoFile) {
    return;
  } else if (const auto listed = files.read(join_path(place.path, "top_level.txt"))) {
    distribution.evidence = "top_level.txt";
    for (const std::string_view line : split_lines(*listed)) {
      // Old setuptools writes folders of C libraries as `a/b`; nobody imports those.
      const std::string_view name = trimmed(line);
      if (!name.empty() && name.find('/') == std::string_view::npos) {
        distribution.top_level.emplace_back(name);
      }
    }
  } else if (place.shape == MetadataShape::kDistInfo) {
    if (const auto record = files.read(join_path(place.path, "RECORD"), kMaxRecordBytes)) {
      distribution.evidence = "RECORD";
      distribution.top_level = top_level_of_record(*record);
    }
  }
  sort_distinct(distribution.top_level);
}

ReadMetadata read_metadata(const FileSystem& files, const MetadataPlace& place) {
  ReadMetadata result;
  Distribution& distribution = result.distribution;
  distribution.metadata_path = place.path;
  std::string file = place.path;
  if (place.shape == MetadataShape::kDistInfo) file = join_path(place.path, "METADATA");
  if (place.shape == MetadataShape::kEggInfoFolder) file = join_path(place.path, "PKG-INFO");
  MetadataFields fields;
  if (const auto text = files.read(file, kMaxMetadataBytes)) {
    fields = parse_metadata(*text);
    if (fields.name.empty()) result.note = file + " has no Name: its folder's name is taken";
  } else {
    result.note = file + " cannot be read (" + text.error().detail +
                  "): the distribution is known by its folder's name";
  }
  name_from_path(place.path, fields);
  distribution.name = fields.name;
  distribution.normalized_name = normalized_distribution_name(fields.name);
  distribution.version = fields.version;
  for (const std::string& requirement : fields.requires_dist) {
    const std::string_view name = requirement_name(requirement);
    if (!name.empty() && !requires_an_extra(requirement)) {
      distribution.requires_dist.push_back(normalized_distribution_name(name));
    }
  }
  sort_distinct(distribution.requires_dist);
  read_top_level(files, place, fields, distribution);
  if (place.shape == MetadataShape::kDistInfo) {
    if (const auto json = files.read(join_path(place.path, "direct_url.json"))) {
      distribution.editable_folder = editable_folder_of(*json);
    }
  }
  return result;
}

/// Where an `.egg-link` points: its first line is the folder with the `*.egg-info`.
std::string egg_link_target(const FileSystem& files, const std::string& folder,
                            const std::string& name) {
  const auto text = files.read(join_path(folder, name));
  if (!text) return {};
  const auto lines = split_lines(*text);
  if (lines.empty() || trimmed(lines[0]).empty()) return {};
  return normalize_path(join_path(folder, trimmed(lines[0])));
}

void find_places(const FileSystem& files, const std::string& folder, size_t index,
                 std::vector<MetadataPlace>& places, bool follow_links) {
  if (file_name(folder).ends_with(".egg")) {
    const std::string inside = join_path(folder, "EGG-INFO");
    if (files.is_folder(inside)) {
      places.push_back({inside, MetadataShape::kEggInfoFolder, index});
    }
    return;
  }
  const auto listing = files.list(folder);
  if (!listing) return;
  for (const DirectoryEntry& entry : *listing) {
    const std::string path = join_path(folder, entry.name);
    if (entry.name.ends_with(".dist-info")) {
      places.push_back({path, MetadataShape::kDistInfo, index});
    } else if (entry.name.ends_with(".egg-info")) {
      const bool is_file = entry.type == EntryType::kFile || files.is_file(path);
      places.push_back(
          {path, is_file ? MetadataShape::kEggInfoFile : MetadataShape::kEggInfoFolder, index});
    } else if (follow_links && entry.name.ends_with(".egg-link")) {
      const std::string target = egg_link_target(files, folder, entry.name);
      if (!target.empty()) find_places(files, target, index, places, false);
    }
  }
}

}  // namespace

InstalledDistributions read_distributions(const FileSystem& files,
                                          const std::vector<std::string>& folders) {
  std::vector<MetadataPlace> places;
  for (size_t i = 0; i < folders.size(); ++i) find_places(files, folders[i], i, places, true);
  // One order for any listing; an egg-link and a path line may name one place twice.
  std::sort(places.begin(), places.end(),
            [](const MetadataPlace& left, const MetadataPlace& right) {
              return std::tie(left.folder, left.path) < std::tie(right.folder, right.path);
            });
  std::vector<ReadMetadata> read(places.size());
  tbb::parallel_for(tbb::blocked_range<size_t>(0, places.size(), 8), [&](const auto& range) {
    for (size_t i = range.begin(); i < range.end(); ++i) read[i] = read_metadata(files, places[i]);
  });
  InstalledDistributions installed;
  for (ReadMetadata& one : read) {
    if (!one.note.empty()) installed.notes.push_back(std::move(one.note));
    installed.distributions.push_back(std::move(one.distribution));
  }
  auto& all = installed.distributions;
  std::stable_sort(all.begin(), all.end(), [](const Distribution& left, const Distribution& right) {
    return left.normalized_name < right.normalized_name;
  });
  for (size_t i = 1; i < all.size(); ++i) {
    const bool same_folder =
        parent_path(all[i].metadata_path) == parent_path(all[i - 1].metadata_path);
    if (all[i].normalized_name == all[i - 1].normalized_name && same_folder &&
        all[i].version != all[i - 1].version) {
      installed.notes.push_back(all[i].name + " is installed twice: " + all[i - 1].metadata_path +
                                " and " + all[i].metadata_path);
    }
  }
  const auto same_name = [](const Distribution& left, const Distribution& right) {
    return left.normalized_name == right.normalized_name;
  };
  all.erase(std::unique(all.begin(), all.end(), same_name), all.end());
  return installed;
}

}  // namespace headwater::environment
