#include "environment/distributions.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <memory>
#include <tuple>
#include <unordered_map>

#include "base/paths.h"
#include "base/sort_distinct.h"
#include "base/text.h"
#include "environment/record.h"
#include "environment/wholeness.h"
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
  size_t folder;                  // index of the search path entry
  std::string editable_folder{};  // where an egg-link led
};

struct ReadMetadata {
  Distribution distribution;
  std::string site_folder;
  std::unique_ptr<const Record> record;
  int64_t record_mtime_ns = 0;
  std::vector<std::string> notes;
};

/// Name and version in `shop_api-1.0.dist-info`, for a METADATA that lacks them.
void name_from_path(const std::string& path, MetadataFields& fields) {
  std::string_view stem = file_name(path);
  // EGG-INFO is called the same in every egg: the egg's own name tells.
  if (stem == "EGG-INFO") stem = file_name(parent_path(path));
  stem = stem.substr(0, stem.rfind('.'));
  const size_t dash = stem.find('-');
  if (fields.name.empty()) fields.name = stem.substr(0, dash);
  if (fields.version.empty() && dash != std::string_view::npos) {
    const std::string_view rest = stem.substr(dash + 1);
    fields.version = rest.substr(0, rest.find('-'));
  }
}

std::string record_file(const MetadataPlace& place) {
  return join_path(place.path,
                   place.shape == MetadataShape::kDistInfo ? "RECORD" : "installed-files.txt");
}

void read_record(const FileSystem& files, const MetadataPlace& place, ReadMetadata& result) {
  if (place.shape == MetadataShape::kEggInfoFile || !place.editable_folder.empty()) return;
  const std::string file = record_file(place);
  const auto status = files.status(file);
  auto text = files.read(file, kMaxRecordBytes);
  if (!text) {
    if (text.error().code != ErrorCode::kNotFound) {
      result.notes.push_back(file + " cannot be read (" + text.error().detail +
                             "): whether the distribution is whole is not known");
    }
    return;
  }
  if (status) result.record_mtime_ns = status->mtime_ns;
  result.record =
      place.shape == MetadataShape::kDistInfo
          ? std::make_unique<const Record>(*std::move(text), result.site_folder)
          : Record::of_installed_files(*std::move(text), place.path, result.site_folder);
}

void read_top_level(const FileSystem& files, const MetadataPlace& place,
                    const MetadataFields& fields, const Record* record,
                    Distribution& distribution) {
  if (record) distribution.modules = modules_of(record->files());
  if (fields.has_import_names) {
    distribution.evidence = "Import-Name";
    for (const std::string& name : fields.import_names) {
      distribution.top_level.push_back(name.substr(0, name.find('.')));
    }
    distribution.modules = fields.modules;
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
  } else if (record) {
    distribution.evidence = "RECORD";
    distribution.top_level = top_level_of(record->files());
  }
  sort_distinct(distribution.top_level);
  if (distribution.modules.empty()) distribution.modules = distribution.top_level;
  sort_distinct(distribution.modules);
}

MetadataFields read_fields(const FileSystem& files, const MetadataPlace& place,
                           std::vector<std::string>& notes) {
  std::string file = place.path;
  if (place.shape == MetadataShape::kDistInfo) file = join_path(place.path, "METADATA");
  if (place.shape == MetadataShape::kEggInfoFolder) file = join_path(place.path, "PKG-INFO");
  MetadataFields fields;
  if (const auto text = files.read(file, kMaxMetadataBytes)) {
    fields = parse_metadata(*text);
    if (fields.name.empty()) notes.push_back(file + " has no Name: its folder's name is taken");
  } else {
    notes.push_back(file + " cannot be read (" + text.error().detail +
                    "): the distribution is known by its folder's name");
  }
  name_from_path(place.path, fields);
  return fields;
}

