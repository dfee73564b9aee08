#pragma once

#include <tbb/concurrent_hash_map.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "git/repository.h"

namespace headwater::git {

/// Folders and sizes of objects, which never change: for all commits of a repository that are read
/// one after the other. Thread safe.
class ObjectCache {
 public:
  explicit ObjectCache(const Repository& repository) : repository_(repository) {}

  const Repository& repository() const { return repository_; }
  using Folder = std::map<std::string, TreeEntry, std::less<>>;

  /// By name; an error where the object is missing.
  Result<const Folder*> folder(const ObjectId& tree) const;
  Result<uint64_t> size(const ObjectId& blob) const;  // bytes

 private:
  const Repository& repository_;
  mutable tbb::concurrent_hash_map<ObjectId, Result<std::unique_ptr<const Folder>>> folders_;
  mutable tbb::concurrent_hash_map<ObjectId, uint64_t> sizes_;
};

/// The machine's files, with the work tree of a repository as it would be if a commit were checked
/// out into an empty folder. Environments that are in the work tree, which are no part of any
/// commit, are there all the same. Thread safe.
///
/// A submodule is an empty folder, as after a clone that does not ask for it. A file that Git LFS
/// keeps elsewhere cannot be read. The inode of a file is the start of its object's hash and its
/// times are 0: the same file in two commits has one identity. Those of a folder are of a distant
/// future: which environments it has is for the disk to say, each time.
class CommitFileSystem final : public FileSystem {
 public:
  /// `tree`: of the commit. All outlive this.
  CommitFileSystem(const FileSystem& disk, const ObjectCache& objects, ObjectId tree);

  Result<std::vector<DirectoryEntry>> list(const std::string& folder) const override;
  Result<FileStatus> status(const std::string& path, bool follow = true) const override;
  Result<std::string> read(const std::string& path, uint64_t max_bytes = 64 << 20) const override;
  Result<std::string> real_path(const std::string& path) const override;
  std::optional<uint64_t> content_id(const std::string& path) const override;

  /// Below the work tree, sorted.
  std::vector<std::string> submodules() const;

 private:
  /// What a path leads to: an object of the commit, or a path of the machine.
  struct Place {
    std::string path;  // absolute, without links
    const TreeEntry* entry = nullptr;
    bool is_of_disk = false;
  };

  /// Absolute and without `.` and `..`.
  std::string in_full(const std::string& path) const;
  Result<Place> locate(const std::string& path, bool follow) const;
  /// Of the path below the work tree, as it is written; nullptr: there is none.
  const TreeEntry* find(std::string_view relative) const;
  bool is_of_disk(std::string_view relative) const;
  bool is_environment(const std::string& folder) const;
  void add_submodules(const ObjectId& tree, const std::string& prefix,
                      std::vector<std::string>& found) const;

  const FileSystem& disk_;
  const ObjectCache& objects_;
  const TreeEntry root_;
  const Result<std::string> here_;  // the working folder
};

}  // namespace headwater::git
