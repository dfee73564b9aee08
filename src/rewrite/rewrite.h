#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "model/finding.h"

namespace headwater::rewrite {

/// A file of which statements name another module than before; nothing is written.
struct RewrittenFile {
  std::string path;  // relative to the repository
  std::string before;
  std::string after;  // has as many lines
  size_t statements = 0;
};

struct Rewritten {
  std::vector<RewrittenFile> files;  // by path
  std::vector<std::string> left;     // a line for each statement that is left as it is, with why
};

/// `statement`, one import, with `to` as the module that it names instead of `from`; nothing where
/// that would change what it binds (`import a.b` binds `a`), or where it is not written plainly.
std::optional<std::string> rewritten(std::string_view statement, std::string_view from,
                                     std::string_view to);

/// Reads the files of `moved` again; those that have changed since the audit are left. `root` is
/// the repository.
Rewritten rewrite(const FileSystem& files, const std::string& root,
                  std::span<const MovedImport> moved);

/// In the unified format, with three lines of context.
std::string unified_diff(const RewrittenFile& file);

}  // namespace headwater::rewrite
