#include "project/namespaces.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/paths.h"

namespace headwater::project {
namespace {

/// A folder that may be the package that a dotted name ends in, and what it would be called.
struct Reading {
  std::string_view folder;  // the candidate
  std::string_view top;     // the folder of the outermost package
  std::string package;      // dotted
};

class NamespaceSearch {
 public:
  NamespaceSearch(const SourceTree& tree, const ScannedTree& scanned,
                  const CandidateRoots& candidates)
      : tree_(tree), scanned_(scanned) {
    for (const auto& [folder, candidate] : candidates) {
      if (!candidate.holds_packages && !candidate.holds_modules) continue;
      std::string package;
      for (std::string_view top = folder; !top.empty(); top = parent_path(top)) {
        const std::string part(file_name(top));
        package = package.empty() ? part : part + '.' + package;
        readings_[part].push_back({folder, top, package});
      }
    }
  }

  std::map<std::string, std::string> run() {
    std::map<std::string, std::string> tops;
    if (readings_.empty()) return tops;
    const auto readings_of = [&](std::string_view part) {
      return readings_.find(std::string(part));
    };
    const auto is_read = [&](std::string_view part) {
      return readings_of(part) != readings_.end();
    };
    for_each_name(is_read, [&](uint32_t /*file*/, std::string_view dotted) {
      const auto known = readings_of(dotted.substr(0, dotted.find('.')));
      for (const Reading& reading : known->second) {
        if (!dotted.starts_with(reading.package)) continue;
        const std::string_view rest = dotted.substr(reading.package.size());
        if (!rest.starts_with('.') || !holds(reading.folder, rest.substr(1))) continue;
        // The same name in several ways, as of ns/ns: the longest.
        std::string& top = tops[std::string(reading.folder)];
        if (top.empty() || reading.top.size() < top.size()) top = reading.top;
      }
    });
    if (!tops.empty()) drop_roots(tops);
    return tops;
  }

 private:
  /// Calls visit(file, dotted) for each module that a statement asks for by its absolute name, and
  /// for each of the names that it asks of it. `accepts` is asked of the first part.
  template <typename Accepts, typename Visit>
  void for_each_name(Accepts&& accepts, Visit&& visit) const {
    for (uint32_t file = 0; file < scanned_.facts.size(); ++file) {
      const FileFacts& facts = scanned_.facts[file];
      for (const Import& import : facts.imports()) {
        const std::string_view module = facts.name(import.module);
        if (import.level != 0 || !accepts(module.substr(0, module.find('.')))) continue;
        if (!import.is_from) visit(file, module);
        for (uint32_t i = 0; import.is_from && i < import.name_count; ++i) {
          const ImportedName& imported = facts.imported_names()[import.first_name + i];
          visit(file, std::string(module) + '.' + std::string(facts.name(imported.name)));
        }
      }
    }
  }

  /// Somebody asks for what the folder holds by its top-level name.
  void drop_roots(std::map<std::string, std::string>& tops) const {
    std::unordered_map<std::string, std::vector<std::string_view>> holders;  // by first part
    const auto holders_of = [&](std::string_view part) -> const std::vector<std::string_view>& {
      const auto [known, is_new] = holders.try_emplace(std::string(part));
      for (const auto& [folder, top] : tops) {
        if (is_new && holds(folder, part)) known->second.push_back(folder);
      }
      return known->second;
    };
    std::set<std::string_view> roots;
    for_each_name(
        [&](std::string_view part) { return !part.empty() && !holders_of(part).empty(); },
        [&](uint32_t file, std::string_view dotted) {
          for (const std::string_view folder : holders_of(dotted.substr(0, dotted.find('.')))) {
            const std::string_view root = parent_path(tops.find(std::string(folder))->second);
            const bool is_near = is_within(tree_.files[file].path, root);
            if (is_near && holds(folder, dotted)) roots.insert(folder);
          }
        });
    std::erase_if(tops, [&](const auto& each) { return roots.contains(each.first); });
  }

  /// Whether the first two parts of `dotted` are a module or a folder below `folder`, or the first
  /// is a module and the second a name.
  bool holds(std::string_view folder, std::string_view dotted) const {
    const size_t dot = std::min(dotted.find('.'), dotted.size());
    const std::string path = join_path(folder, dotted.substr(0, dot));
    if (has_file(path + ".py")) return true;
    if (!has_below(path)) return false;
    if (dot == dotted.size()) return true;
    const std::string_view rest = dotted.substr(dot + 1);
    const std::string inner = join_path(path, rest.substr(0, rest.find('.')));
    return has_file(inner + ".py") || has_below(inner);
  }

  bool has_file(std::string_view path) const {
    return std::ranges::binary_search(tree_.files, path, {}, &SourceFile::path);
  }

  bool has_below(std::string_view folder) const {
    const std::string prefix = std::string(folder) + '/';
    const auto at = std::ranges::lower_bound(tree_.files, prefix, {}, &SourceFile::path);
    return at != tree_.files.end() && at->path.starts_with(prefix);
  }

  const SourceTree& tree_;
  const ScannedTree& scanned_;
  std::unordered_map<std::string, std::vector<Reading>> readings_;  // by the outermost package
};

}  // namespace

std::map<std::string, std::string> find_namespaces(const SourceTree& tree,
                                                   const ScannedTree& scanned,
                                                   const CandidateRoots& candidates) {
  return NamespaceSearch(tree, scanned, candidates).run();
}

}  // namespace headwater::project
