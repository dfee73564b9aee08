#include "findings/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "base/paths.h"
#include "findings/foreign_extensions.h"
#include "findings/installed.h"
#include "findings/kinds.h"
#include "findings/moved.h"
#include "findings/near_modules.h"
#include "model/generated_files.h"
#include "model/known_distributions.h"
#include "model/library_names.h"
#include "model/requirement.h"

namespace headwater::findings {
namespace {

constexpr Guards kGuardsOfHandledTry = kGuardTryImportError | kGuardSuppress;

class Judge {
 public:
  Judge(const World& world, Providers& providers, std::span<const Resolution> rows)
      : world_(world),
        providers_(providers),
        rows_(rows),
        file_(index_of(rows[0].file)),
        facts_(world.scanned.facts[file_]),
        import_(facts_.imports()[rows[0].import]) {}

  Judgement run(GuardedImport guarded_import) {
    const auto failed = std::ranges::find_if(
        rows_, [](const Resolution& row) { return row.failure != FailureKind::kNone; });
    const bool raises_here = failed != rows_.end();
    if (raises_here) {
      made_.lacks_symbol = failed->failure == FailureKind::kMissingSymbol ||
                           failed->failure == FailureKind::kRelativeImport;
      describe(*failed);
    } else {
      describe_remnant();
    }
    made_.file = file_;
    made_.statement = rows_[0].import;
    Finding& finding = made_.finding;
    const FindingKind& kind = finding_kind(finding.code);
    finding.finding_class =
        raises_here ? guarded(kind.finding_class, guarded_import) : kind.finding_class;
    finding.when = when();
    const bool raises = finding.finding_class == FindingClass::kFault ||
                        finding.finding_class == FindingClass::kEnvironment;
    finding.severity = !raises                         ? Severity::kNote
                       : finding.when == When::kTyping ? Severity::kWarning
                                                       : Severity::kError;
    finding.file = world_.tree.files[file_].path;
    const PlaceInFile place = facts_.place(import_.line);
    finding.line = place.line;
    finding.cell = place.cell;
    finding.column = import_.column;
    finding.level = import_.level;
    return std::move(made_);
  }

 private:
  std::string place_of_statement() const {
    const PlaceInFile place = facts_.place(import_.line);
    const std::string cell = place.cell == 0 ? "" : fmt::format("cell {}:", place.cell);
    return fmt::format("{}:{}{}", world_.tree.files[file_].path, cell, place.line);
  }

  /// The import finds a folder that a damaged distribution left: it works and what is used of it
  /// does not, so that no guard around it helps.
  void describe_remnant() {
    const std::string lost = lost_package(world_, rows_);
    assert(!lost.empty() && "only imports that fail or find a remnant are judged");
    made_.raises = false;
    made_.finding.module = world_.resolved.module_asked(rows_[0]);
    made_.finding.confidence = "certain";
    describe_installed(lost);
  }

  void describe(const Resolution& row) {
    made_.finding.module = world_.resolved.module_asked(row);
    made_.finding.confidence = "certain";
    switch (row.failure) {
      case FailureKind::kMissingModule:
        return describe_missing_module(row);
      case FailureKind::kMissingSymbol:
        return describe_missing_symbol(row);
      case FailureKind::kHiddenModule:
        return set("HW123", made_.finding.module,
                   fmt::format("{} is hidden by {}", made_.finding.module,
                               world_.resolved.shadowed_by(row)));
      case FailureKind::kRelativeImport:
        return set(
            "HW122", place_of_statement(),
            fmt::format("relative import with {} leaves its package or has none",
                        import_.level == 1 ? "1 dot" : fmt::format("{} dots", import_.level)));
      case FailureKind::kNone:
        return;
    }
  }