ReadMetadata read_metadata(const FileSystem& files, const MetadataPlace& place,
                           const BuildTarget& target) {
  ReadMetadata result;
  result.site_folder = parent_path(place.path);
  Distribution& distribution = result.distribution;
  distribution.metadata_path = place.path;
  distribution.editable_folder = place.editable_folder;
  const MetadataFields fields = read_fields(files, place, result.notes);
  distribution.name = fields.name;
  distribution.normalized_name = normalized_distribution_name(fields.name);
  distribution.version = fields.version;
  for (const std::string& requirement : fields.requires_dist) {
    const std::string_view name = requirement_name(requirement);
    if (name.empty()) continue;
    auto& required = !required_extra(requirement).empty() ? distribution.optional_requires
                                                          : distribution.requires_dist;
    required.push_back(normalized_distribution_name(name));
  }
  sort_distinct(distribution.requires_dist);
  sort_distinct(distribution.optional_requires);
  distribution.has_entry_points = files.is_file(join_path(place.path, "entry_points.txt"));
  read_record(files, place, result);
  read_top_level(files, place, fields, result.record.get(), distribution);
  if (place.shape != MetadataShape::kDistInfo) return result;
  if (const auto json = files.read(join_path(place.path, "direct_url.json"))) {
    distribution.editable_folder = editable_folder_of(*json);
  }
  if (result.record && std::any_of(result.record->files().begin(), result.record->files().end(),
                                   [](const auto& file) { return is_extension_file(file.path); })) {
    const auto wheel = files.read(join_path(place.path, "WHEEL"), kMaxMetadataBytes);
    distribution.built_for = foreign_build(
        result.record->files(), wheel ? wheel_tags(*wheel) : std::vector<std::string>(), target);
    for (const RecordedFile& file : result.record->files()) {
      const bool is_foreign = !distribution.built_for.empty() && is_extension_file(file.path);
      if (is_foreign) distribution.unloadable.emplace_back(file.path);
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

/// All metadata places below the folders, and what was passed over.
class Places {
 public:
  explicit Places(const FileSystem& files) : files_(files) {}

  void find_in(const std::string& folder, size_t index, const std::string& editable_folder) {
    if (file_name(folder).ends_with(".egg")) {
      const std::string inside = join_path(folder, "EGG-INFO");
      if (files_.is_folder(inside)) {
        found.push_back({inside, MetadataShape::kEggInfoFolder, index});
      }
      return;
    }
    const auto listing = files_.list(folder);
    if (!listing) return;
    for (const DirectoryEntry& entry : *listing) {
      const std::string path = join_path(folder, entry.name);
      const bool is_dist_info = entry.name.ends_with(".dist-info");
      const bool is_egg_info = entry.name.ends_with(".egg-info");
      if ((is_dist_info || is_egg_info) && entry.name.starts_with('~')) {
        notes.push_back(path + " is what an interrupted pip left: remove it");
      } else if (is_dist_info) {
        found.push_back({path, MetadataShape::kDistInfo, index, editable_folder});
      } else if (is_egg_info) {
        const bool is_file = entry.type == EntryType::kFile || files_.is_file(path);
        found.push_back({path,
                         is_file ? MetadataShape::kEggInfoFile : MetadataShape::kEggInfoFolder,
                         index, editable_folder});
      } else if (editable_folder.empty() && entry.name.ends_with(".egg-link")) {
        follow_link(folder, entry.name, index);
      }
    }
  }

  std::vector<MetadataPlace> found;
  std::vector<std::string> notes;

 private:
  void follow_link(const std::string& folder, const std::string& name, size_t index) {
    const std::string target = egg_link_target(files_, folder, name);
    if (!target.empty() && files_.is_folder(target)) return find_in(target, index, target);
    notes.push_back(join_path(folder, name) + " leads to no folder: what it installed is not read");
  }

  const FileSystem& files_;
};

/// In the order of the folders, then by path: one order for any listing.
Places find_places(const FileSystem& files, const std::vector<std::string>& folders) {
  Places places(files);
  for (size_t i = 0; i < folders.size(); ++i) places.find_in(folders[i], i, "");
  std::sort(places.found.begin(), places.found.end(),
            [](const MetadataPlace& left, const MetadataPlace& right) {
              // An egg-link and a path line may name one place twice: the link says more.
              return std::tuple(left.folder, left.path, left.editable_folder.empty()) <
                     std::tuple(right.folder, right.path, right.editable_folder.empty());
            });
  std::sort(places.notes.begin(), places.notes.end());
  return places;
}

/// Which of them the imports need: what they name, and what that requires.
std::vector<bool> needed_ones(const std::vector<ReadMetadata>& read, const ReadOptions& options) {
  std::vector<bool> needed(read.size(), !options.imported);
  if (!options.imported) return needed;
  std::unordered_multimap<std::string_view, size_t> by_name;
  std::vector<size_t> open;
  const auto need = [&](size_t i) {
    if (!needed[i]) open.push_back(i);
    needed[i] = true;
  };
  for (size_t i = 0; i < read.size(); ++i) {
    by_name.emplace(read[i].distribution.normalized_name, i);
    const std::vector<std::string>& names = read[i].distribution.top_level;
    const bool is_imported = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return options.imported->contains(name);
    });
    if (is_imported) need(i);
  }
  while (!open.empty()) {
    const size_t at = open.back();
    open.pop_back();
    // What only an extra needs is imported where it is installed.
    for (const auto* const all :
         {&read[at].distribution.requires_dist, &read[at].distribution.optional_requires}) {
      for (const std::string& required : *all) {
        const auto [begin, end] = by_name.equal_range(required);
        for (auto found = begin; found != end; ++found) need(found->second);
      }
    }
  }
  return needed;
}

/// A record that is not the one that was compared says nothing: pip replaces files one by one.
void doubt_what_changed(const FileSystem& files, const std::vector<MetadataPlace>& places,
                        std::vector<ReadMetadata>& read) {
  for (size_t i = 0; i < read.size(); ++i) {
    Distribution& distribution = read[i].distribution;
    if (distribution.files.wholeness != Wholeness::kDamaged &&
        distribution.files.wholeness != Wholeness::kModified) {
      continue;
    }
    const auto status = files.status(record_file(places[i]));
    if (status && status->mtime_ns == read[i].record_mtime_ns) continue;
    distribution.files = {};
    read[i].notes.push_back(record_file(places[i]) +
                            " changed while it was read: whether the distribution is whole is not "
                            "known, run again");
  }
}

/// How much of what it recorded is on the disk: more is better.
auto presence(const Distribution& distribution) {
  const RecordedState& state = distribution.files;
  return std::tuple(-static_cast<int64_t>(state.gone_count),
                    -static_cast<int64_t>(state.modified.size()), distribution.metadata_path);
}

void keep_one_of_each_name(std::vector<ReadMetadata>& read, InstalledDistributions& installed) {
  std::stable_sort(read.begin(), read.end(),
                   [](const ReadMetadata& left, const ReadMetadata& right) {
                     return left.distribution.normalized_name < right.distribution.normalized_name;
                   });
  for (size_t begin = 0; begin < read.size();) {
    size_t best = begin;
    size_t end = begin + 1;
    const auto same_name = [&](size_t i) {
      return read[i].distribution.normalized_name == read[begin].distribution.normalized_name;
    };
    for (; end < read.size() && same_name(end); ++end) {
      const bool same_folder = read[end].site_folder == read[begin].site_folder;
      if (same_folder && presence(read[end].distribution) > presence(read[best].distribution)) {
        best = end;
      }
    }
    Distribution& kept = installed.distributions.emplace_back(std::move(read[best].distribution));
    for (size_t i = begin; i < end; ++i) {
      const std::string& path = read[i].distribution.metadata_path;
      if (i == best || path == kept.metadata_path) continue;
      kept.duplicates.push_back(path);
      if (read[i].site_folder == read[best].site_folder) {
        installed.notes.push_back(kept.name + " is installed twice: " + kept.metadata_path +
                                  " counts, and " + path + " is left of another version");
      }
    }
    begin = end;
  }
}

}  // namespace

