#include "resolve/canonical_names.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <unordered_map>

#include "base/paths.h"

namespace headwater::resolve {
namespace {

/// `a.b` of `a/b`; empty if a part is no identifier.
std::string dotted(std::string_view path) {
  std::string name;
  while (!path.empty()) {
    const size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (!is_identifier(part)) return {};
    if (!name.empty()) name += '.';
    name += part;
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  }
  return name;
}

using RootsByFolder = std::unordered_map<std::string, uint32_t>;
using NamesByFolder = std::unordered_map<std::string, std::string>;

/// `a.b`, where either may be empty.
std::string join_names(std::string_view left, std::string_view right) {
  std::string joined(left);
  if (!left.empty() && !right.empty()) joined += '.';
  return joined += right;
}

/// The longest root that contains `path`, as a prefix of it; none: npos.
size_t longest_root(const std::string& path, const RootsByFolder& roots, uint32_t& root) {
  for (size_t end = path.rfind('/'); end != std::string::npos; end = path.rfind('/', end - 1)) {
    const auto found = roots.find(path.substr(0, end));
    if (found != roots.end()) {
      root = found->second;
      return end;
    }
    if (end == 0) break;
  }
  return std::string::npos;
}

/// The longest folder with a name of its own below the root that ends at `end`, which is moved to
/// its end.
std::string_view mapped_name(const std::string& path, const NamesByFolder& mapped, size_t& end) {
  for (size_t at = path.rfind('/'); at != std::string::npos && at > 0 && at >= end;
       at = path.rfind('/', at - 1)) {
    const auto found = mapped.find(path.substr(0, at));
    if (found == mapped.end()) continue;
    end = at;
    return found->second;
  }
  return {};
}

void name_file(const SourceTree& tree, const RootsByFolder& roots, const NamesByFolder& mapped,
               size_t id, CanonicalNames& names) {
  const SourceFile& file = tree.files[id];
  const std::string path = join_path(tree.root, file.path);
  size_t end = longest_root(path, roots, names.root[id]);
  if (end == std::string::npos) return;
  const std::string_view prefix =
      mapped.empty() ? std::string_view() : mapped_name(path, mapped, end);
  const std::string_view inside = std::string_view(path).substr(end + 1);
  const std::string_view folder = parent_path(inside);
  const std::string below = dotted(folder);
  const bool package_is_named = folder.empty() || !below.empty();
  if (package_is_named) names.package[id] = join_names(prefix, below);
  if (file.kind == FileKind::kNotebook || !package_is_named) return;
  std::string_view stem = file_name(inside);
  stem = stem.substr(0, stem.rfind('.'));
  if (stem == "__init__") {
    names.name[id] = names.package[id];
  } else if (is_identifier(stem)) {
    names.name[id] = join_names(names.package[id], stem);
  }
}

}  // namespace

bool is_identifier(std::string_view text) {
  const auto fits = [](char c, bool first) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80 || (!first && c >= '0' && c <= '9');
  };
  if (text.empty() || !fits(text[0], true)) return false;
  return std::ranges::all_of(text, [&](char c) { return fits(c, false); });
}

std::vector<std::string> root_folders(const SourceTree& tree, const ProjectLayout& layout) {
  std::vector<std::string> folders;
  for (const SourceRoot& root : layout.roots) {
    folders.push_back(normalize_path(join_path(tree.root, root.path)));
  }
  return folders;
}

CanonicalNames canonical_names(const SourceTree& tree, const ProjectLayout& layout) {
  CanonicalNames names;
  RootsByFolder roots;
  NamesByFolder mapped;
  for (const Project& project : layout.projects) {
    for (const MappedPackage& package : project.mapped_packages) {
      mapped.emplace(normalize_path(join_path(tree.root, package.folder)), package.name);
    }
  }
  names.root_folders = root_folders(tree, layout);
  for (uint32_t i = 0; i < names.root_folders.size(); ++i) {
    const std::string& folder = names.root_folders[i];
    roots.emplace(folder == "/" ? "" : folder, i);
  }
  names.root.assign(tree.files.size(), UINT32_MAX);
  names.name.resize(tree.files.size());
  names.package.resize(tree.files.size());
  tbb::parallel_for(size_t{0}, tree.files.size(),
                    [&](size_t id) { name_file(tree, roots, mapped, id, names); });
  return names;
}

}  // namespace headwater::resolve
