#include "pipeline/commits.h"

#include <algorithm>

#include "base/paths.h"

namespace headwater::pipeline {
namespace {

/// A folder `a/b` may be a, b or a.b, by the root that it is seen from.
void add_names_below(std::string folder, std::vector<std::string>& globs) {
  std::ranges::replace(folder, '/', '.');
  for (size_t begin = 0; begin != std::string::npos;) {
    const std::string name = folder.substr(begin);
    globs.push_back(name);
    globs.push_back(name + ".*");
    const size_t dot = folder.find('.', begin);
    begin = dot == std::string::npos ? dot : dot + 1;
  }
}

}  // namespace

CommitView::CommitView(const git::ObjectCache& objects, git::ObjectId commit, git::ObjectId tree)
    : commit_(std::move(commit)), files_(real_file_system(), objects, std::move(tree)) {
  for (const std::string& folder : files_.submodules()) {
    notes_.push_back(folder +
                     " is a submodule, which no commit has the files of: what is imported from it "
                     "by its path is not judged, what it serves by another name is called missing");
    submodules_.push_back(join_path(objects.repository().top(), folder));
    add_names_below(folder, known_modules_);
  }
}

Result<std::unique_ptr<const Commits>> Commits::open(const std::string& folder) {
  auto repository = git::Repository::open(folder);
  if (!repository) return tl::unexpected(repository.error());
  return std::unique_ptr<const Commits>(new Commits(std::move(*repository)));
}

Result<std::unique_ptr<const CommitView>> Commits::view(const std::string& revision) const {
  auto commit = repository_.commit(revision);
  if (!commit) return tl::unexpected(commit.error());
  auto tree = repository_.tree_of(*commit);
  if (!tree) return tl::unexpected(tree.error());
  return std::make_unique<const CommitView>(objects_, std::move(*commit), std::move(*tree));
}

}  // namespace headwater::pipeline
