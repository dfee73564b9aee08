#pragma once

#include <string>
#include <string_view>

namespace headwater {

/// Paths are bytes with `/` between parts; nothing here touches the disk.

/// `relative` below `folder`; an absolute `relative` or an empty `folder` gives `relative` itself.
std::string join_path(std::string_view folder, std::string_view relative);
/// Everything before the last part: "" for a single relative part, "/" for one below the top.
std::string_view parent_path(std::string_view path);
/// The last part.
std::string_view file_name(std::string_view path);
/// Without `.`, `..`, double and trailing slashes, as os.path.normpath does: links are not looked
/// at. "" for the current folder.
std::string normalize_path(std::string_view path);
/// Whether `path` is `folder` or lies below it; both normalized. Everything lies below "".
bool is_within(std::string_view path, std::string_view folder);
/// `path` seen from `folder`, which contains it (is_within); "" for the folder itself.
std::string_view relative_path(std::string_view path, std::string_view folder);

}  // namespace headwater
