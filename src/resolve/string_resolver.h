#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/paths.h"
#include "model/named_string.h"
#include "resolve/outlines.h"
#include "resolve/symbols.h"
#include "resolve/world.h"

namespace headwater::resolve {

/// The sources of the tree by the last part of what they may be called wherever they lie.
class SourcesByName {
 public:
  explicit SourcesByName(std::span<const SourceFile> files) {
    for (const SourceFile& file : files) {
      const std::string_view path = module_path(file.path);
      by_name_.emplace(file_name(path), path);
    }
  }

  /// In how many folders there is a module or package of this dotted name.
  size_t count(std::string path) const {
    std::ranges::replace(path, '.', '/');
    const auto [begin, end] = by_name_.equal_range(file_name(path));
    return static_cast<size_t>(std::count_if(begin, end, [&](const auto& one) {
      return one.second == path || one.second.ends_with('/' + path);
    }));
  }

 private:
  /// Without what names no module: `a/b` of `a/b.py` and of `a/b/__init__.py`.
  static std::string_view module_path(std::string_view path) {
    const std::string_view name = file_name(path);
    if (name == "__init__.py") return parent_path(path);
    return path.substr(0, path.size() - (name.ends_with(".py") ? 3 : 0));
  }

  std::unordered_multimap<std::string_view, std::string_view> by_name_;
};

/// Follows strings. Thread safe.
class StringResolver {
 public:
  StringResolver(const World& world, const Symbols& symbols)
      : world_(world), symbols_(symbols), outlines_(world), sources_(world.tree.files) {}

  /// `of_file`: all strings of the file that has it.
  StringTarget resolve(const NamedString& string, std::span<const NamedString> of_file) const;

 private:
  const World& world_;
  const Symbols& symbols_;
  const Outlines outlines_;
  const SourcesByName sources_;
};

}  // namespace headwater::resolve
