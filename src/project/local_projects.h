#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/project_layout.h"
#include "project/declaration.h"

namespace headwater::project {

/// Sets `search_roots` of every project of `layout`: which other projects its own files see first.
/// `declarations` are those of the projects, in the same order. A project that lies outside of the
/// tree is read where a path, a `file:` URL or uv's workspace names it and it is a part of the
/// repository around the tree; its roots are added to the layout's. Nothing outside of a repository
/// is looked at: that is said in a note.
void link_projects(const FileSystem& files, const std::string& tree_root,
                   const std::vector<Declaration>& declarations, ProjectLayout& layout);

/// The folder of the repository (git's) that `folder` lies in; "" if there is none.
std::string repository_around(const FileSystem& files, std::string_view folder);

}  // namespace headwater::project
