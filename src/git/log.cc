#include <algorithm>
#include <queue>
#include <unordered_set>

#include "base/file_system.h"
#include "base/paths.h"
#include "git/handles.h"
#include "git/repository.h"

namespace headwater::git {
namespace {

/// A commit that is read, newest first; of one time, by its hash.
struct Known {
  int64_t seconds;
  ObjectId id;
  Owned<git_commit> commit;
};

bool is_older(const Known& one, const Known& other) {
  return std::tie(one.seconds, one.id) < std::tie(other.seconds, other.id);
}

class Log {
 public:
  Log(const Library& git, git_repository* repository) : git_(git), repository_(repository) {}

  /// False where it is not there.
  bool push(const git_oid& id) {
    if (!seen_.insert(hex(id)).second) return true;
    git_commit* found = nullptr;
    if (git_.git_commit_lookup(&found, repository_, &id) != 0) return false;
    open_.push_back({git_.git_commit_time(found), hex(id), {found, git_.git_commit_free}});
    std::ranges::push_heap(open_, is_older);
    return true;
  }

  LogEnd run(uint64_t most, const std::function<void(const LoggedCommit&)>& visit) {
    bool is_whole = true;
    for (uint64_t count = 0; !open_.empty(); ++count) {
      if (count == most) return LogEnd::kMostCommits;
      std::ranges::pop_heap(open_, is_older);
      const Known known = std::move(open_.back());
      open_.pop_back();
      if (!take(known, visit)) is_whole = false;
    }
    return is_whole ? LogEnd::kStart : LogEnd::kShallow;
  }

 private:
  bool take(const Known& known, const std::function<void(const LoggedCommit&)>& visit) {
    const unsigned parents = git_.git_commit_parentcount(known.commit.get());
    bool has_parents = true;
    for (unsigned i = 0; i < parents; ++i) {
      has_parents &= push(*git_.git_commit_parent_id(known.commit.get(), i));
    }
    if (!has_parents) return false;
    LoggedCommit logged{known.id, known.seconds, {}, {}, parents > 1, {}};
    if (const git_signature* const author = git_.git_commit_author(known.commit.get())) {
      logged.author = author->email;
      logged.author_name = author->name;
    }
    if (!logged.is_merge && !add_changes(known.commit.get(), logged.changes)) return false;
    visit(logged);
    return true;
  }

  Owned<git_tree> tree_of(const git_oid& commit) const {
    git_commit* found = nullptr;
    git_tree* tree = nullptr;
    if (git_.git_commit_lookup(&found, repository_, &commit) == 0) {
      const Owned<git_commit> owned(found, git_.git_commit_free);
      git_.git_tree_lookup(&tree, repository_, git_.git_commit_tree_id(owned.get()));
    }
    return {tree, git_.git_tree_free};
  }

  bool add_changes(git_commit* commit, std::vector<FileChange>& changes) const {
    git_tree* found = nullptr;
    if (git_.git_tree_lookup(&found, repository_, git_.git_commit_tree_id(commit)) != 0)
      return false;
    const Owned<git_tree> tree(found, git_.git_tree_free);
    Owned<git_tree> before{nullptr, git_.git_tree_free};
    if (git_.git_commit_parentcount(commit) > 0) {
      before = tree_of(*git_.git_commit_parent_id(commit, 0));
      if (!before) return false;
    }
    git_diff* made = nullptr;
    if (git_.git_diff_tree_to_tree(&made, repository_, before.get(), tree.get(), nullptr) != 0) {
      return false;
    }
    const Owned<git_diff> diff(made, git_.git_diff_free);
    const size_t count = git_.git_diff_num_deltas(diff.get());
    for (size_t i = 0; i < count; ++i) {
      const git_diff_delta* const delta = git_.git_diff_get_delta(diff.get(), i);
      const bool is_added = delta->status == GIT_DELTA_ADDED;
      const bool is_removed = delta->status == GIT_DELTA_DELETED;
      changes.push_back({is_removed ? delta->old_file.path : delta->new_file.path,
                         is_added ? ObjectId() : hex(delta->old_file.id),
                         is_removed ? ObjectId() : hex(delta->new_file.id)});
    }
    return true;
  }

  const Library& git_;
  git_repository* const repository_;
  std::vector<Known> open_;  // a heap
  std::unordered_set<ObjectId> seen_;
};

}  // namespace

Result<LogEnd> Repository::log(const ObjectId& end, uint64_t most,
                               const std::function<void(const LoggedCommit&)>& visit) const {
  Log log(handles_->git, handles_->local().repository);
  if (!log.push(binary(end))) {
    return fail(ErrorCode::kNotFound, end, "no such commit; is the history whole?");
  }
  return log.run(most, visit);
}

int64_t Repository::seconds_of(const ObjectId& commit) const {
  const Library& git = handles_->git;
  const git_oid id = binary(commit);
  git_commit* found = nullptr;
  if (git.git_commit_lookup(&found, handles_->local().repository, &id) != 0) return 0;
  const Owned<git_commit> owned(found, git.git_commit_free);
  return git.git_commit_time(owned.get());
}

bool Repository::is_shallow() const {
  return handles_->git.git_repository_is_shallow(handles_->local().repository) == 1;
}

std::string Repository::shallow_edge() const {
  if (!is_shallow()) return {};
  const char* const folder = handles_->git.git_repository_commondir(handles_->local().repository);
  return real_file_system().read(join_path(folder, "shallow")).value_or("shallow");
}

}  // namespace headwater::git
