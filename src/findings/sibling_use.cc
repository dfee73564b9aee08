#include "findings/sibling_use.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "findings/declarations.h"

namespace headwater::findings {
namespace {

bool declares_any(const Project& project) {
  return project.dependencies_known &&
         std::ranges::any_of(project.dependencies, [](const DeclaredDependency& one) {
           return one.kind != DependencyKind::kBuild;
         });
}

class SiblingUse {
 public:
  explicit SiblingUse(const World& world) : world_(world) {}

  std::vector<Judgement> run() {
    for (const Resolution& row : world_.resolved.resolutions) read(row);
    return std::move(made_);
  }

 private:
  void read(const Resolution& row) {
    if (row.target == UINT32_MAX || row.outcome == Outcome::kUnshown) return;
    const Module& target = world_.resolved.modules[row.target];
    if (target.file_id == UINT32_MAX) return;
    const uint32_t file = index_of(row.file);
    const Import& import = world_.scanned.facts[file].imports()[row.import];
    if (import.level != 0 || import.guards & kGuardsThatExcuse) return;
    const Project& project = world_.project_of(world_.tree.files[file].path);
    const Project& owner = world_.project_of(world_.tree.files[target.file_id].path);
    if (&owner == &project || owner.name.empty() || !declares_any(project)) return;
    if (leads_to(project, world_.resolved.root[target.file_id])) return;
    const bool is_stub = world_.tree.files[file].kind == FileKind::kStub;
    if (is_stub || is_for_development(world_, file)) return;
    add(project, owner, row, target.name);
  }

  /// Whether what the project declares, or has itself, has the root.
  static bool leads_to(const Project& project, uint32_t root) {
    return root == UINT32_MAX ||
           std::ranges::find(project.search_roots, root) != project.search_roots.end();
  }

  void add(const Project& project, const Project& owner, const Resolution& row,
           std::string_view module) {
    const uint32_t file = index_of(row.file);
    if (!said_.emplace(&project, &owner, file).second) return;
    const Import& import = world_.scanned.facts[file].imports()[row.import];
    Judgement judgement = about_declaration("HW501", project, owner.name);
    judgement.file = file;
    judgement.statement = row.import;
    Finding& finding = judgement.finding;
    set_import(world_, file, import, module, finding);
    finding.message =
        fmt::format("{} is of {} (the project in {}), which {} does not declare", module,
                    owner.name, owner.folder.empty() ? "." : owner.folder, title(project));
    finding.suggestion = "declare it";
    made_.push_back(std::move(judgement));
  }

  const World& world_;
  std::set<std::tuple<const Project*, const Project*, uint32_t>> said_;
  std::vector<Judgement> made_;
};

}  // namespace

std::vector<Judgement> undeclared_siblings(const World& world) {
  // With --root, all roots serve every file: no project is asked for them.
  if (world.layout.explicit_roots) return {};
  return SiblingUse(world).run();
}

}  // namespace headwater::findings
