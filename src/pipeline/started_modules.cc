#include "pipeline/started_modules.h"

#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/paths.h"

namespace headwater::pipeline {
namespace {

constexpr uint64_t kMaxFileBytes = 1 << 20;

bool is_of_word(char c) {
  return c == '_' || c == '.' || c == '/' || c == '-' || c == ':' || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && is_of_word(text[end])) ++end;
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// What the words of a file name: modules, and the last parts of paths with the words they are of.
class Named {
 public:
  /// `only_entries`: names elsewhere in the file are settings of tools, not commands.
  void read(std::string_view text, bool only_entries) {
    std::string_view before;
    std::string_view command;  // the last word that is no option
    for (const std::string_view word : words_of(text)) {
      const size_t colon = word.find(':');
      const std::string_view name = word.substr(0, colon);
      const bool is_entry = colon != std::string_view::npos && colon + 1 < word.size();
      const bool is_asked_for = before == "-m" || before == "-A";
      if (!only_entries && is_of_option(command, name)) modules_.emplace(name.substr(2));
      const bool is_named = !only_entries && (is_asked_for || name.find('.') != name.npos);
      if (is_entry || is_named) modules_.emplace(name);
      if (!only_entries && name.ends_with(".py"))
        paths_[std::string(file_name(name))].push_back(std::string(name));
      before = word;
      if (!word.starts_with('-')) command = file_name(word);
    }
  }

  bool has(const std::string& module) const { return modules_.contains(module); }

  bool has_path(const std::string& path) const {
    const auto found = paths_.find(std::string(file_name(path)));
    if (found == paths_.end()) return false;
    for (const std::string& word : found->second) {
      const std::string named = normalize_path(word);
      // Where it is run from is not known: below the repository, or above it in a container.
      if (named == path || path.ends_with('/' + named) || named.ends_with('/' + path)) return true;
    }
    return false;
  }

 private:
  /// `python -mshop.worker`, `celery -Ashop`; compilers have options that begin so, too.
  static bool is_of_option(std::string_view command, std::string_view option) {
    if (option.size() <= 2) return false;
    return (command.starts_with("python") && option.starts_with("-m")) ||
           (command == "celery" && option.starts_with("-A"));
  }

  std::unordered_set<std::string> modules_;
  std::unordered_map<std::string, std::vector<std::string>> paths_;
};

}  // namespace

std::unordered_set<std::string> started_modules(const FileSystem& files, const StageOutputs& made) {
  Named named;
  for (const std::string& file : made.tree.run_files) {
    const auto text = files.read(join_path(made.tree.root, file), kMaxFileBytes);
    const bool is_text = text && text->find('\0') == std::string::npos;
    const std::string_view name = file_name(file);
    if (is_text) named.read(*text, name == "pyproject.toml" || name == "setup.cfg");
  }
  std::unordered_set<std::string> started;
  for (size_t file = 0; file < made.tree.files.size(); ++file) {
    const std::string& module = made.resolved.module_name[file];
    if (named.has(module) || named.has_path(made.tree.files[file].path)) started.insert(module);
  }
  return started;
}

}  // namespace headwater::pipeline
