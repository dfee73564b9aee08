#include "findings/find.h"

#define XXH_INLINE_ALL
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "findings/cascades.h"
#include "findings/causes.h"
#include "findings/declared_use.h"
#include "findings/installed_failures.h"
#include "findings/judge.h"
#include "findings/judge_statements.h"
#include "findings/kinds.h"
#include "findings/moved.h"
#include "findings/run_time.h"
#include "findings/sibling_use.h"
#include "findings/strings.h"
#include "findings/suppressions.h"
#include "findings/syntax.h"

namespace headwater::findings {
namespace {

/// Sorts by `key`, stably. Files and statements come in order; what does not was appended behind
/// them, and is sorted by itself and merged: a sort of all would move every record many times.
template <typename Record, typename Key>
void order(std::vector<Record>& records, Key key) {
  const auto appended = std::ranges::is_sorted_until(records, {}, key);
  std::ranges::stable_sort(appended, records.end(), {}, key);
  std::ranges::inplace_merge(records.begin(), appended, records.end(), {}, key);
}

/// Code, path, subject, symbols and the ordinal among equals in the file: no lines, so that it
/// survives edits.
void set_fingerprints(AuditReport& report) {
  std::map<std::string, uint32_t> seen;  // in one file
  std::vector<Finding*> all;
  all.reserve(report.findings.size() + report.suppressed.size());
  for (Finding& finding : report.findings) all.push_back(&finding);
  for (Finding& finding : report.suppressed) all.push_back(&finding);
  const auto suppressed = all.end() - static_cast<ptrdiff_t>(report.suppressed.size());
  std::ranges::inplace_merge(all, suppressed, {}, [](const Finding* finding) {
    return std::tie(finding->file, finding->cell, finding->line, finding->column);
  });
  const std::string* file = nullptr;
  for (Finding* const each : all) {
    Finding& finding = *each;
    if (file == nullptr || *file != finding.file) seen.clear();
    file = &finding.file;
    std::string text = std::string(finding.code) + '\0' + finding.file + '\0' + finding.module;
    for (const std::string& name : finding.names) text += '\0' + name;
    text += '\0' + std::to_string(seen[text]++);
    finding.fingerprint = hash_of(text);
  }
}

/// By cause.
std::vector<Raised> raised_by(const std::vector<Cause>& causes,
                              const std::vector<Judgement>& judgements) {
  std::vector<Raised> raised(causes.size(), Raised::kModuleNotFoundError);
  std::vector<uint8_t> seen(causes.size());
  for (const Judgement& judged : judgements) {
    if (judged.finding.cause < 0) continue;
    const auto cause = static_cast<size_t>(judged.finding.cause);
    const Raised own = judged.lacks_symbol ? Raised::kImportError : Raised::kModuleNotFoundError;
    const bool differs = seen[cause] != 0 && raised[cause] != own;
    raised[cause] = differs ? Raised::kEitherOfThem : own;
    seen[cause] = 1;
  }
  for (size_t cause = 0; cause < causes.size(); ++cause) {
    if (causes[cause].code.starts_with("HW3")) raised[cause] = Raised::kSyntaxError;
  }
  return raised;
}

/// Of the scanned text; 0 where nothing but the file is meant.
uint32_t scanned_line(const World& world, const Judgement& judged) {
  const FileFacts& facts = world.scanned.facts[judged.file];
  if (judged.statement != UINT32_MAX) return facts.imports()[judged.statement].line;
  return judged.finding.cell == 0 ? judged.finding.line : 0;
}

/// Whether a comment does. In configuration files none can.
bool suppress(const World& world, Suppressions& suppressions, const Judgement& judged) {
  return judged.file != UINT32_MAX &&
         suppressions.suppress(judged.file, scanned_line(world, judged), judged.finding);
}

/// To those that a comment suppresses, or to the others.
void add(const World& world, std::vector<Judgement> judgements, DirectFindings& made) {
  for (Judgement& judged : judgements) {
    const bool suppressed = suppress(world, made.suppressions, judged);
    (suppressed ? made.suppressed : made.judgements).push_back(std::move(judged));
  }
}

/// A statement of unknown verdict fails nothing, and leaves its module unknown.
void add_failure(const World& world, const ImportGraph& graph, const Judgement& judged,
                 bool suppressed, std::vector<DirectFailure>& failures) {
  if (judged.installed != UINT32_MAX) {
    const InstalledCode& code = world.resolved.installed[judged.installed];
    failures.push_back({code.module, judged.statement, static_cast<uint32_t>(judged.finding.cause),
                        edge_kind(code.facts.imports()[judged.statement])});
    return;
  }
  const uint32_t node = graph.node_of_file[judged.file];
  if (node == kNothing) return;
  DirectFailure failure{node, 0, static_cast<uint32_t>(judged.finding.cause), EdgeClass::kImport};
  // What is left of a package imports; whether it is used at import time is not known.
  if (suppressed || !judged.raises || judged.finding.finding_class == FindingClass::kUnknown) {
    failure.cause = kNothing;
  }
  failure.is_of_file = judged.statement == UINT32_MAX;
  if (!failure.is_of_file) {
    failure.statement = judged.statement;
    failure.when = edge_kind(world.scanned.facts[judged.file].imports()[judged.statement],
                             graph.is_entry(node));
  }
  failures.push_back(failure);
}

/// Moves out what a comment suppresses; the others stay in their order.
void take_suppressed(const World& world, DirectFindings& made) {
  size_t kept = 0;
  for (Judgement& judged : made.judgements) {
    if (suppress(world, made.suppressions, judged)) {
      made.suppressed.push_back(std::move(judged));
    } else if (Judgement& place = made.judgements[kept++]; &place != &judged) {
      place = std::move(judged);
    }
  }
  made.judgements.resize(kept);
}

/// Moves out what the configuration defers; the others stay in their order. What is installed is in
/// no report.
void take_deferred(DirectFindings& made) {
  size_t kept = 0;
  for (Judgement& judged : made.judgements) {
    if (judged.installed == UINT32_MAX && made.deferrals.defer(judged.finding)) {
      made.deferred.push_back(std::move(judged));
    } else if (Judgement& place = made.judgements[kept++]; &place != &judged) {
      place = std::move(judged);
    }
  }
  made.judgements.resize(kept);
}

/// What strings and declarations name; and what is for the verdicts that are known to tell.
bool fails_no_module(const Judgement& judged) {
  return !is_about_imports(judged.finding.code) || judged.depends_on_entry;
}

void add_moved(const World& world, const Judgement& judged, const FindOptions& options,
               std::vector<MovedImport>& moved) {
  const Finding& finding = judged.finding;
  // The text of a notebook's statement is not what its file has.
  if (finding.cell != 0 || !options.selection.takes(finding.code)) return;
  const FileFacts& facts = world.scanned.facts[judged.file];
  const Import& import = facts.imports()[judged.statement];
  moved.push_back({finding.file, finding.line, import.offset, import.end, facts.content_hash,
                   finding.module, judged.moved_to});
}

/// What is not read may fail.
void add_unread(const World& world, const ImportGraph& graph,
                std::vector<DirectFailure>& failures) {
  const std::vector<SourceFile>& files = world.tree.files;
  for (const Error& unread : world.scanned.unread) {
    const auto file = std::ranges::lower_bound(files, unread.path, {}, &SourceFile::path);
    if (file == files.end() || file->path != unread.path) continue;
    const uint32_t node = graph.node_of_file[static_cast<size_t>(file - files.begin())];
    if (node != kNothing) failures.push_back({node, 0, kNothing, EdgeClass::kImport, true});
  }
}

void summarize(const World& world, const Cascaded& cascaded, AuditReport& report) {
  AuditSummary& summary = report.summary;
  summary.files = world.tree.files.size();
  summary.unread = world.tree.unread.size() + world.scanned.unread.size();
  for (const FileFacts& facts : world.scanned.facts) summary.imports += facts.imports().size();
  for (const Finding& finding : report.findings) {
    summary.failing_imports += raises(finding) && is_about_imports(finding.code);
    summary.optional_absent += finding.finding_class == FindingClass::kOptional;
    summary.third_party_failing += raises(finding) && finding.code.starts_with("HW2");
  }
  const std::vector<uint8_t> counted = counted_nodes(world, cascaded.graph);
  for (size_t node = 0; node < counted.size(); ++node) {
    summary.modules += counted[node];
    summary.uncertain_modules +=
        counted[node] && cascaded.attribution.state[node] == ModuleState::kUnknown;
  }
  summary.failing_modules = report.failing_modules.size();
  for (const Resolution& row : world.resolved.resolutions) {
    const bool installed = row.target != UINT32_MAX && row.name == UINT32_MAX &&
                           row.failure == FailureKind::kNone &&
                           world.resolved.modules[row.target].origin == ModuleOrigin::kThirdParty;
    summary.third_party_imports += installed;
  }
  summary.third_party_imports += summary.third_party_failing;
}

/// Lists what each cause blocks.
void count_victims(const World& world, const Cascaded& cascaded, AuditReport& report) {
  const Attribution& attribution = cascaded.attribution;
  const std::vector<uint8_t> counted = counted_nodes(world, cascaded.graph);
  std::vector<uint32_t> failing;
  for (uint32_t node = 0; node < counted.size(); ++node) {
    if (attribution.state[node] != ModuleState::kFails) continue;
    if (counted[node]) {
      failing.push_back(node);
    } else if (cascaded.graph.is_entry(node)) {
      const std::string& path = world.tree.files[cascaded.graph.file[node]].path;
      for (const uint32_t cause : attribution.sets[attribution.cause_set[node]]) {
        report.causes[cause].entries.push_back(path);
      }
    }
  }
  std::ranges::stable_sort(failing, {}, [&](uint32_t node) -> const std::string& {
    return world.resolved.modules[node].name;
  });
  for (const uint32_t node : failing) {
    for (const uint32_t cause : attribution.sets[attribution.cause_set[node]]) {
      report.causes[cause].blocked.push_back(static_cast<uint32_t>(report.failing_modules.size()));
    }
    report.failing_modules.push_back(world.resolved.modules[node].name);
  }
  for (size_t cause = 0; cause < report.causes.size(); ++cause) {
    report.causes[cause].sole = attribution.sole[cause];
  }
}

/// Puts the causes in the order of the plan, then those that block no module: what fails for
/// certain first. Causes that only guarded imports have need no repair and are left out. The answer
/// is their new numbers by the old ones; -1: left out.
std::vector<int> order_causes(const std::vector<PlanStep>& plan, AuditReport& report) {
  std::vector<uint32_t> order;
  std::vector<bool> taken(report.causes.size());
  const auto take = [&](uint32_t cause) {
    if (!taken[cause]) order.push_back(cause);
    taken[cause] = true;
  };
  for (const PlanStep& step : plan) take(step.cause);
  for (const bool unknown : {false, true}) {
    for (uint32_t cause = 0; cause < report.causes.size(); ++cause) {
      const Cause& known = report.causes[cause];
      if (known.findings.empty()) continue;
      if ((known.finding_class == FindingClass::kUnknown) == unknown) take(cause);
    }
  }
  std::vector<int> number(report.causes.size(), -1);
  std::vector<Cause> ordered;
  for (const uint32_t cause : order) {
    number[cause] = static_cast<int>(ordered.size());
    ordered.push_back(std::move(report.causes[cause]));
  }
  report.causes = std::move(ordered);
  for (Finding& finding : report.findings) {
    if (finding.cause >= 0) finding.cause = number[static_cast<size_t>(finding.cause)];
  }
  for (const PlanStep& step : plan) {
    report.plan.push_back(
        {static_cast<uint32_t>(number[step.cause]), step.unblocks, step.remaining});
  }
  return number;
}

/// Takes out the causes whose findings are all of codes that are not selected. Without one of them
/// the numbers of the plan would be those of no order of repairs, so there is none.
void leave_out_causes(const std::vector<bool>& has_hidden, AuditReport& report) {
  std::vector<int> number(report.causes.size(), -1);
  size_t kept = 0;
  for (size_t cause = 0; cause < report.causes.size(); ++cause) {
    if (has_hidden[cause] && report.causes[cause].findings.empty()) continue;
    number[cause] = static_cast<int>(kept);
    if (kept != cause) report.causes[kept] = std::move(report.causes[cause]);
    ++kept;
  }
  if (kept == report.causes.size()) return;
  report.causes.resize(kept);
  for (Finding& finding : report.findings) {
    if (finding.cause >= 0) finding.cause = number[static_cast<size_t>(finding.cause)];
  }
  const bool is_whole = std::ranges::all_of(
      report.plan, [&](const PlannedRepair& step) { return number[step.cause] >= 0; });
  if (!is_whole) report.plan.clear();
  for (PlannedRepair& step : report.plan) step.cause = static_cast<uint32_t>(number[step.cause]);
}

std::string verdict(const PythonEnvironment& environment, const std::vector<Cause>& causes) {
  if (!environment.has_packages()) return "none";
  const auto is_kind = [](std::string_view kind) {
    return [kind](const Cause& cause) {
      return cause.kind == kind && cause.finding_class != FindingClass::kUnknown;
    };
  };
  if (std::ranges::any_of(causes, is_kind("damaged-distribution"))) return "damaged";
  const auto absent = std::ranges::count_if(causes, is_kind("missing-distribution"));
  return static_cast<uint64_t>(absent) > environment.distributions.size() ? "bare" : "present";
}

ReportedEnvironment described(const PythonEnvironment& environment, const std::string& folder) {
  const auto count = [&](Wholeness state) {
    return static_cast<uint64_t>(std::ranges::count_if(
        environment.distributions,
        [&](const Distribution& one) { return one.files.wholeness == state; }));
  };
  return {folder,
          environment.prefix,
          fmt::format("{}.{}", environment.version.major, environment.version.minor),
          environment.platform,
          environment.distributions.size(),
          count(Wholeness::kDamaged),
          count(Wholeness::kModified)};
}

void describe_choices(const World& world, AuditReport& report) {
  report.root = world.tree.root;
  for (const SourceRoot& root : world.layout.roots) {
    report.roots.push_back(root.path.empty() ? "." : root.path);
  }
  report.roots_why = world.layout.why;
  const PythonEnvironment& environment = world.environment;
  ReportedEnvironment main = described(environment, "");
  report.environment_path = std::move(main.path);
  report.environment_why = environment.why;
  report.python_version = std::move(main.python_version);
  report.platform = std::move(main.platform);
  report.distributions_present = main.distributions_present;
  report.distributions_damaged = main.distributions_damaged;
  report.distributions_modified = main.distributions_modified;
  report.distributions_absent = static_cast<uint64_t>(std::ranges::count_if(
      report.causes, [](const Cause& cause) { return cause.kind == "missing-distribution"; }));
  report.environment_verdict = verdict(environment, report.causes);
  for (const ProjectEnvironment& own : world.project_environments) {
    report.project_environments.push_back(described(own.environment, own.folder));
  }
}

}  // namespace

DirectFindings find_direct(const World& world, const ImportGraph& graph,
                           const SimulatedNodes& simulated, const FindOptions& options) {
  DirectFindings made;
  made.suppressions = Suppressions(world.scanned);
  made.deferrals = Deferrals(options.deferrals, options.today);
  StatementJudgements judged_statements = judge_statements(world, graph);
  made.failures = std::move(judged_statements.undecided);
  made.judgements = std::move(judged_statements.judgements);
  settle_moves(world, made.judgements);
  take_suppressed(world, made);
  add_installed_failures(world, made.judgements, made.failures);
  if (options.selection.names("HW5")) {
    std::vector<Judgement> declared = declared_against_used(world);
    std::ranges::move(undeclared_siblings(world), std::back_inserter(declared));
    for (Judgement& judged : declared) {
      const bool suppressed =
          judged.statement != UINT32_MAX && suppress(world, made.suppressions, judged);
      (suppressed ? made.suppressed : made.judgements).push_back(std::move(judged));
    }
  }
  add(world, judge_strings(world), made);
  add(world, judge_syntax(world), made);
  const RunTime run_time(world, graph, simulated);
  add(world, run_time.judgements(made.judgements), made);
  order(made.judgements, [](const Judgement& judged) {
    const Finding& finding = judged.finding;
    return std::tie(finding.file, finding.cell, finding.line, finding.column, finding.code);
  });
  if (!options.deferrals.empty()) take_deferred(made);
  made.causes = number_causes(world, made.judgements);
  made.raised = raised_by(made.causes, made.judgements);
  for (const Judgement& judged : made.judgements) {
    if (fails_no_module(judged)) continue;
    add_failure(world, graph, judged, false, made.failures);
  }
  for (const std::vector<Judgement>* quiet : {&made.suppressed, &made.deferred}) {
    for (const Judgement& judged : *quiet) {
      if (fails_no_module(judged)) continue;
      add_failure(world, graph, judged, true, made.failures);
    }
  }
  add_unread(world, graph, made.failures);
  std::ranges::stable_sort(made.failures, {}, [](const DirectFailure& failure) {
    return std::tuple(failure.node, !failure.is_of_file, failure.statement);
  });
  std::vector<Judgement> quiet = made.suppressed;
  quiet.insert(quiet.end(), made.deferred.begin(), made.deferred.end());
  made.known = run_time.known(made.judgements, quiet);
  made.spared = run_time.spared();
  return made;
}

std::vector<uint8_t> counted_nodes(const World& world, const ImportGraph& graph) {
  std::vector<uint8_t> counted(graph.node_count());
  for (uint32_t node = 0; node < graph.module_count; ++node) {
    counted[node] = graph.file[node] != kNothing && world.resolved.module_name[graph.file[node]] ==
                                                        world.resolved.modules[node].name;
  }
  return counted;
}

AuditReport find(const World& world, const Cascaded& cascaded, const FindOptions& options) {
  AuditReport report;
  // What is selected decides what is shown and what fails the run, never what fails to import.
  std::vector<bool> has_hidden(cascaded.direct.causes.size());  // by cause
  const auto show = [&](Finding& finding, std::vector<Finding>& shown) {
    if (options.selection.takes(finding.code)) {
      shown.push_back(std::move(finding));
      return;
    }
    ++report.summary.not_selected;
    if (finding.cause >= 0) has_hidden[static_cast<size_t>(finding.cause)] = true;
  };
  std::vector<Judgement> cascades = cascade_findings(world, cascaded);
  std::ranges::move(cascades_to_strings(world, cascaded), std::back_inserter(cascades));
  report.causes = std::exchange(cascaded.direct.causes, {});
  report.findings.reserve(cascaded.direct.judgements.size() + cascades.size());
  for (Judgement& judged : std::exchange(cascaded.direct.judgements, {})) {
    if (judged.installed != UINT32_MAX) continue;
    if (!judged.moved_to.empty()) add_moved(world, judged, options, report.moved);
    show(judged.finding, report.findings);
  }
  for (Judgement& judged : std::exchange(cascaded.direct.suppressed, {})) {
    show(judged.finding, report.suppressed);
  }
  for (Judgement& judged : std::exchange(cascaded.direct.deferred, {})) {
    show(judged.finding, report.findings);
  }
  Suppressions suppressions = cascaded.direct.suppressions;
  Deferrals deferrals = cascaded.direct.deferrals;
  for (Judgement& judged : cascades) {
    const bool suppressed = suppress(world, suppressions, judged);
    if (!suppressed) deferrals.defer(judged.finding);
    show(judged.finding, suppressed ? report.suppressed : report.findings);
  }
  report.deferrals = deferrals.used();
  std::ranges::move(deferrals.findings(options.selection, world.environment.has_packages()),
                    std::back_inserter(report.findings));
  add_unused_suppressions(world, suppressions, options.selection, report.findings);
  for (std::vector<Finding>* all : {&report.findings, &report.suppressed}) {
    order(*all, [](const Finding& finding) {
      return std::tie(finding.file, finding.cell, finding.line, finding.column, finding.code);
    });
  }
  for (Finding& finding : report.suppressed) finding.cause = -1;
  for (uint32_t i = 0; i < report.findings.size(); ++i) {
    Finding& finding = report.findings[i];
    if (finding.finding_class == FindingClass::kOptional) finding.cause = -1;
    if (finding.cause >= 0) {
      report.causes[static_cast<size_t>(finding.cause)].findings.push_back(i);
    }
  }
  count_victims(world, cascaded, report);
  const std::vector<int> number = order_causes(cascaded.plan, report);
  set_fingerprints(report);
  summarize(world, cascaded, report);
  describe_choices(world, report);
  std::vector<bool> hides(report.causes.size());
  for (size_t cause = 0; cause < number.size(); ++cause) {
    if (number[cause] >= 0) hides[static_cast<size_t>(number[cause])] = has_hidden[cause];
  }
  leave_out_causes(hides, report);
  if (report.summary.uncertain_modules != 0) report.in_doubt = distributions_in_doubt(world);
  return report;
}

}  // namespace headwater::findings
