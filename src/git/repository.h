#pragma once

#include <cstdint>
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
  /// The last commit that both have.
  Result<ObjectId> merge_base(const ObjectId& one, const ObjectId& other) const;
  /// What a change is compared with if nobody says: the head of the remote's default branch, or of
  /// main or master.
  Result<ObjectId> default_branch() const;
  /// The commits after `begin` up to `end` along first parents, oldest first; all up to `end` where
  /// `begin` is empty.
  Result<std::vector<ObjectId>> commits_between(const ObjectId& begin, const ObjectId& end) const;

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
