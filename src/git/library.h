#pragma once

#include <git2.h>

#include "base/result.h"

/// The functions of libgit2 that are called.
// clang-format off
#define HEADWATER_GIT_FUNCTIONS(each) \
  each(git_commit_author) each(git_commit_free) each(git_commit_lookup) each(git_commit_parent_id) \
  each(git_commit_parentcount) each(git_commit_summary) each(git_commit_time) each(git_commit_tree_id) \
  each(git_diff_free) each(git_diff_get_delta) each(git_diff_num_deltas) each(git_diff_tree_to_tree) each(git_error_last) \
  each(git_libgit2_init) each(git_merge_base) each(git_object_free) each(git_object_id) \
  each(git_object_peel) each(git_odb_free) each(git_odb_object_data) each(git_odb_object_free) \
  each(git_odb_object_size) each(git_odb_read) each(git_odb_read_header) \
  each(git_reference_free) each(git_reference_shorthand) each(git_repository_commondir) each(git_repository_free) \
  each(git_repository_head) each(git_repository_head_detached) each(git_repository_is_shallow) each(git_repository_odb) each(git_repository_open_ext) \
  each(git_repository_workdir) each(git_revparse_single) each(git_revwalk_free) \
  each(git_revwalk_hide) each(git_revwalk_new) each(git_revwalk_next) each(git_revwalk_push) \
  each(git_revwalk_simplify_first_parent) each(git_status_list_entrycount) each(git_status_list_free) \
  each(git_status_list_new) each(git_tree_entry_byindex) \
  each(git_tree_entry_filemode) each(git_tree_entry_id) each(git_tree_entry_name) \
  each(git_tree_entrycount) each(git_tree_free) each(git_tree_lookup)
// clang-format on

namespace headwater::git {
/// libgit2, loaded when it is first needed: with all that it brings it takes as long to load as a
/// run that finds nothing changed takes in all.
struct Library {
#define HEADWATER_GIT_POINTER(name) decltype(&::name) name = nullptr;
  HEADWATER_GIT_FUNCTIONS(HEADWATER_GIT_POINTER)
#undef HEADWATER_GIT_POINTER
};

/// Thread safe. An error where it is not there.
Result<const Library*> library();

}  // namespace headwater::git