  void describe_missing_module(const Resolution& row) {
    const std::string_view prefix = world_.resolved.missing_prefix(row);
    const std::string_view missing = prefix.empty() ? world_.resolved.module_asked(row) : prefix;
    const std::string_view top = first_part(missing);
    const Module* parent = missing == top ? nullptr : &parent_of(row, missing);
    const bool may_be_linked = parent == nullptr || parent->origin == ModuleOrigin::kFirstParty;
    if (may_be_linked && describe_dangling(missing)) return;
    if (parent && describe_distribution_meant(*parent, top)) return;
    if (parent ? parent->origin == ModuleOrigin::kFirstParty : world_.is_first_party(top)) {
      return describe_first_party(missing, parent);
    }
    if (parent == nullptr && is_extension_of_a_root(missing)) return describe_not_built(missing);
    if (describe_installed(missing)) return;
    if (parent && is_left_folder(*parent)) return describe_left_folder(top);
    if (parent && describe_declared_beside(*parent, missing)) return;
    if (parent) return describe_missing_in(*parent, missing);
    describe_third_party(top);
  }

  /// Examples and tests of what a distribution is good for are often called like it. Where it is
  /// not installed, such a folder is found, and who asks for more than that has means the
  /// distribution; where it is, that comes first on the path of those who are not started there.
  bool describe_distribution_meant(const Module& found, std::string_view top) {
    if (found.origin != ModuleOrigin::kFirstParty || !is_distribution_meant(found, top)) {
      return false;
    }
    may_be_replaced_ = !world_.installed.providers(top).empty();
    if (may_be_replaced_) return false;
    made_.lacks_symbol = false;
    describe_third_party(top);
    return true;
  }

  bool is_distribution_meant(const Module& found, std::string_view top) const {
    const std::string& importer = world_.tree.files[file_].path;
    const Project& project = world_.project_of(importer);
    const std::string& declared_in = providers_.of(top, project).declared_in;
    if (declared_in.empty() && known_distribution(top).empty()) return false;
    if (found.file_id == UINT32_MAX) return found.kind == ModuleKind::kNamespacePackage;
    const std::string& file = world_.tree.files[found.file_id].path;
    const SourceRoot* nearest = nullptr;
    for (const SourceRoot& root : world_.layout.roots) {
      if (!is_within(file, root.path)) continue;
      if (nearest == nullptr || root.path.size() > nearest->path.size()) nearest = &root;
    }
    // A root by its looks alone, where nothing says that the project's code is found by it.
    if (nearest == nullptr || !nearest->why.starts_with("folder of")) return false;
    if (nearest->path == project.folder) return false;
    return !declared_in.empty() || !is_within(importer, nearest->path);
  }

  /// Of a package that several distributions have a part in, one of which is not installed.
  bool describe_declared_beside(const Module& parent, std::string_view missing) {
    if (parent.origin != ModuleOrigin::kThirdParty) return false;
    const Project& project = world_.project_of(world_.tree.files[file_].path);
    const DeclaredDependency* const declared = world_.declared_beside(missing, project);
    if (declared == nullptr) return false;
    const std::string shared = normalized_distribution_name(parent.name);
    const std::string& own = declared->normalized_name;
    if (own != shared && !own.starts_with(shared + '-')) return false;
    made_.lacks_symbol = false;
    made_.distribution = declared->name;
    made_.declared_in = declared->file;
    made_.finding.confidence = "guess";
    describe_declared_absent();
    return true;
  }

  void describe_declared_absent() {
    made_.finding.suggestion = fmt::format("declared in {}", made_.declared_in);
    set("HW201", made_.distribution, fmt::format("{} is not installed", made_.distribution));
  }

  void describe_missing_in(const Module& parent, std::string_view missing) {
    set("HW214", missing, fmt::format("{} is not in {} as installed", missing, parent.name));
    const PythonEnvironment& environment = world_.environment;
    const std::string_view name = missing.substr(parent.name.size() + 1);
    const bool is_told = parent.origin == ModuleOrigin::kStandardLibrary &&
                         library_submodule(environment, parent.name, name) == LibraryName::kLacks;
    if (!is_told || environment.version_is_guess) made_.finding.confidence = "guess";
    if (!is_told) return;
    made_.finding.message = fmt::format("{} has no module {}", parent.name, name);
    const LibraryName as_name = library_name(environment, parent.name, name);
    made_.finding.suggestion =
        as_name == LibraryName::kHas || as_name == LibraryName::kMayHave
            ? fmt::format("{} is no module: from {} import {}", name, parent.name, name)
            : library_name_history(environment, parent.name, name);
  }

