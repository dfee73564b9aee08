#include "project/path_edits.h"

#include <algorithm>

#include "base/paths.h"
#include "model/path_expression.h"
#include "project/local_projects.h"

namespace headwater::project {
namespace {

std::string repository_or(const FileSystem& files, const std::string& tree_root) {
  std::string around = repository_around(files, tree_root);
  return around.empty() ? tree_root : around;
}

std::string above(std::string folder, uint32_t steps) {
  for (; steps > 0 && folder.size() > 1; --steps) folder = parent_path(folder);
  return folder;
}

}  // namespace

PathEditEvaluator::PathEditEvaluator(const FileSystem& files, const SourceTree& tree,
                                     const ProjectLayout& layout)
    : files_(files), tree_(tree), layout_(layout), top_(repository_or(files, tree.root)) {}

bool PathEditEvaluator::may_be_read(const std::string& folder) const {
  return is_within(folder, top_);
}

std::optional<std::vector<std::string>> PathEditEvaluator::folders(
    const std::string& file, std::string_view expression) const {
  using Base = PathExpression::Base;
  const PathExpression asked = PathExpression::parse(expression);
  const std::string own(parent_path(join_path(tree_.root, file)));
  std::vector<std::string> starts;
  switch (asked.base) {
    case Base::kAbsolute:
      starts = {"/"};
      break;
    case Base::kFile:
      starts = {own};
      break;
    case Base::kWorkingFolder:
      // People start Python in the repository, in the project, or beside the script.
      for (const std::string_view folder : {std::string_view(tree_.root), std::string_view(own)}) {
        starts.emplace_back(folder);
      }
      starts.push_back(join_path(tree_.root, layout_.projects[project_of(layout_, file)].folder));
      break;
    case Base::kUpward:
      for (std::string at = above(own, asked.skipped); may_be_read(at) && starts.empty();
           at = parent_path(at)) {
        const bool holds =
            std::any_of(asked.markers.begin(), asked.markers.end(), [&](const std::string& marker) {
              return files_.status(join_path(at, marker)).has_value();
            });
        if (holds) starts.push_back(at);
        if (at.size() <= 1) break;
      }
      if (starts.empty()) return std::nullopt;
      break;
  }
  std::vector<std::string> found;
  bool leaves = false;
  for (const std::string& start : starts) {
    std::string folder = normalize_path(join_path(start, asked.below));
    leaves |= !may_be_read(folder);
    const bool is_new = std::find(found.begin(), found.end(), folder) == found.end();
    if (is_new && may_be_read(folder) && files_.is_folder(folder)) found.push_back(folder);
  }
  if (found.empty() && leaves) return std::nullopt;
  return found;
}

EvaluatedEdits PathEditEvaluator::evaluate(const std::string& file, const FileFacts& facts) const {
  EvaluatedEdits out;
  const auto at_line = [&](uint32_t line) { return file + ':' + std::to_string(line); };
  for (const PathEdit& edit : facts.path_edits()) {
    const std::string_view expression = facts.name(edit.folder);
    const auto meant = edit.is_unread ? std::nullopt : folders(file, expression);
    if (!meant) {
      if (out.open_because.empty()) out.open_because = at_line(edit.line);
      continue;
    }
    const bool is_certain = !edit.is_conditional && !expression.starts_with("cwd:");
    for (const std::string& folder : *meant) {
      out.edits.push_back({{folder, "sys.path: " + at_line(edit.line)}, edit.at_front, is_certain});
    }
  }
  return out;
}

}  // namespace headwater::project
