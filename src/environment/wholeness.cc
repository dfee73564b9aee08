#include "environment/wholeness.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/paths.h"

namespace headwater::environment {
namespace {

enum class FileState : uint8_t { kThere, kGone, kModified, kUnknown };

/// The files of one distribution in one folder.
struct FolderTask {
  uint32_t distribution;
  std::string folder;  // absolute
  std::vector<uint32_t> files;
};

using States = std::vector<std::vector<FileState>>;  // by distribution, by file of its record

std::vector<FolderTask> folder_tasks(const std::vector<RecordedDistribution>& distributions) {
  std::vector<FolderTask> tasks;
  for (uint32_t i = 0; i < distributions.size(); ++i) {
    if (distributions[i].record == nullptr) continue;
    std::unordered_map<std::string_view, size_t> task_of_folder;
    const auto& files = distributions[i].record->files();
    for (uint32_t file = 0; file < files.size(); ++file) {
      const std::string_view folder = parent_path(files[file].path);
      const auto [at, is_new] = task_of_folder.try_emplace(folder, tasks.size());
      if (is_new) tasks.push_back({i, join_path(distributions[i].site_folder, folder), {}});
      tasks[at->second].files.push_back(file);
    }
  }
  return tasks;
}

FileState state_of_present(const FileSystem& files, const std::string& path,
                           const RecordedFile& file) {
  if (file.size_bytes < 0) return FileState::kThere;
  const auto status = files.status(path);
  if (!status) {
    // A link that leads nowhere is there and cannot be read.
    return status.error().code == ErrorCode::kNotFound ? FileState::kGone : FileState::kUnknown;
  }
  if (status->type != EntryType::kFile) return FileState::kGone;
  return status->size_bytes == static_cast<uint64_t>(file.size_bytes) ? FileState::kThere
                                                                      : FileState::kModified;
}

void compare_folder(const FileSystem& files, const FolderTask& task, const Record& record,
                    std::vector<FileState>& states) {
  const auto listing = files.list(task.folder);
  if (!listing) {
    const ErrorCode code = listing.error().code;
    const bool is_gone = code == ErrorCode::kNotFound || code == ErrorCode::kNotAFolder;
    for (const uint32_t file : task.files) {
      states[file] = is_gone ? FileState::kGone : FileState::kUnknown;
    }
    return;
  }
  std::unordered_set<std::string_view> names;
  names.reserve(listing->size());
  for (const DirectoryEntry& entry : *listing) names.insert(entry.name);
  for (const uint32_t index : task.files) {
    const RecordedFile& file = record.files()[index];
    const std::string_view name = file_name(file.path);
    if (names.contains(name)) {
      states[index] = state_of_present(files, join_path(task.folder, name), file);
    } else {
      // Sources may have been replaced by their bytecode, which imports as well.
      const bool has_bytecode = name.ends_with(".py") && names.contains(std::string(name) + 'c');
      states[index] = has_bytecode ? FileState::kThere : FileState::kGone;
    }
  }
}

/// Distributions overwrite each other's files, such as the `__init__.py` of a shared namespace: a
/// file of another size is modified unless some record has its size.
void forgive_overwritten(const FileSystem& files,
                         const std::vector<RecordedDistribution>& distributions, States& states) {
  std::unordered_map<std::string, uint64_t> sizes;  // of modified files, by absolute path
  for (size_t i = 0; i < states.size(); ++i) {
    for (size_t file = 0; file < states[i].size(); ++file) {
      if (states[i][file] != FileState::kModified) continue;
      std::string path =
          join_path(distributions[i].site_folder, distributions[i].record->files()[file].path);
      const auto status = files.status(path);
      if (status) sizes.emplace(std::move(path), status->size_bytes);
    }
  }
  if (sizes.empty()) return;
  std::unordered_set<std::string> recorded_so;
  const auto for_each_of_them = [&](auto&& visit) {
    for (size_t i = 0; i < states.size(); ++i) {
      if (distributions[i].record == nullptr) continue;
      const auto& recorded = distributions[i].record->files();
      for (size_t file = 0; file < recorded.size(); ++file) {
        const std::string path = join_path(distributions[i].site_folder, recorded[file].path);
        const auto found = sizes.find(path);
        if (found != sizes.end())
          visit(found->first, found->second, recorded[file], states[i][file]);
      }
    }
  };
  for_each_of_them(
      [&](const std::string& path, uint64_t size, const RecordedFile& file, FileState&) {
        if (file.size_bytes == static_cast<int64_t>(size)) recorded_so.insert(path);
      });
  for_each_of_them([&](const std::string& path, uint64_t, const RecordedFile&, FileState& state) {
    if (recorded_so.contains(path)) state = FileState::kThere;
  });
}

RecordedState summarized(const Record& record, const std::vector<FileState>& states) {
  RecordedState result;
  bool is_unknown = false;
  for (size_t i = 0; i < states.size(); ++i) {
    const RecordedFile& file = record.files()[i];
    result.needed += !file.is_test;
    is_unknown |= states[i] == FileState::kUnknown;
    if (states[i] == FileState::kGone) {
      result.gone.emplace_back(file.path);
      result.gone_count += !file.is_test;
    }
    if (states[i] == FileState::kModified) result.modified.emplace_back(file.path);
  }
  result.wholeness = result.gone_count != 0     ? Wholeness::kDamaged
                     : is_unknown               ? Wholeness::kUnknown
                     : !result.modified.empty() ? Wholeness::kModified
                                                : Wholeness::kWhole;
  return result;
}

}  // namespace

std::vector<RecordedState> compare_with_disk(
    const FileSystem& files, const std::vector<RecordedDistribution>& distributions) {
  States states(distributions.size());
  for (size_t i = 0; i < distributions.size(); ++i) {
    if (distributions[i].record) states[i].resize(distributions[i].record->files().size());
  }
  const std::vector<FolderTask> tasks = folder_tasks(distributions);
  // Each task writes the states of its own files only.
  tbb::parallel_for(size_t{0}, tasks.size(), [&](size_t i) {
    const uint32_t owner = tasks[i].distribution;
    compare_folder(files, tasks[i], *distributions[owner].record, states[owner]);
  });
  forgive_overwritten(files, distributions, states);
  std::vector<RecordedState> results(distributions.size());
  for (size_t i = 0; i < distributions.size(); ++i) {
    if (distributions[i].record) results[i] = summarized(*distributions[i].record, states[i]);
  }
  return results;
}

}  // namespace headwater::environment
