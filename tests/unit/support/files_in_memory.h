#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/file_system.h"
#include "base/paths.h"

namespace headwater {

/// Files by path, folders as they follow, links by `link`. Ancestors need not be named.
class FilesInMemory : public FileSystem {
 public:
  FilesInMemory(std::initializer_list<std::pair<const std::string, std::string>> files) {
    for (const auto& [path, text] : files) add(path, text);
  }
  void add(const std::string& path, const std::string& text) {
    files_[path] = text;
    add_folder(std::string(parent_path(path)));
  }
  void add_folder(std::string path) {
    for (; path.size() > 1; path = parent_path(path)) folders_.insert(path);
  }
  void link(const std::string& path, const std::string& target) {
    links_[path] = target;
    add_folder(std::string(parent_path(path)));
  }

  Result<std::vector<DirectoryEntry>> list(const std::string& folder) const override {
    const std::string real = resolved(folder);
    if (!folders_.contains(real)) return fail(ErrorCode::kNotFound, folder, "no such folder");
    std::vector<DirectoryEntry> entries;
    const auto collect = [&](const std::string& path, EntryType type) {
      if (parent_path(path) == real) entries.push_back({std::string(file_name(path)), type});
    };
    for (const auto& [path, text] : files_) collect(path, EntryType::kFile);
    for (const std::string& path : folders_) collect(path, EntryType::kFolder);
    for (const auto& [path, target] : links_) collect(path, EntryType::kSymlink);
    return entries;
  }
  Result<FileStatus> status(const std::string& path, bool) const override {
    const std::string real = resolved(path);
    if (folders_.contains(real)) return FileStatus{EntryType::kFolder};
    const auto found = files_.find(real);
    if (found == files_.end()) return fail(ErrorCode::kNotFound, path, "no such file");
    return FileStatus{EntryType::kFile, found->second.size()};
  }
  Result<std::string> read(const std::string& path, uint64_t) const override {
    const auto found = files_.find(resolved(path));
    if (found == files_.end()) return fail(ErrorCode::kNotFound, path, "no such file");
    return found->second;
  }
  Result<std::string> real_path(const std::string& path) const override {
    if (path == ".") return std::string("/here");
    const std::string real = resolved(path);
    if (files_.contains(real) || folders_.contains(real)) return real;
    return fail(ErrorCode::kNotFound, path, "no such file");
  }

 private:
  /// Links in any part of the path, an absolute target each.
  std::string resolved(std::string path) const {
    for (size_t at = path.find('/', 1); !path.empty(); at = path.find('/', at + 1)) {
      const auto link = links_.find(path.substr(0, at));
      if (link != links_.end()) {
        return resolved(link->second + (at == std::string::npos ? "" : path.substr(at)));
      }
      if (at == std::string::npos) break;
    }
    return path;
  }

  std::map<std::string, std::string> files_;
  std::set<std::string> folders_;
  std::map<std::string, std::string> links_;
};

}  // namespace headwater
