#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "git/repository.h"
#include "model/script_report.h"

namespace headwater::git {

struct HistoryOptions {
  std::vector<std::string> paths;  // relative to the top of the work tree, distinct
  uint64_t files = 0;  // that the work tree has about: what a mass commit is measured by
  std::set<ObjectId, std::less<>> ignored;  // commits that change nothing, by what somebody wrote
  uint64_t most_commits = 20'000;
};

struct FileHistories {
  HistoryScope scope;
  std::vector<std::optional<FileHistory>> of;  // by path; none where `end` does not have the file
};

/// What the commits up to `end` say of some files. Merges are passed over: what they bring has
/// commits of its own. A file that a commit moves as it is goes on under its old name, and the move
/// is no change of it. A mass commit changes more than 50 files, or more than a third of `files`
/// and at least 10; or is one of `ignored`.
Result<FileHistories> file_histories(const Repository& repository, const ObjectId& end,
                                     const HistoryOptions& options);

/// The commits that a .git-blame-ignore-revs names.
std::set<ObjectId, std::less<>> ignored_commits(std::string_view text);

}  // namespace headwater::git
