#pragma once

#include <memory>
#include <string>
#include <vector>

#include "git/commit_file_system.h"
#include "git/repository.h"

namespace headwater::pipeline {

/// A commit to audit as if it were checked out.
class CommitView {
 public:
  CommitView(const git::ObjectCache& objects, git::ObjectId commit, git::ObjectId tree);

  const git::ObjectId& commit() const { return commit_; }
  const FileSystem& files() const { return files_; }
  /// Absolute paths.
  const std::vector<std::string>& submodules() const { return submodules_; }
  /// Globs over names of modules that may be in submodules, of which the commit has nothing.
  const std::vector<std::string>& known_modules() const { return known_modules_; }
  /// A line for each submodule.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  const git::ObjectId commit_;
  const git::CommitFileSystem files_;
  std::vector<std::string> submodules_;
  std::vector<std::string> known_modules_;
  std::vector<std::string> notes_;
};

/// Commits of the repository that a folder is in. Thread safe; the views that it gives are of its
/// objects.
class Commits {
 public:
  static Result<std::unique_ptr<const Commits>> open(const std::string& folder);

  const git::Repository& repository() const { return repository_; }
  /// `revision`: as git rev-parse understands it.
  Result<std::unique_ptr<const CommitView>> view(const std::string& revision) const;

 private:
  explicit Commits(git::Repository repository)
      : repository_(std::move(repository)), objects_(repository_) {}

  const git::Repository repository_;
  const git::ObjectCache objects_;
};

}  // namespace headwater::pipeline
