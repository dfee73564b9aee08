#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace headwater::git {

/// The hash of an object, in hex.
using ObjectId = std::string;

enum class EntryKind : uint8_t { kFile, kFolder, kLink, kSubmodule };

struct TreeEntry {
  std::string name;  // bytes as git has them
  EntryKind kind;
  ObjectId id;
};

/// A file in a commit and in its parent.
struct FileChange {
  std::string path;
  ObjectId before;  // of the content; empty: the commit adds it
  ObjectId after;   // empty: the commit removes it
};

struct LoggedCommit {
  ObjectId id;
  int64_t seconds = 0;  // since 1970, when it was committed
  std::string author;   // address
  std::string author_name;
  bool is_merge = false;            // of which no changes are told
  std::vector<FileChange> changes;  // by path
};

/// How far back a log goes.
enum class LogEnd : uint8_t { kStart, kShallow, kMostCommits };

/// The objects of a git repository with a work tree. Nothing is written. Thread safe.
class Repository {
 public:
  /// Looks upward from `folder`. An error names it and what to do.
  static Result<Repository> open(const std::string& folder);
  Repository(Repository&&) noexcept;
  ~Repository();

  /// The work tree, absolute, without links.
  const std::string& top() const { return top_; }

  /// The commit that a revision names, as git rev-parse understands it.
  Result<ObjectId> commit(const std::string& revision) const;
  /// The branch that is checked out; empty: none is, or it has no commit.
  std::string branch() const;
  /// Whether files below `folder` differ from the commit that is checked out, or are new and not
  /// ignored.
  Result<bool> has_changes(const std::string& folder) const;
  /// The last commit that both have.
  Result<ObjectId> merge_base(const ObjectId& one, const ObjectId& other) const;
  /// What a change is compared with if nobody says: the head of the remote's default branch, or of
  /// main or master.
  Result<ObjectId> default_branch() const;
  /// The commits after `begin` up to `end` along first parents, oldest first; all up to `end` where
  /// `begin` is empty.
  Result<std::vector<ObjectId>> commits_between(const ObjectId& begin, const ObjectId& end) const;

  /// Calls `visit` for `end` and what it comes from, newest first, at most `most` commits. What
  /// a shallow clone lacks is not visited, nor is the commit that it begins with: what that one
  /// changes is not known.
  Result<LogEnd> log(const ObjectId& end, uint64_t most,
                     const std::function<void(const LoggedCommit&)>& visit) const;
  /// Of a commit that there is: when it was committed, in seconds since 1970.
  int64_t seconds_of(const ObjectId& commit) const;
  /// Whether the clone lacks old commits.
  bool is_shallow() const;
  /// How far it goes back then: the commits that it begins with, as git lists them; else empty.
  std::string shallow_edge() const;

  /// The first line of what the author says of it.
  std::string summary(const ObjectId& commit) const;
  Result<ObjectId> tree_of(const ObjectId& commit) const;
  /// In git's order.
  Result<std::vector<TreeEntry>> tree(const ObjectId& id) const;
  Result<std::string> blob(const ObjectId& id) const;
  Result<uint64_t> blob_size(const ObjectId& id) const;  // bytes

 private:
  /// What to do where a commit is missing: the clone may be shallow.
  std::string history_remedy(const char* otherwise) const;
  /// What libgit2 has just said of `subject`, with that.
  Error missing(const std::string& subject, const char* remedy) const;
  struct Handles;
  explicit Repository(std::string top, std::unique_ptr<Handles> handles);

  std::string top_;
  std::unique_ptr<Handles> handles_;
};

}  // namespace headwater::git