InstalledDistributions read_distributions(const FileSystem& files,
                                          const std::vector<std::string>& folders,
                                          const ReadOptions& options) {
  Places places = find_places(files, folders);
  std::vector<ReadMetadata> read(places.found.size());
  tbb::parallel_for(tbb::blocked_range<size_t>(0, read.size(), 8), [&](const auto& range) {
    for (size_t i = range.begin(); i < range.end(); ++i) {
      read[i] = read_metadata(files, places.found[i], options.target);
    }
  });
  std::vector<RecordedDistribution> recorded;
  const std::vector<bool> needed = needed_ones(read, options);
  for (size_t i = 0; i < read.size(); ++i) {
    recorded.push_back({needed[i] ? read[i].record.get() : nullptr, read[i].site_folder});
  }
  std::vector<RecordedState> states = compare_with_disk(files, recorded);
  for (size_t i = 0; i < read.size(); ++i) read[i].distribution.files = std::move(states[i]);
  doubt_what_changed(files, places.found, read);

  InstalledDistributions installed;
  installed.notes = std::move(places.notes);
  for (const ReadMetadata& one : read) {
    installed.notes.insert(installed.notes.end(), one.notes.begin(), one.notes.end());
  }
  keep_one_of_each_name(read, installed);
  return installed;
}

PythonVersion version_by_wheels(const FileSystem& files, const std::vector<std::string>& folders) {
  std::vector<std::vector<std::string>> tags;
  for (const MetadataPlace& place : find_places(files, folders).found) {
    if (place.shape != MetadataShape::kDistInfo) continue;
    if (const auto wheel = files.read(join_path(place.path, "WHEEL"), kMaxMetadataBytes)) {
      tags.push_back(wheel_tags(*wheel));
    }
  }
  return version_of_tags(tags);
}

}  // namespace headwater::environment