  /// Whether the state of an installed distribution explains that `dotted` is missing.
  bool describe_installed(std::string_view dotted) {
    const auto fault = installed_fault(world_, dotted);
    if (!fault) return false;
    if (!fault->is_certain) made_.finding.confidence = "guess";
    made_.finding.suggestion = fault->suggestion;
    made_.distribution = fault->distribution->name;
    set(fault->code, fault->distribution->name, fault->message);
    return true;
  }

  /// The deepest parent that was found; resolve says which, the name finds it else.
  const Module& parent_of(const Resolution& row, std::string_view missing) const {
    if (row.target != UINT32_MAX) return world_.resolved.modules[row.target];
    const Module* found = world_.module(missing.substr(0, missing.rfind('.')));
    assert(found && "a missing prefix with a dot has a parent that was found");
    return *found;
  }

  /// `parent`: the package that was found and lacks it; nullptr for a top-level name.
  void describe_first_party(std::string_view missing, const Module* parent) {
    const std::string_view last = last_part(missing);
    if (is_generated(missing)) return describe_not_built(missing);
    if (describe_foreign(missing)) return;
    if (parent != nullptr && describe_hidden(missing, *parent)) return;
    const std::vector<uint32_t> elsewhere = modules_that_would_do(world_, rows_[0], missing);
    if (elsewhere.size() == 1) {
      set("HW102", missing, fmt::format("{} does not exist", missing));
      const bool is_certain = has_moved(world_, rows_[0], missing, parent, elsewhere[0]);
      return describe_move(world_.resolved.module_name[elsewhere[0]], is_certain, made_);
    }
    made_.finding.suggestion =
        elsewhere.empty() ? near_or_nowhere(missing, parent)
                          : fmt::format("{} modules are called {}", elsewhere.size(), last);
    set("HW101", missing, fmt::format("{} does not exist", missing));
  }

  void describe_not_built(std::string_view missing) {
    made_.finding.suggestion = "build the project, which generates it";
    set("HW103", missing, fmt::format("{} is generated and not built", missing));
  }

  bool describe_foreign(std::string_view missing) {
    const std::string file = foreign_extension(world_, missing);
    if (file.empty()) return false;
    made_.finding.suggestion = "build it for this Python, or name the one it was built for (--env)";
    set("HW103", missing, fmt::format("{} is built for another Python ({})", missing, file));
    return true;
  }

  std::string near_or_nowhere(std::string_view missing, const Module* parent) const {
    const std::string near =
        parent ? near_module(world_, *parent, missing) : near_top_level(world_, missing);
    return near.empty() ? "no module of that name exists in the repository" : near;
  }

  /// Whether a file has the name, in a package that another one of its name hides.
  bool describe_hidden(std::string_view missing, const Module& parent) {
    if (parent.file_id == UINT32_MAX || parent.kind != ModuleKind::kPackage) return false;
    const Project& project = world_.project_of(world_.tree.files[file_].path);
    const std::string& hiding = world_.tree.files[parent.file_id].path;
    for (const uint32_t file : world_.files_named(last_part(missing))) {
      const std::string& path = world_.tree.files[file].path;
      const bool is_meant = world_.resolved.module_name[file] == missing &&
                            world_.tree.files[file].kind == FileKind::kPython;
      // Projects may have packages of one name that never meet.
      if (&world_.project_of(path) != &project) continue;
      if (!is_meant || path.starts_with(std::string(parent_path(hiding)) + '/')) continue;
      made_.finding.suggestion = fmt::format("both are called {}: rename one", parent.name);
      set("HW123", missing, fmt::format("{} hides {}", hiding, path));
      return true;
    }
    return false;
  }

  /// Below a root, without an ending.
  static std::string path_of(std::string_view module) {
    std::string path(module);
    std::ranges::replace(path, '.', '/');
    return path;
  }

