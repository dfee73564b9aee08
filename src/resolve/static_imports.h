#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "model/file_facts.h"
#include "model/python_environment.h"
#include "resolve/finder.h"
#include "resolve/folder_cache.h"

namespace headwater::resolve {

/// `xml`, `xml.etree`, `xml.etree.ElementTree`, as long as `visit` says so.
template <typename Visit>
void for_each_package(std::string_view dotted, Visit visit) {
  for (size_t end = 0; end != std::string_view::npos;) {
    end = dotted.find('.', end + 1);
    if (!visit(dotted.substr(0, end))) return;
  }
}

/// What modules of the standard library and of what is installed import, by their statements
/// alone. Not thread safe.
class StaticImports {
 public:
  using Scan = std::function<FileFacts(std::string_view text)>;

  /// The references outlive it. `scan`: empty: nothing is known.
  StaticImports(const FileSystem& files, const FolderCache& folders,
                const PythonEnvironment& environment, const Scan& scan);

  /// A missing one where there is no such module.
  const Node& find(std::string_view dotted) const { return *finder_.find(context_, dotted).node; }
  /// Dotted names that `node` may import when it runs, or that are of what it imports. `in_calls`:
  /// with its functions.
  std::vector<std::string> of(const Node& node, bool in_calls) const;

 private:
  Result<std::string> text_of(const Node& node) const;

  const FileSystem& files_;
  const PythonEnvironment& environment_;
  const Scan scan_;
  const FileIds ids_;
  const Finder finder_;
  const SearchContext context_;
};

}  // namespace headwater::resolve
