#include "pipeline/watched_run.h"

#include <algorithm>
#include <set>

#include "base/paths.h"

namespace headwater::pipeline {

WatchedRun::WatchedRun(const FileSystem& files, cache::ObservedFileSystem::Observations seen,
                       int64_t started_ns)
    : files_(files), is_consistent_(seen.is_consistent) {
  seen_.started_ns = started_ns;
  seen_.observations = std::move(seen.all);
}

std::vector<std::string> WatchedRun::folders() const {
  std::set<std::string, std::less<>> asked;
  for (const cache::Observation& one : seen_.observations) {
    asked.emplace(one.question == cache::Question::kList ? one.path : parent_path(one.path));
  }
  std::set<std::string> folders;
  for (std::string folder : asked) {
    // Where it does not exist, it begins with one of its parents.
    while (!folder.empty() && folder != "/" && !files_.is_folder(folder)) {
      folder.resize(parent_path(folder).size());
    }
    folders.insert(folder.empty() ? "." : std::move(folder));
  }
  return {folders.begin(), folders.end()};
}

bool WatchedRun::holds() {
  if (!is_consistent_) return false;
  const auto checked = cache::check_all(files_, seen_);
  return std::ranges::find(checked, cache::Check::kDiffers) == checked.end();
}

}  // namespace headwater::pipeline