  /// Whether a link of the name, below a root, leads nowhere.
  bool describe_dangling(std::string_view missing) {
    if (world_.tree.dangling_links.empty()) return false;
    const std::string as_path = path_of(missing);
    for (const std::string& link : world_.tree.dangling_links) {
      std::string_view path = link;
      if (path.ends_with(".py")) path.remove_suffix(3);
      if (!path.ends_with(as_path)) continue;
      path.remove_suffix(as_path.size());
      if (path.ends_with('/')) path.remove_suffix(1);
      const bool is_below_root = std::ranges::any_of(
          world_.layout.roots, [&](const SourceRoot& root) { return path == root.path; });
      if (!is_below_root) continue;
      made_.finding.suggestion = fmt::format("{} is a link that leads nowhere", link);
      set("HW101", missing, fmt::format("{} does not exist", missing));
      return true;
    }
    return false;
  }

  bool is_generated(std::string_view missing) const {
    return headwater::is_generated(world_.layout, world_.tree.files[file_].path, missing);
  }

  /// Of a top-level module, which is where it has to lie.
  bool is_extension_of_a_root(std::string_view missing) const {
    if (is_named_by_a_build(world_.layout, world_.tree.files[file_].path, missing)) return true;
    const std::string file_name = std::string(missing) + ".so";
    return is_any_generated([&](const std::string& file) {
      return std::ranges::any_of(world_.layout.roots, [&](const SourceRoot& root) {
        return file == join_path(root.path, file_name);
      });
    });
  }

  bool is_any_generated(const auto& is_meant) const {
    return std::ranges::any_of(world_.layout.projects, [&](const Project& project) {
      return std::ranges::any_of(project.generated_files, is_meant);
    });
  }

  void describe_third_party(std::string_view top) {
    const Project& project = world_.project_of(world_.tree.files[file_].path);
    const std::string_view asked = made_.finding.module;
    const std::string_view meant = first_part(asked) == top ? asked : top;
    const auto& [distribution, declared_in] = providers_.of(meant, project);
    made_.distribution = distribution;
    made_.declared_in = declared_in;
    if (!world_.environment.has_packages()) {
      made_.finding.suggestion = why_not_in_library(top);
      return set("HW203", distribution, fmt::format("{}: no environment to look in", top));
    }
    if (world_.environment.source == EnvironmentSource::kLockFiles) {
      return describe_unlocked(meant, distribution, declared_in);
    }
    if (!declared_in.empty()) return describe_declared_absent();
    made_.finding.confidence = "guess";
    if (!known_distribution(meant).empty()) {
      made_.finding.suggestion = advice_on_undeclared();
      return set("HW202", distribution,
                 fmt::format("{} is not installed and not declared", distribution));
    }
    made_.distribution.clear();
    made_.finding.suggestion = why_not_in_library(top);
    if (made_.finding.suggestion.empty()) made_.finding.suggestion = near_top_level(world_, top);
    set("HW104", top, fmt::format("no root, distribution or declaration provides {}", top));
  }

  std::string advice_on_undeclared() const {
    const bool is_held = is_handled() || import_.is_probed || import_.never_runs;
    return is_held ? "declare it" : "declare it, or guard the import";
  }

  /// Of a module that the standard library of another version has.
  std::string why_not_in_library(std::string_view top) const {
    const StandardLibrary& library = world_.environment.standard_library;
    const auto removed = library.removed.find(std::string(top));
    if (removed != library.removed.end()) {
      return fmt::format("the standard library has it no more since Python 3.{}", removed->second);
    }
    const auto added = library.added.find(std::string(top));
    if (added == library.added.end()) return {};
    return fmt::format("new in the standard library of Python 3.{}", added->second);
  }

  /// With --env lock: only a known name can be said not to be locked, since lock files do not tell
  /// what a distribution is imported as.
  void describe_unlocked(std::string_view meant, const std::string& distribution,
                         const std::string& declared_in) {
    made_.finding.confidence = "guess";
    if (!declared_in.empty()) {
      made_.finding.suggestion = fmt::format("declared in {}: lock again", declared_in);
      return set("HW201", distribution, fmt::format("{} is not locked", distribution));
    }
    if (world_.environment.lock_is_complete && !known_distribution(meant).empty()) {
      made_.finding.suggestion = advice_on_undeclared();
      return set("HW202", distribution,
                 fmt::format("{} is neither locked nor declared", distribution));
    }
    made_.distribution.clear();
    const std::string_view top = first_part(meant);
    made_.finding.suggestion = why_not_in_library(top);
    set("HW203", top, fmt::format("{}: nothing that is locked is known to provide it", top));
  }

