#include "findings/near_modules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/nearest_name.h"
#include "base/paths.h"
#include "model/known_distributions.h"

namespace headwater::findings {
namespace {

/// More would be guessing.
constexpr size_t kMost = 2;

/// Names that are near `missing`.
class Near {
 public:
  explicit Near(std::string_view missing) : missing_(missing) {}

  void consider(std::string_view name) {
    if (found_.size() <= kMost && is_one_slip_away(missing_, name)) found_.emplace(name);
  }
  /// `before`: what stands before each name.
  std::string text(const std::string& before) const {
    std::string text;
    if (found_.size() > kMost) return text;
    for (const std::string& name : found_) {
      text += (text.empty() ? "nearest: " : " or ") + before + name;
    }
    return text;
  }

 private:
  const std::string_view missing_;
  std::set<std::string> found_;
};

/// Calls `visit` with the name of each file and folder right below a folder of the tree. Paths are
/// sorted, so that all below one folder is left out in one step.
template <typename Visit>
void for_each_below(const SourceTree& tree, const std::string& folder, Visit visit) {
  const std::string prefix = folder.empty() ? std::string() : folder + '/';
  const std::vector<SourceFile>& files = tree.files;
  auto at = std::ranges::lower_bound(files, prefix, {}, &SourceFile::path);
  while (at != files.end() && at->path.starts_with(prefix)) {
    const std::string_view rest = std::string_view(at->path).substr(prefix.size());
    const size_t slash = rest.find('/');
    visit(rest.substr(0, slash), slash != std::string_view::npos);
    if (slash == std::string_view::npos) {
      ++at;
    } else {
      std::string behind = prefix + std::string(rest.substr(0, slash));
      behind += static_cast<char>('/' + 1);
      at = std::lower_bound(
          at, files.end(), behind,
          [](const SourceFile& file, const std::string& path) { return file.path < path; });
    }
  }
}

}  // namespace

std::string near_module(const World& world, const Module& parent, std::string_view missing) {
  if (parent.file_id == UINT32_MAX || parent.kind != ModuleKind::kPackage) return {};
  const std::string folder(parent_path(world.tree.files[parent.file_id].path));
  Near near(last_part(missing));
  for_each_below(world.tree, folder, [&](std::string_view name, bool is_folder) {
    if (is_folder) {
      near.consider(name);
    } else if (name.ends_with(".py")) {
      near.consider(name.substr(0, name.size() - 3));
    }
  });
  return near.text(parent.name + '.');
}

std::string near_top_level(const World& world, std::string_view missing) {
  Near near(missing);
  for (const std::string_view name : world.first_party()) near.consider(name);
  for (const Distribution& distribution : world.environment.distributions) {
    for (const std::string& name : distribution.top_level) near.consider(name);
  }
  for (const std::string& name : world.environment.standard_library.names) near.consider(name);
  for (const std::string_view name : known_import_names()) near.consider(name);
  return near.text("");
}

std::string near_name(const World& world, uint32_t file, std::string_view name) {
  const FileFacts& facts = world.scanned.facts[file];
  std::vector<std::string_view> candidates;
  for (uint32_t i = 0; i < facts.name_states().size(); ++i) {
    if (facts.name_states()[i] != NameState::kNone) candidates.push_back(facts.name(NameId{i}));
  }
  const std::string_view nearest = nearest_name(name, candidates);
  if (nearest.empty() || nearest == name) return {};
  return fmt::format("nearest: {} ({}:{})", nearest, world.tree.files[file].path,
                     world.line_of(file, nearest));
}

}  // namespace headwater::findings
