#include "findings/declared_use.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/paths.h"
#include "findings/declarations.h"
#include "model/requirement.h"

namespace headwater::findings {
namespace {

/// What one project declares, by normalized name.
struct Declared {
  std::map<std::string_view, const DeclaredDependency*> product;
  std::map<std::string_view, const DeclaredDependency*> extra;
  std::map<std::string_view, const DeclaredDependency*> development;
  std::set<std::string_view> with_product;  // what the product's requirements bring along
};

class DeclaredUse {
 public:
  explicit DeclaredUse(const World& world) : world_(world) {
    for (const Project& project : world.layout.projects) {
      own_.insert(normalized_distribution_name(project.name));
      Declared& declared = declared_[&project];
      for (const DeclaredDependency& one : project.dependencies) {
        declared_anywhere_.insert(one.normalized_name);
        if (one.kind == DependencyKind::kBuild) continue;
        auto& kind = one.kind == DependencyKind::kProduct ? declared.product
                     : one.kind == DependencyKind::kExtra ? declared.extra
                                                          : declared.development;
        kind.emplace(one.normalized_name, &one);
      }
      add_requirements(declared);
    }
  }

  std::vector<Judgement> run() {
    const auto& rows = world_.resolved.resolutions;
    for (size_t i = 0; i < rows.size(); ++i) {
      const bool is_first =
          i == 0 || rows[i].file != rows[i - 1].file || rows[i].import != rows[i - 1].import;
      if (is_first) read_import(rows[i]);
    }
    read_strings();
    for (const Project& project : world_.layout.projects) {
      if (is_of_this(project)) find_unused(project);
    }
    return std::move(made_);
  }

 private:
  /// Whether the environment is the project's.
  bool is_of_this(const Project& project) const {
    return environment_of(world_.project_environments, project.folder) == world_.environment_number;
  }

  void add_requirements(Declared& declared) {
    std::vector<std::string_view> open;
    for (const auto& [name, one] : declared.product) open.push_back(name);
    while (!open.empty()) {
      const Distribution* const installed = world_.installed.named(open.back());
      open.pop_back();
      if (installed == nullptr) continue;
      for (const std::string& required : installed->requires_dist) {
        if (declared.with_product.insert(required).second) open.push_back(required);
      }
    }
  }

  /// The distributions that the statement needs, where metadata says it for certain.
  std::set<const Distribution*> providers(const Resolution& row, const FileFacts& facts,
                                          const Import& import) const {
    std::set<const Distribution*> found;
    const std::string dotted(world_.resolved.module_asked(row));
    const auto add = [&](std::string_view name) {
      const auto all = world_.installed.providers(name);
      // With several, it is not known which is meant.
      if (all.size() == 1) found.insert(all.front());
      return all.size();
    };
    if (add(dotted) <= 1 || !import.is_from) return found;
    for (uint32_t i = 0; i < import.name_count; ++i) {
      add(dotted + '.' +
          std::string(facts.name(facts.imported_names()[import.first_name + i].name)));
    }
    return found;
  }

  void read_import(const Resolution& row) {
    const uint32_t file = index_of(row.file);
    const FileFacts& facts = world_.scanned.facts[file];
    const Import& import = facts.imports()[row.import];
    if (import.level != 0 || row.target == UINT32_MAX) return;
    if (world_.resolved.modules[row.target].origin != ModuleOrigin::kThirdParty) return;
    const Project& project = world_.project_of(world_.tree.files[file].path);
    for (const Distribution* const provider : providers(row, facts, import)) {
      used_[&project].insert(provider->normalized_name);
      judge_use(project, *provider, file, import, world_.resolved.module_asked(row));
    }
  }

  void judge_use(const Project& project, const Distribution& provider, uint32_t file,
                 const Import& import, std::string_view module) {
    const std::string& name = provider.normalized_name;
    const bool is_stub = world_.tree.files[file].kind == FileKind::kStub;
    if (!project.dependencies_known || is_stub || own_.contains(name)) return;
    if (!is_of_this(project)) return;
    if (import.guards & kGuardsThatExcuse) return;
    const Declared& declared = declared_.at(&project);
    if (declared.product.contains(name)) return;
    const bool is_transitive = declared.with_product.contains(name);
    if (is_for_development(world_, file)) {
      // Developers have all that is declared; where nothing is for them, it stands elsewhere.
      if (declared.development.empty() || declared_anywhere_.contains(name)) return;
      return add(is_transitive ? "HW503" : "HW501", project, provider, file, import, module);
    }
    const bool is_of_extra = declared.extra.contains(name);
    if (is_transitive && is_of_extra) return;
    if (is_transitive) return add("HW503", project, provider, file, import, module);
    if (is_of_extra) {
      const bool may_not_run = import.never_runs || (import.guards & kGuardConditional) != 0;
      if (import.scope == Scope::kFunction || may_not_run) return;
      return add("HW505", project, provider, file, import, module);
    }
    const bool is_development = declared.development.contains(name);
    add(is_development ? "HW504" : "HW501", project, provider, file, import, module);
  }

