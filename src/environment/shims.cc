#include "environment/shims.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/paths.h"
#include "base/text.h"

namespace headwater::environment {
namespace {

/// A version as a file names it.
struct ChosenVersion {
  std::string name;
  std::string file;
};

/// The first line of pyenv's `.python-version` and `version` that is no comment.
std::optional<ChosenVersion> first_line(const FileSystem& files, const std::string& file) {
  const auto text = files.read(file);
  if (!text) return std::nullopt;
  for (const std::string_view line : split_lines(*text)) {
    const auto words = split_trimmed(line.substr(0, line.find('#')), ' ');
    if (!words.empty()) return ChosenVersion{std::string(words[0]), file};
  }
  return std::nullopt;
}

/// `python 3.12.1 3.11.7` in asdf's `.tool-versions`.
std::optional<ChosenVersion> python_line(const FileSystem& files, const std::string& file) {
  const auto text = files.read(file);
  if (!text) return std::nullopt;
  for (const std::string_view line : split_lines(*text)) {
    const auto words = split_trimmed(line.substr(0, line.find('#')), ' ');
    if (words.size() > 1 && words[0] == "python") return ChosenVersion{std::string(words[1]), file};
  }
  return std::nullopt;
}

int last_number(std::string_view name) {
  const std::string_view digits = name.substr(name.rfind('.') + 1);
  int number = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

/// pyenv takes `3.11` for the newest 3.11.x that is there.
std::string newest_of(const FileSystem& files, const std::string& versions,
                      const std::string& name) {
  if (files.is_folder(join_path(versions, name))) return name;
  std::string best;
  const auto listing = files.list(versions);
  if (!listing) return best;
  for (const DirectoryEntry& entry : *listing) {
    const std::string rest =
        entry.name.starts_with(name + '.') ? entry.name.substr(name.size() + 1) : "";
    const bool is_patch = !rest.empty() && rest.find_first_not_of("0123456789") == rest.npos;
    if (is_patch && (best.empty() || last_number(entry.name) > last_number(best))) {
      best = entry.name;
    }
  }
  return best;
}

}  // namespace

bool is_shim(std::string_view path) { return file_name(parent_path(path)) == "shims"; }

Result<std::string> prefix_of_shim(const FileSystem& files, const std::string& shim,
                                   const std::vector<std::string>& folders,
                                   const std::string& subject) {
  const std::string manager(parent_path(parent_path(shim)));
  const bool is_pyenv = files.is_folder(join_path(manager, "versions"));
  const std::string versions = join_path(manager, is_pyenv ? "versions" : "installs/python");
  std::optional<ChosenVersion> chosen;
  for (const std::string& folder : folders) {
    if (!chosen && !is_pyenv) chosen = python_line(files, join_path(folder, ".tool-versions"));
    if (!chosen) chosen = first_line(files, join_path(folder, ".python-version"));
  }
  if (!chosen && is_pyenv) chosen = first_line(files, join_path(manager, "version"));
  if (!chosen && !is_pyenv) {
    chosen = python_line(files, join_path(parent_path(manager), ".tool-versions"));
  }
  const std::string what = shim + " is a shim that chooses an interpreter when it runs";
  if (!chosen) {
    return fail(ErrorCode::kUsage, subject,
                what + ", and no file says which; give the environment that it would choose");
  }
  std::string name = chosen->name;
  if (name.starts_with("python-")) name.erase(0, sizeof("python-") - 1);
  const std::string found = name.find('/') == name.npos ? newest_of(files, versions, name) : "";
  if (found.empty()) {
    return fail(ErrorCode::kUsage, subject,
                what + "; " + chosen->file + " names " + chosen->name + ", which is not in " +
                    versions + "; install it or give another environment");
  }
  return join_path(versions, found);
}

}  // namespace headwater::environment
