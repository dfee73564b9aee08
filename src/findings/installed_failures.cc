#include "findings/installed_failures.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/sort_distinct.h"
#include "findings/installed.h"
#include "model/known_distributions.h"
#include "model/requirement.h"

namespace headwater::findings {
namespace {

/// The requirement of one of the module's distributions that the absent top-level name must be;
/// empty if none is.
std::string required_by(const World& world, std::string_view module, std::string_view absent) {
  const std::string as_imported = normalized_distribution_name(absent);
  std::vector<std::string> known;
  for (const std::string_view name : known_distributions(absent)) {
    known.push_back(normalized_distribution_name(name));
  }
  for (const Distribution* provider : world.installed.providers(module)) {
    for (const std::string& required : provider->requires_dist) {
      const bool is_it =
          required == as_imported || std::ranges::find(known, required) != known.end();
      if (is_it && world.installed.named(required) == nullptr) return required;
    }
  }
  return {};
}

/// The module that the row does not find.
std::string missing_of(const ResolvedTree& resolved, const InstalledCode& code,
                       const Resolution& row) {
  if (row.failure != FailureKind::kMissingSymbol) return std::string(resolved.missing_prefix(row));
  const Module& package = resolved.modules[row.target];
  // A bare folder has no names: what is missing is the package that should stand there.
  if (package.kind == ModuleKind::kNamespacePackage) return package.name;
  const NameId name = code.facts.imported_names()[row.name].name;
  return package.name + '.' + std::string(code.facts.name(name));
}

}  // namespace

void add_installed_failures(const World& main, std::vector<Judgement>& judgements,
                            std::vector<DirectFailure>& undecided) {
  const ResolvedTree& resolved = main.resolved;
  for (const InstalledCode& code : resolved.installed) {
    if (code.is_in_doubt) undecided.push_back({code.module, 0, kNothing, EdgeClass::kImport, true});
  }
  for (const Resolution& row : resolved.installed_rows) {
    const bool is_open = row.outcome == Outcome::kUnknown;
    if (row.failure == FailureKind::kNone && !is_open) continue;
    const InstalledCode& code = resolved.installed[index_of(row.file)];
    const World& world = main.of_environment(code.environment);
    const Module& module = resolved.modules[code.module];
    const std::string missing = missing_of(resolved, code, row);
    if (row.failure == FailureKind::kNone && world.installed.lost(missing) == nullptr) continue;
    // It may come by a way that is not read: a folder that the code puts on the path, a hook.
    const auto leave_open = [&] {
      const EdgeKind when = edge_kind(code.facts.imports()[row.import]);
      if (when != EdgeKind(EdgeClass::kImport)) return;
      undecided.push_back({code.module, row.import, kNothing, when});
    };
    if (is_open) {
      leave_open();
      continue;
    }
    Judgement made;
    made.lacks_symbol = row.failure == FailureKind::kMissingSymbol;
    Finding& finding = made.finding;
    if (const auto fault = installed_fault(world, missing); fault && fault->is_certain) {
      finding.code = fault->code;
      finding.message = fault->message;
      finding.suggestion = fault->suggestion;
      made.distribution = made.subject = fault->distribution->name;
    } else if (missing.find('.') == std::string_view::npos && row.target == UINT32_MAX) {
      const std::string required = required_by(world, module.name, missing);
      if (required.empty()) {
        leave_open();
        continue;
      }
      made.subject = world.distribution_for(missing, world.project_of(""), made.declared_in);
      made.distribution = made.subject;
      finding.code = made.declared_in.empty() ? "HW202" : "HW201";
      finding.message = fmt::format("{} is not installed", made.subject);
      finding.suggestion = fmt::format("{} requires it", first_part(module.name));
    } else {
      leave_open();
      continue;
    }
    finding.finding_class = FindingClass::kEnvironment;
    finding.confidence = "certain";
    finding.module = resolved.module_asked(row);
    finding.file = seen_in_environment(main, module.file);
    finding.line = code.facts.imports()[row.import].line;
    made.installed = index_of(row.file);
    made.statement = row.import;
    judgements.push_back(std::move(made));
  }
}

std::vector<std::string> distributions_in_doubt(const World& main) {
  const ResolvedTree& resolved = main.resolved;
  std::vector<std::string> all;
  const auto add = [&](const World& world, const Distribution* distribution) {
    if (distribution != nullptr) all.push_back(loss_text(world, *distribution));
  };
  for (const InstalledCode& code : resolved.installed) {
    if (!code.is_in_doubt) continue;
    const World& world = main.of_environment(code.environment);
    for (const Distribution* one : world.installed.providers(resolved.modules[code.module].name)) {
      if (one->lacks_modules()) add(world, one);
    }
  }
  for (const Resolution& row : resolved.installed_rows) {
    if (row.outcome != Outcome::kUnknown) continue;
    const InstalledCode& code = resolved.installed[index_of(row.file)];
    const World& world = main.of_environment(code.environment);
    add(world, world.installed.lost(missing_of(resolved, code, row)));
  }
  for (const Resolution& row : resolved.resolutions) {
    if (row.outcome != Outcome::kUnknown) continue;
    const uint32_t file = index_of(row.file);
    const World& world = main.in(main.tree.files[file].path);
    if (!world.installed.has_losses()) continue;
    std::string asked(resolved.module_asked(row));
    if (row.name != UINT32_MAX) {
      const FileFacts& facts = main.scanned.facts[file];
      asked.append(1, '.').append(facts.name(facts.imported_names()[row.name].name));
    }
    add(world, world.installed.lost(asked));
  }
  sort_distinct(all);
  return all;
}

}  // namespace headwater::findings