  void add(std::string_view code, const Project& project, const Distribution& provider,
           uint32_t file, const Import& import, std::string_view module) {
    if (!said_.emplace(code, &project, provider.normalized_name, file).second) return;
    Judgement judgement = start(code, project, provider);
    Finding& finding = judgement.finding;
    set_import(world_, file, import, module, finding);
    const std::string who = title(project);
    const std::string what =
        fmt::format("{} is of {} (by its {})", module, provider.name, provider.evidence);
    const Declared& declared = declared_.at(&project);
    if (code == "HW501") {
      finding.message = fmt::format("{}, which {} does not declare", what, who);
      finding.suggestion = "declare it";
    } else if (code == "HW503") {
      finding.message = fmt::format("{}, which {} has only through what it declares", what, who);
      finding.suggestion = "declare it";
    } else if (code == "HW504") {
      finding.message = fmt::format("{}, which {} declares for development only (group {})", what,
                                    who, declared.development.at(provider.normalized_name)->group);
      finding.suggestion = "declare it for the product, or import it in development code only";
    } else {
      finding.message = fmt::format("{}, which {} declares in an extra only ({})", what, who,
                                    declared.extra.at(provider.normalized_name)->group);
      finding.suggestion = "guard the import, or declare it for the product";
    }
    made_.push_back(std::move(judgement));
  }

  static Judgement start(std::string_view code, const Project& project,
                         const Distribution& provider) {
    Judgement judgement = about_declaration(code, project, provider.name);
    judgement.distribution = provider.name;
    return judgement;
  }

  /// A module that is named by a string is used.
  void read_strings() {
    for (size_t i = 0; i < world_.strings.size(); ++i) {
      const Project& project = world_.project_of(world_.strings[i].file);
      for (const std::string* name :
           {&world_.strings[i].name, &world_.resolved.strings[i].module}) {
        for (const auto* one : world_.installed.providers(*name)) {
          used_[&project].insert(one->normalized_name);
        }
      }
    }
    for (uint32_t file = 0; file < world_.tree.files.size(); ++file) {
      const FileFacts& facts = world_.scanned.facts[file];
      const Project& project = world_.project_of(world_.tree.files[file].path);
      for (const StringReference& reference : facts.string_references()) {
        for (const auto* one : world_.installed.providers(facts.name(reference.module))) {
          used_[&project].insert(one->normalized_name);
        }
      }
      // An import that fails, or whose provider is not certain, uses all that it may mean.
      for (const Import& import : facts.imports()) {
        if (import.level != 0) continue;
        for (const auto* one : world_.installed.providers(facts.name(import.module))) {
          used_[&project].insert(one->normalized_name);
        }
      }
    }
  }

  /// Whether something else than an import may be what it is declared for.
  bool may_serve_otherwise(const Distribution& installed) const {
    const std::string& name = installed.normalized_name;
    const bool is_stub = name.starts_with("types-") || name.ends_with("-stubs");
    if (installed.has_entry_points || is_stub || installed.modules.empty()) return true;
    if (!installed.editable_folder.empty()) return true;
    // A back end that another distribution takes if it is there, such as a driver of a database.
    return std::ranges::any_of(world_.environment.distributions, [&](const Distribution& other) {
      return std::ranges::binary_search(other.optional_requires, name);
    });
  }

  void find_unused(const Project& project) {
    if (!project.dependencies_known) return;
    // What a workspace's root declares serves the projects below it as well.
    std::set<std::string_view> used;
    for (const auto& [other, names] : used_) {
      if (is_within(other->folder, project.folder)) used.insert(names.begin(), names.end());
    }
    for (const auto& [name, dependency] : declared_.at(&project).product) {
      const Distribution* const installed = world_.installed.named(name);
      if (installed == nullptr || used.contains(name) || own_.contains(std::string(name))) continue;
      if (may_serve_otherwise(*installed)) continue;
      Judgement judgement = start("HW502", project, *installed);
      Finding& finding = judgement.finding;
      finding.file = dependency->file;
      finding.line = std::max(dependency->line, 1u);
      finding.column = 1;
      finding.module = installed->modules.front();
      finding.when = When::kImport;
      finding.confidence = "guess";
      finding.message =
          fmt::format("nothing in {} imports {}, which provides {} (by its {})", title(project),
                      installed->name, installed->modules.front(), installed->evidence);
      finding.suggestion = "remove it, if nothing else than imports needs it";
      made_.push_back(std::move(judgement));
    }
  }

  const World& world_;
  std::set<std::string, std::less<>> own_;  // the repository's own distributions
  std::set<std::string_view> declared_anywhere_;
  std::map<const Project*, Declared> declared_;
  std::map<const Project*, std::set<std::string_view>> used_;
  std::set<std::tuple<std::string_view, const Project*, std::string_view, uint32_t>> said_;
  std::vector<Judgement> made_;
};

}  // namespace

std::vector<Judgement> declared_against_used(const World& world) {
  std::vector<Judgement> all;
  for (uint32_t number = 0; number < world.environment_count(); ++number) {
    const World& own = world.of_environment(number);
    const bool is_read = own.environment.source != EnvironmentSource::kLockFiles;
    if (!own.environment.has_packages() || !is_read) continue;
    std::ranges::move(DeclaredUse(own).run(), std::back_inserter(all));
  }
  return all;
}

}  // namespace headwater::findings
