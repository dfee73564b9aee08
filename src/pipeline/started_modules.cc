#include "pipeline/started_modules.h"

#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/paths.h"
#include "model/naming_file.h"
#include "pipeline/script_texts.h"
#include "scripts_audit/mentions.h"
#include "scripts_audit/text_files.h"

namespace headwater::pipeline {
namespace {

using scripts_audit::Mention;
using scripts_audit::MentionKind;
using scripts_audit::Reading;

constexpr uint64_t kMaxFileBytes = 1 << 20;

/// What the words of files name: modules, and paths by their last part.
class Named {
 public:
  void read(std::string_view text, Reading reading) {
    scripts_audit::read_mentions(text, reading, [this](const Mention& mention) {
      if (mention.kind == MentionKind::kModule) modules_.emplace(mention.text);
      if (mention.kind == MentionKind::kPath) {
        paths_[std::string(file_name(mention.text))].emplace_back(mention.text);
      }
    });
  }

  bool has(const std::string& module) const { return modules_.contains(module); }

  bool has_path(const std::string& path) const {
    const auto found = paths_.find(std::string(file_name(path)));
    if (found == paths_.end()) return false;
    for (const std::string& word : found->second) {
      if (scripts_audit::can_mean(word, path)) return true;
    }
    return false;
  }

 private:
  std::unordered_set<std::string> modules_;
  std::unordered_map<std::string, std::vector<std::string>> paths_;
};

}  // namespace

std::unordered_set<std::string> started_modules(const FileSystem& files, const StageOutputs& made) {
  Named named;
  for (const NamingText& file : naming_texts(made.tree)) {
    if (!says_how_code_runs(file.kind)) continue;
    const auto text = files.read(join_path(made.tree.root, file.path), kMaxFileBytes);
    const bool is_text = text && text->find('\0') == std::string::npos;
    if (is_text) named.read(*text, scripts_audit::reading_of(file.path, file.kind));
  }
  std::unordered_set<std::string> started;
  for (size_t file = 0; file < made.tree.files.size(); ++file) {
    const std::string& module = made.resolved.module_name[file];
    if (named.has(module) || named.has_path(made.tree.files[file].path)) started.insert(module);
  }
  return started;
}

}  // namespace headwater::pipeline
