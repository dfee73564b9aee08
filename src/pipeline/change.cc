#include "pipeline/change.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "base/paths.h"
#include "base/sort_distinct.h"
#include "model/importers.h"
#include "pipeline/attributed.h"

namespace headwater::pipeline {
namespace {

constexpr char kEndOfPart = '\f';
constexpr size_t kDigits = 16;

bool is_test(std::string_view path) {
  const std::string_view name = file_name(path);
  return name.ends_with(".py") && (name.starts_with("test_") || name.ends_with("_test.py"));
}

/// What differs from `before`, by FileId.
std::vector<uint32_t> changed_files(const std::vector<SourceRecord>& now, const Before& before) {
  std::vector<uint32_t> changed;
  for (uint32_t file = 0; file < now.size(); ++file) {
    const auto known =
        std::ranges::lower_bound(before.sources, now[file].path, {}, &SourceRecord::path);
    const bool is_same = known != before.sources.end() && known->path == now[file].path &&
                         known->content_hash == now[file].content_hash &&
                         known->imports_hash == now[file].imports_hash;
    if (!is_same && !before.is_in_submodule(now[file].path)) changed.push_back(file);
  }
  return changed;
}

/// Of the nodes, the files of the repository.
std::vector<bool> files_of(const Attributed& audit, const std::vector<bool>& reached) {
  std::vector<bool> files(audit.made.tree.files.size());
  for (uint32_t node = 0; node < audit.graph.node_count(); ++node) {
    const uint32_t file = audit.graph.file[node];
    if (reached[node] && file != kNothing) files[file] = true;
  }
  return files;
}

/// pytest gives a conftest.py to all tests below its folder, without an import.
void add_tests_of_conftests(const SourceTree& tree, std::vector<bool>& files) {
  for (size_t i = 0; i < tree.files.size(); ++i) {
    const std::string& path = tree.files[i].path;
    if (!files[i] || file_name(path) != "conftest.py") continue;
    for (size_t other = 0; other < tree.files.size(); ++other) {
      const std::string& test = tree.files[other].path;
      if (is_test(test) && is_within(test, parent_path(path))) files[other] = true;
    }
  }
}

bool take_hash(std::string_view& text, uint64_t& hash) {
  if (text.size() < kDigits + 1) return false;
  const auto read = std::from_chars(text.data(), text.data() + kDigits, hash, 16);
  if (read.ptr != text.data() + kDigits || text[kDigits] != ' ') return false;
  text.remove_prefix(kDigits + 1);
  return true;
}

}  // namespace

bool Before::is_in_submodule(std::string_view path) const {
  return std::ranges::any_of(submodules,
                             [&](const std::string& folder) { return is_within(path, folder); });
}

std::vector<SourceRecord> source_records(const StageOutputs& made) {
  std::vector<SourceRecord> records;
  for (size_t i = 0; i < made.tree.files.size(); ++i) {
    // A file that goes by another name now is another module to all that imports it.
    records.push_back({made.tree.files[i].path, made.scanned.facts[i].content_hash,
                       hash_of(made.resolved.module_name[i])});
  }
  std::string text;  // used again
  for (const Resolution& row : made.resolved.resolutions) {
    text.assign({static_cast<char>(row.outcome), static_cast<char>(row.failure)});
    if (row.target != UINT32_MAX) {
      const Module& module = made.resolved.modules[row.target];
      text.append(module.name).append(1, '\0').append(module.file);
    }
    uint64_t& so_far = records[index_of(row.file)].imports_hash;
    so_far = XXH3_64bits_withSeed(text.data(), text.size(), so_far);
  }
  return records;
}

std::string record_text(const Before& before) {
  std::string text = policy::baseline_text(before.baseline);
  text += kEndOfPart;
  for (const uint64_t fingerprint : before.fingerprints) {
    text += fmt::format("{:016x} ", fingerprint);
  }
  text += kEndOfPart;
  for (const std::string& folder : before.submodules) text.append(folder).append(1, '\0');
  text += kEndOfPart;
  for (const SourceRecord& source : before.sources) {
    text += fmt::format("{:016x} {:016x} ", source.content_hash, source.imports_hash);
    text.append(source.path).append(1, '\0');  // a path may have anything else in it
  }
  return text;
}

Result<Before> parse_record(std::string_view text, std::string name) {
  Before before;
  before.name = std::move(name);
  const size_t end = text.find(kEndOfPart);
  auto baseline = policy::parse_baseline(text.substr(0, end), before.name);
  if (!baseline) return tl::unexpected(baseline.error());
  before.baseline = *std::move(baseline);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  for (uint64_t fingerprint = 0; take_hash(text, fingerprint);) {
    before.fingerprints.push_back(fingerprint);
  }
  if (!text.starts_with(kEndOfPart)) {
    return fail(ErrorCode::kMalformed, before.name, "is no record of a commit");
  }
  text.remove_prefix(1);
  while (!text.starts_with(kEndOfPart)) {
    const size_t folder_end = text.find('\0');
    if (folder_end == std::string_view::npos) {
      return fail(ErrorCode::kMalformed, before.name, "is no record of a commit");
    }
    before.submodules.emplace_back(text.substr(0, folder_end));
    text.remove_prefix(folder_end + 1);
  }
  text.remove_prefix(1);
  while (!text.empty()) {
    SourceRecord source;
    const bool has_hashes =
        take_hash(text, source.content_hash) && take_hash(text, source.imports_hash);
    const size_t path_end = text.find('\0');
    if (!has_hashes || path_end == std::string_view::npos) {
      return fail(ErrorCode::kMalformed, before.name, "is no record of a commit");
    }
    source.path = text.substr(0, path_end);
    text.remove_prefix(path_end + 1);
    before.sources.push_back(std::move(source));
  }
  return before;
}

bool has_finding(const Before& before, std::string_view asked) {
  const size_t colon = asked.find(':');
  if (colon == std::string_view::npos) {
    uint64_t fingerprint = 0;
    const auto read = std::from_chars(asked.data(), asked.data() + asked.size(), fingerprint, 16);
    return read.ptr == asked.data() + asked.size() && asked.size() == kDigits &&
           std::ranges::binary_search(before.fingerprints, fingerprint);
  }
  const std::string_view code = asked.substr(0, colon);
  const std::string_view subject = asked.substr(colon + 1);
  return std::ranges::any_of(before.baseline.entries, [&](const policy::BaselineEntry& entry) {
    const std::string symbol = entry.name.empty() ? std::string() : entry.module + '.' + entry.name;
    return entry.code == code && (entry.module == subject || symbol == subject);
  });
}

std::vector<std::string> affected(const Attributed& audit, const Before& before) {
  constexpr EdgeClasses kLoads = ~(only(EdgeClass::kTyping) | only(EdgeClass::kNever));
  const std::vector<uint32_t> changed = changed_files(source_records(audit.made), before);
  std::vector<uint32_t> starts;
  for (uint32_t node = 0; node < audit.graph.node_count(); ++node) {
    const uint32_t file = audit.graph.file[node];
    if (file != kNothing && std::ranges::binary_search(changed, file)) starts.push_back(node);
  }
  std::vector<bool> files = files_of(audit, reaching(importers_in(audit.graph, kLoads), starts));
  for (const uint32_t file : changed) files[file] = true;
  add_tests_of_conftests(audit.made.tree, files);
  std::vector<std::string> lines;
  for (uint32_t file = 0; file < files.size(); ++file) {
    if (!files[file]) continue;
    const std::string& path = audit.made.tree.files[file].path;
    const std::string& module = audit.made.resolved.module_name[file];
    lines.push_back(module.empty() || is_test(path) ? path : module);
  }
  sort_distinct(lines);
  return lines;
}

}  // namespace headwater::pipeline