  void describe_missing_symbol(const Resolution& row) {
    const Module& module = world_.resolved.modules[row.target];
    if (describe_distribution_meant(module, first_part(module.name))) return;
    std::vector<std::string> missing;
    for (const Resolution& other : rows_) {
      if (other.failure != FailureKind::kMissingSymbol || other.name == UINT32_MAX) continue;
      missing.emplace_back(facts_.name(facts_.imported_names()[other.name].name));
    }
    if (module.origin == ModuleOrigin::kFirstParty && module.file_id != UINT32_MAX) {
      made_.finding.suggestion = near_name(world_, module.file_id, missing[0]);
      if (made_.finding.suggestion.empty()) {
        made_.finding.suggestion = near_module(world_, module, module.name + '.' + missing[0]);
      }
    }
    const bool is_own = module.origin == ModuleOrigin::kFirstParty;
    const auto is_not_built = [&](const std::string& name) {
      return is_own && is_generated(module.name + '.' + name);
    };
    if (std::ranges::all_of(missing, is_not_built)) {
      made_.finding.module = module.name;
      made_.finding.names = missing;
      return describe_not_built(module.name + '.' + missing[0]);
    }
    if (is_own && describe_foreign(module.name + '.' + missing[0])) {
      made_.finding.module = module.name;
      made_.finding.names = missing;
      return;
    }
    std::string listed;
    for (const std::string& name : missing) listed += (listed.empty() ? "" : ", ") + name;
    const std::string subject = fmt::format("{}.{}", module.name, missing[0]);
    made_.finding.module = module.name;
    made_.finding.names = std::move(missing);
    if (hides_standard_library(module)) {
      const std::string& hiding = world_.tree.files[module.file_id].path;
      made_.finding.suggestion = fmt::format("rename {}", hiding);
      return set("HW123", module.name,
                 fmt::format("{} hides the standard library's {}, which may have {}", hiding,
                             module.name, listed));
    }
    if (module.origin == ModuleOrigin::kThirdParty && describe_lost_symbol(module)) return;
    if (module.origin == ModuleOrigin::kStandardLibrary) describe_library_symbol(module);
    set(module.origin == ModuleOrigin::kFirstParty ? "HW111" : "HW214", subject,
        fmt::format("{} has no {}", module.name, listed));
  }

  void describe_library_symbol(const Module& module) {
    may_be_replaced_ = has_twin(module);
    const auto history = [&](const std::string& name) {
      return library_name_history(world_.environment, module.name, name);
    };
    const std::vector<std::string>& names = made_.finding.names;
    const std::string first = history(names[0]);
    const bool is_alike =
        std::ranges::all_of(names, [&](const std::string& name) { return history(name) == first; });
    if (is_alike) made_.finding.suggestion = first;
    if (world_.environment.version_is_guess) made_.finding.confidence = "guess";
  }

  /// Whether a module of the repository has the last name of the standard library's and what is
  /// asked of it: such copies are put in place of the original by import hooks.
  bool has_twin(const Module& module) const {
    const std::vector<uint32_t> files = world_.files_named(last_part(module.name));
    return std::ranges::any_of(files, [&](uint32_t file) {
      if (file == file_) return false;  // binds what this statement asks for
      return std::ranges::all_of(made_.finding.names,
                                 [&](const std::string& name) { return world_.binds(file, name); });
    });
  }

  /// What is asked of a damaged distribution, or of a folder that an uninstalled one left.
  bool describe_lost_symbol(const Module& module) {
    const std::string name = module.name + '.' + made_.finding.names[0];
    const bool is_folder = module.kind == ModuleKind::kNamespacePackage;
    if (is_folder && world_.installed.lost(module.name)) return describe_installed(module.name);
    if (describe_installed(name) || describe_declared_beside(module, name)) return true;
    if (!is_left_folder(module)) return false;
    describe_left_folder(first_part(module.name));
    return true;
  }

