#include "git/repository.h"

#include <algorithm>
#include <filesystem>

#include "git/handles.h"

namespace headwater::git {
namespace {

constexpr const char* kWhole = "is the history whole? git fsck tells";

tl::unexpected<Error> git_error_of(const Library& git, const std::string& subject,
                                   const std::string& remedy) {
  const git_error* const last = git.git_error_last();
  std::string text = last == nullptr ? "is not there" : last->message;
  return fail(ErrorCode::kNotFound, subject, text + "; " + remedy);
}

/// A commit may have a folder that the disk has no more.
std::string existing_part_of(const std::string& folder) {
  std::error_code failed;
  std::filesystem::path path = std::filesystem::absolute(folder, failed);
  while (!failed && !std::filesystem::exists(path) && path.has_relative_path()) {
    path = path.parent_path();
  }
  return failed ? folder : path.string();
}

EntryKind kind_of(git_filemode_t mode) {
  switch (mode) {
    case GIT_FILEMODE_TREE:
      return EntryKind::kFolder;
    case GIT_FILEMODE_LINK:
      return EntryKind::kLink;
    case GIT_FILEMODE_COMMIT:
      return EntryKind::kSubmodule;
    default:
      return EntryKind::kFile;
  }
}

}  // namespace

Repository::Repository(std::string top, std::unique_ptr<Handles> handles)
    : top_(std::move(top)), handles_(std::move(handles)) {}
Repository::Repository(Repository&&) noexcept = default;
Repository::~Repository() = default;

Result<Repository> Repository::open(const std::string& folder) {
  const auto git = library();
  if (!git) return tl::unexpected(git.error());
  auto handles = std::make_unique<Handles>(**git);
  handles->folder = existing_part_of(folder);
  const Handles::Handle& handle = handles->local();
  if (handle.objects == nullptr) {
    return git_error_of(**git, folder,
                        "give a folder of a git repository that is yours, or that git's "
                        "safe.directory names");
  }
  const char* const work_tree = (*git)->git_repository_workdir(handle.repository);
  if (work_tree == nullptr) {
    return fail(ErrorCode::kNotFound, folder, "is a bare repository; give a work tree of it");
  }
  std::error_code failed;
  std::string top = std::filesystem::canonical(work_tree, failed).string();
  if (failed) return fail(ErrorCode::kNotFound, work_tree, failed.message());
  return Repository(std::move(top), std::move(handles));
}

Result<ObjectId> Repository::commit(const std::string& revision) const {
  const Library& git = handles_->git;
  git_object* found = nullptr;
  if (git.git_revparse_single(&found, handles_->local().repository, revision.c_str()) != 0) {
    return tl::unexpected(missing(revision, "git log shows the commits that there are"));
  }
  const Owned<git_object> object(found, git.git_object_free);
  git_object* peeled = nullptr;
  if (git.git_object_peel(&peeled, object.get(), GIT_OBJECT_COMMIT) != 0) {
    return git_error_of(git, revision, "give a commit, a branch or a tag");
  }
  const Owned<git_object> commit(peeled, git.git_object_free);
  return hex(*git.git_object_id(commit.get()));
}

std::string Repository::history_remedy(const char* otherwise) const {
  return is_shallow()
             ? "the clone is shallow: git fetch --unshallow brings the rest, in CI fetch-depth: 0"
             : otherwise;
}

Error Repository::missing(const std::string& subject, const char* remedy) const {
  Error error = git_error_of(handles_->git, subject, "").value();  // before libgit2 is asked again
  error.detail += history_remedy(remedy);
  return error;
}

std::string Repository::branch() const {
  const Library& git = handles_->git;
  git_repository* const repository = handles_->local().repository;
  git_reference* found = nullptr;
  if (git.git_repository_head_detached(repository) != 0) return {};
  if (git.git_repository_head(&found, repository) != 0) return {};
  const Owned<git_reference> head(found, git.git_reference_free);
  return git.git_reference_shorthand(head.get());
}

Result<bool> Repository::has_changes(const std::string& folder) const {
  const Library& git = handles_->git;
  std::error_code failed;
  const auto below = std::filesystem::canonical(folder, failed).lexically_relative(top_);
  if (failed || below.empty()) return fail(ErrorCode::kNotFound, folder, "is not in " + top_);
  std::string path = below.string();
  char* paths[] = {path.data()};
  git_status_options options{};
  options.version = GIT_STATUS_OPTIONS_VERSION;
  options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_EXCLUDE_SUBMODULES |
                  GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
  if (path != ".") options.pathspec = {paths, 1};
  git_status_list* found = nullptr;
  if (git.git_status_list_new(&found, handles_->local().repository, &options) != 0) {
    return git_error_of(git, folder, kWhole);
  }
  const Owned<git_status_list> list(found, git.git_status_list_free);
  return git.git_status_list_entrycount(list.get()) != 0;
}

Result<ObjectId> Repository::merge_base(const ObjectId& one, const ObjectId& other) const {
  const Library& git = handles_->git;
  git_oid base{};
  const git_oid a = binary(one);
  const git_oid b = binary(other);
  if (git.git_merge_base(&base, handles_->local().repository, &a, &b) != 0) {
    return git_error_of(git, one.substr(0, 12) + " and " + other.substr(0, 12),
                        "give a revision that both come from");
  }
  return hex(base);
}

Result<ObjectId> Repository::default_branch() const {
  for (const char* const name : {"origin/HEAD", "origin/main", "origin/master", "main", "master"}) {
    if (auto found = commit(name)) return found;
  }
  return fail(ErrorCode::kNotFound, top_,
              "has no origin/HEAD, main or master to compare with; " +
                  history_remedy("give a revision: --changed=REV"));
}

Result<std::vector<ObjectId>> Repository::commits_between(const ObjectId& begin,
                                                          const ObjectId& end) const {
  const Library& git = handles_->git;
  git_revwalk* made = nullptr;
  if (git.git_revwalk_new(&made, handles_->local().repository) != 0) {
    return git_error_of(git, top_, "is the repository whole?");
  }
  const Owned<git_revwalk> walk(made, git.git_revwalk_free);
  const git_oid first = binary(begin);
  const git_oid last = binary(end);
  git.git_revwalk_simplify_first_parent(walk.get());
  const bool is_hidden = begin.empty() || git.git_revwalk_hide(walk.get(), &first) == 0;
  if (!is_hidden || git.git_revwalk_push(walk.get(), &last) != 0) {
    return tl::unexpected(missing(top_, kWhole));
  }
  std::vector<ObjectId> commits;
  int end_of_walk = 0;
  for (git_oid each{}; (end_of_walk = git.git_revwalk_next(&each, walk.get())) == 0;) {
    commits.push_back(hex(each));
  }
  if (end_of_walk != GIT_ITEROVER) return tl::unexpected(missing(top_, kWhole));
  std::ranges::reverse(commits);
  return commits;
}

std::string Repository::summary(const ObjectId& commit) const {
  const Library& git = handles_->git;
  const git_oid id = binary(commit);
  git_commit* found = nullptr;
  if (git.git_commit_lookup(&found, handles_->local().repository, &id) != 0) return {};
  const Owned<git_commit> owned(found, git.git_commit_free);
  const char* const text = git.git_commit_summary(owned.get());
  return text == nullptr ? std::string() : text;
}

Result<ObjectId> Repository::tree_of(const ObjectId& commit) const {
  const Library& git = handles_->git;
  const git_oid id = binary(commit);
  git_commit* found = nullptr;
  if (git.git_commit_lookup(&found, handles_->local().repository, &id) != 0) {
    return tl::unexpected(missing(commit, kWhole));
  }
  const Owned<git_commit> owned(found, git.git_commit_free);
  return hex(*git.git_commit_tree_id(owned.get()));
}

Result<std::vector<TreeEntry>> Repository::tree(const ObjectId& id) const {
  const Library& git = handles_->git;
  const git_oid wanted = binary(id);
  git_tree* found = nullptr;
  if (git.git_tree_lookup(&found, handles_->local().repository, &wanted) != 0) {
    return git_error_of(git, id, "git fsck says whether the repository is whole");
  }
  const Owned<git_tree> owned(found, git.git_tree_free);
  std::vector<TreeEntry> entries;
  const size_t count = git.git_tree_entrycount(owned.get());
  entries.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    const git_tree_entry* const entry = git.git_tree_entry_byindex(owned.get(), i);
    entries.push_back({git.git_tree_entry_name(entry), kind_of(git.git_tree_entry_filemode(entry)),
                       hex(*git.git_tree_entry_id(entry))});
  }
  return entries;
}

Result<std::string> Repository::blob(const ObjectId& id) const {
  const Library& git = handles_->git;
  const git_oid wanted = binary(id);
  git_odb_object* found = nullptr;
  git_odb* const objects = handles_->local().objects;
  if (objects == nullptr || git.git_odb_read(&found, objects, &wanted) != 0) {
    return git_error_of(git, id, "git fsck says whether the repository is whole");
  }
  const Owned<git_odb_object> owned(found, git.git_odb_object_free);
  return std::string(static_cast<const char*>(git.git_odb_object_data(owned.get())),
                     git.git_odb_object_size(owned.get()));
}

Result<uint64_t> Repository::blob_size(const ObjectId& id) const {
  const Library& git = handles_->git;
  const git_oid wanted = binary(id);
  size_t size = 0;
  git_object_t type{};
  git_odb* const objects = handles_->local().objects;
  if (objects == nullptr || git.git_odb_read_header(&size, &type, objects, &wanted) != 0) {
    return git_error_of(git, id, "git fsck says whether the repository is whole");
  }
  return size;
}

}  // namespace headwater::git
