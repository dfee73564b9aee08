#include "project/python_path.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/paths.h"
#include "base/text.h"
#include "project/container_file.h"
#include "project/python_path_value.h"

namespace headwater::project {
namespace {

constexpr uint64_t kMaxFileBytes = 1 << 20;

/// What one file writes.
struct Written {
  std::vector<WrittenFolder> folders;
  std::vector<std::string> notes;
};

bool is_container_file(std::string_view name) {
  return name.find("ockerfile") != std::string_view::npos || name.starts_with("Containerfile");
}

bool is_compose_file(std::string_view name) {
  return name.starts_with("docker-compose") || name.starts_with("compose.");
}

/// The folder that a CI system checks out, which the file lies in: above `.github/workflows`.
std::string_view checkout_of(std::string_view file) {
  std::string_view folder = parent_path(file);
  if (folder.ends_with(".github/workflows")) folder = parent_path(folder);
  const bool is_hidden = file_name(folder).starts_with('.');
  return is_hidden ? parent_path(folder) : folder;
}

/// Of one file; no file that people write has as many.
constexpr size_t kMostFolders = 64;

/// The values of `working-directory:` in a workflow: where a relative folder may be meant.
std::vector<std::string> working_folders(std::string_view text) {
  std::vector<std::string> found;
  constexpr std::string_view kKey = "working-directory:";
  for (const std::string_view line : split_lines(text)) {
    const size_t at = line.find(kKey);
    if (at == std::string_view::npos) continue;
    std::string_view value = trimmed(line.substr(at + kKey.size()));
    value = value.substr(0, value.find(" #"));
    while (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
    while (value.ends_with('"') || value.ends_with('\'')) value.remove_suffix(1);
    const bool is_read = value.find('$') == std::string_view::npos && !value.starts_with('/');
    std::string folder = is_read ? normalize_path(value) : std::string();
    if (folder.empty() || std::ranges::find(found, folder) != found.end()) continue;
    if (found.size() < kMostFolders) found.push_back(std::move(folder));
  }
  return found;
}

class FileReader {
 public:
  FileReader(const FileSystem& files, const SourceTree& tree, const std::string& file)
      : files_(files), tree_(tree), file_(file) {}

  Written run(const std::string& text) {
    if (is_container_file(file_name(file_))) {
      read_container(text);
    } else if (is_compose_file(file_name(file_))) {
      read_compose(text);
    } else {
      read_settings(text);
    }
    return std::move(out_);
  }

 private:
  /// `folder` and `scope` are relative to the tree.
  void add(const std::string& folder, const std::string& scope, uint32_t line) {
    add_of(file_, folder, scope, line);
  }
  void add_of(const std::string& file, const std::string& folder, const std::string& scope,
              uint32_t line) {
    if (folder == ".." || folder.starts_with("../") || folder.starts_with('/')) return;
    if (out_.folders.size() >= kMostFolders || !tried_.emplace(folder, scope).second) return;
    std::string path = normalize_path(join_path(tree_.root, folder));
    if (!files_.is_folder(path)) return;
    WrittenFolder made{{std::move(path), "PYTHONPATH: " + file + ':' + std::to_string(line)},
                       scope};
    const bool is_known = std::ranges::any_of(out_.folders, [&](const WrittenFolder& old) {
      return old.folder.path == made.folder.path && old.scope == made.scope;
    });
    if (!is_known) out_.folders.push_back(std::move(made));
  }

  std::vector<std::string> folders_of(const std::string& file, std::string_view value,
                                      uint32_t line) {
    PythonPathFolders read = python_path_folders(value);
    if (read.has_unread) {
      out_.notes.push_back(file + ':' + std::to_string(line) +
                           ": a part of PYTHONPATH cannot be read: " + std::string(value));
    }
    return std::move(read.folders);
  }

  void read_container(const std::string& text) {
    add_container(file_, read_container_file(files_, tree_.root, file_, text));
  }

  void add_container(const std::string& file, const ContainerFile& read) {
    for (const ContainerPythonPath& one : read.python_path) {
      for (const std::string& folder : folders_of(file, one.value, one.line)) {
        const std::string inside = normalize_path(join_path(one.working_folder, folder));
        for (const ContainerFolder& shown : shown_at(read.folders, inside)) {
          add_of(file, shown.outside, shown.context, one.line);
        }
      }
    }
  }

  /// What the images show that the file builds, each with the folder that it is built with.
  std::vector<ContainerFolder> read_images(const std::string& text) {
    std::vector<ContainerFolder> shown;
    std::vector<ContainerBuild> builds = read_builds(file_, text);
    if (builds.size() > kMostFolders) builds.resize(kMostFolders);
    for (const ContainerBuild& build : builds) {
      const auto image = files_.read(join_path(tree_.root, build.file), kMaxFileBytes);
      if (!image || image->find('\0') != std::string::npos) continue;
      ContainerFile read = read_container_file_in(files_, tree_.root, build.context, *image);
      add_container(build.file, read);
      std::ranges::move(read.folders, std::back_inserter(shown));
    }
    return shown;
  }

  void read_compose(const std::string& text) {
    std::vector<ContainerFolder> volumes = read_volumes(file_, text);
    std::ranges::move(read_images(text), std::back_inserter(volumes));
    const std::string here(parent_path(file_));
    for (const PythonPathAssignment& one : python_path_assignments(text)) {
      for (const std::string& folder : folders_of(file_, one.value, one.line)) {
        if (!folder.starts_with('/')) add(normalize_path(join_path(here, folder)), here, one.line);
        for (const ContainerFolder& shown : shown_at(volumes, folder)) {
          add(shown.outside, shown.context, one.line);
        }
      }
    }
  }

  void read_settings(const std::string& text) {
    const std::string scope(checkout_of(file_));
    std::vector<std::string> places = {scope};
    for (const std::string& below : working_folders(text)) {
      places.push_back(normalize_path(join_path(scope, below)));
    }
    for (const PythonPathAssignment& one : python_path_assignments(text)) {
      for (const std::string& folder : folders_of(file_, one.value, one.line)) {
        // An absolute one is no folder of the repository, whatever machine it is meant for.
        if (folder.starts_with('/')) continue;
        for (const std::string& place : places) {
          add(normalize_path(join_path(place, folder)), scope, one.line);
        }
      }
    }
  }

  const FileSystem& files_;
  const SourceTree& tree_;
  const std::string& file_;
  std::set<std::pair<std::string, std::string>> tried_;  // folder and scope
  Written out_;
};

}  // namespace

std::vector<WrittenFolder> find_python_path(const FileSystem& files, const SourceTree& tree,
                                            std::vector<std::string>& notes) {
  std::vector<Written> read(tree.run_files.size());
  tbb::parallel_for(size_t{0}, read.size(), [&](size_t i) {
    const auto text = files.read(join_path(tree.root, tree.run_files[i]), kMaxFileBytes);
    // What a project or pytest needs of such a file is said where that is read.
    const bool is_text = text && text->find('\0') == std::string::npos;
    if (is_text) read[i] = FileReader(files, tree, tree.run_files[i]).run(*text);
  });
  std::vector<WrittenFolder> all;
  for (Written& one : read) {
    std::ranges::move(one.folders, std::back_inserter(all));
    // A container file may be read for itself and for each compose file that builds it.
    for (std::string& note : one.notes) {
      if (std::ranges::find(notes, note) == notes.end()) notes.push_back(std::move(note));
    }
  }
  return all;
}

}  // namespace headwater::project