  /// A bare folder among the installed packages that no distribution there accounts for.
  bool is_left_folder(const Module& module) const {
    return module.kind == ModuleKind::kNamespacePackage &&
           module.origin == ModuleOrigin::kThirdParty &&
           world_.installed.providers(module.name).empty();
  }

  void describe_left_folder(std::string_view top) {
    describe_third_party(top);
    made_.finding.suggestion += made_.finding.suggestion.empty() ? "" : "; ";
    made_.finding.suggestion += fmt::format("only a folder {} is left", top);
  }

  bool hides_standard_library(const Module& module) const {
    return module.origin == ModuleOrigin::kFirstParty && module.file_id != UINT32_MAX &&
           world_.environment.standard_library.names.contains(module.name);
  }

  bool is_handled() const {
    const bool ends = import_.handler_ends && !(made_.lacks_symbol && import_.handler_keeps_others);
    return (import_.guards & kGuardsOfHandledTry) != 0 && !ends;
  }

  /// What the guards around the statement leave of its kind's class.
  FindingClass guarded(FindingClass kind, GuardedImport before) {
    // What another version or platform runs raises nothing here, and its test is the guard.
    if (import_.never_runs) return FindingClass::kOptional;
    if (kind == FindingClass::kUnknown) return FindingClass::kUnknown;
    const bool escapes = made_.lacks_symbol && (import_.guards & kGuardMissingModuleOnly) != 0;
    if (is_handled() && !escapes) return FindingClass::kOptional;
    if (may_be_replaced_) return FindingClass::kUnknown;
    if (import_.is_probed && !made_.lacks_symbol) return FindingClass::kOptional;
    if (import_.guards & (kGuardExcept | kGuardElse)) {
      const GuardedImport wanted = reached_if(import_.guards);
      if (wanted == GuardedImport::kUnknown || before == GuardedImport::kUnknown) {
        return FindingClass::kUnknown;
      }
      if (before != wanted) return FindingClass::kOptional;
      made_.finding.confidence = "guess";
    }
    // Whether the branch runs is not known: it may be another platform's or version's.
    return import_.guards & kGuardConditional ? FindingClass::kUnknown : kind;
  }

  When when() const {
    const SourceFile& file = world_.tree.files[file_];
    if ((import_.guards & kGuardTypeChecking) || file.kind == FileKind::kStub) return When::kTyping;
    if (import_.scope == Scope::kFunction) return When::kCall;
    const bool is_script = import_.only_as_script || world_.resolved.module_name[file_].empty();
    return is_script ? When::kScript : When::kImport;
  }

  void set(std::string_view code, std::string_view subject, std::string message) {
    made_.finding.code = code;
    made_.finding.message = std::move(message);
    made_.subject = subject;
  }

  const World& world_;
  Providers& providers_;
  std::span<const Resolution> rows_;
  uint32_t file_;
  const FileFacts& facts_;
  const Import& import_;
  Judgement made_{};
  bool may_be_replaced_ = false;  // what lacks the symbol need not be what is imported
};

}  // namespace

GuardedImport reached_if(Guards guards) {
  const Guards which = guards & (kGuardExcept | kGuardElse);
  if (which == kGuardExcept) return GuardedImport::kFails;
  return which == kGuardElse ? GuardedImport::kWorks : GuardedImport::kUnknown;
}

std::string lost_package(const World& world, std::span<const Resolution> rows) {
  const Resolution& row = rows[0];
  if (row.target == UINT32_MAX) return {};
  const Module& found = world.resolved.modules[row.target];
  if (found.origin != ModuleOrigin::kThirdParty) return {};
  for (size_t end = found.name.find('.');; end = found.name.find('.', end + 1)) {
    const std::string name = found.name.substr(0, end);
    const Module* module = end == std::string::npos ? &found : world.module(name);
    const bool may_be_a_folder = !module || module->kind == ModuleKind::kNamespacePackage;
    if (may_be_a_folder && world.installed.lost(name)) return name;
    if (end == std::string::npos) return {};
  }
}

Judgement judge(const World& world, Providers& providers, std::span<const Resolution> rows,
                GuardedImport guarded) {
  return Judge(world, providers, rows).run(guarded);
}

}  // namespace headwater::findings
