#include "findings/find.h"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <tuple>

#include "findings/causes.h"
#include "findings/judge.h"
#include "findings/kinds.h"

namespace headwater::findings {
namespace {

/// The rows of one import statement.
using Rows = std::span<const Resolution>;

bool fails(Rows rows) {
  return std::ranges::any_of(
      rows, [](const Resolution& row) { return row.failure != FailureKind::kNone; });
}

bool is_unknown(Rows rows) {
  return std::ranges::any_of(rows, [](const Resolution& row) {
    return row.outcome == Outcome::kUnknown || row.outcome == Outcome::kAmbiguous;
  });
}

/// Whether the statements of one file's handlers and `else` clauses are reached.
class GuardedImports {
 public:
  void enter(const FileFacts& facts) {
    facts_ = &facts;
    outcomes_.assign(facts.imports().size(), GuardedImport::kUnknown);
  }

  /// What became of the import that the innermost `try` around this handler or `else` protects. A
  /// handler inside of a handler is reached only if the outer one is.
  GuardedImport before(uint32_t import) const {
    const uint16_t back = facts_->imports()[import].guarded_back;
    return back == 0 ? GuardedImport::kUnknown : outcomes_[import - back];
  }

  /// Takes note of what the next statement does if it is reached.
  void note(uint32_t index, GuardedImport outcome) {
    const Import& import = facts_->imports()[index];
    GuardedImport& noted = outcomes_[index];
    noted = outcome;
    if (import.guards & kGuardConditional) noted = GuardedImport::kUnknown;
    if ((import.guards & (kGuardExcept | kGuardElse)) == 0) return;
    const GuardedImport wanted = reached_if(import.guards);
    const GuardedImport reached = before(index);
    if (wanted == GuardedImport::kUnknown || reached == GuardedImport::kUnknown) {
      noted = GuardedImport::kUnknown;
    } else if (reached != wanted) {
      noted = GuardedImport::kNotReached;
    }
  }

 private:
  const FileFacts* facts_ = nullptr;
  std::vector<GuardedImport> outcomes_;  // by import
};

template <typename Visit>
void for_each_statement(const std::vector<Resolution>& all, Visit visit) {
  for (size_t begin = 0; begin < all.size();) {
    size_t end = begin + 1;
    while (end < all.size() && all[end].file == all[begin].file &&
           all[end].import == all[begin].import) {
      ++end;
    }
    visit(Rows(all).subspan(begin, end - begin));
    begin = end;
  }
}

/// Code, path, subject, symbols and the ordinal among equals in the file: no lines, so that it
/// survives edits.
void set_fingerprints(std::vector<Finding>& findings) {
  std::map<std::string, uint32_t> seen;
  for (Finding& finding : findings) {
    std::string text = finding.code + '\0' + finding.file + '\0' + finding.module;
    for (const std::string& name : finding.names) text += '\0' + name;
    text += '\0' + std::to_string(seen[text]++);
    finding.fingerprint = XXH3_64bits(text.data(), text.size());
  }
}

void summarize(const World& world, AuditReport& report, const std::set<std::string>& uncertain) {
  AuditSummary& summary = report.summary;
  summary.files = world.tree.files.size();
  summary.unread = world.tree.unread.size() + world.scanned.unread.size();
  const std::set<std::string> modules(world.resolved.module_name.begin(),
                                      world.resolved.module_name.end());
  summary.modules = modules.size() - modules.count("");
  for (const FileFacts& facts : world.scanned.facts) summary.imports += facts.imports().size();
  for (const Finding& finding : report.findings) {
    summary.failing_imports += finding.finding_class != FindingClass::kUnknown;
    summary.optional_absent += finding.finding_class == FindingClass::kOptional;
  }
  std::set<std::string> failing;
  for (const Cause& cause : report.causes) {
    if (cause.finding_class == FindingClass::kUnknown) continue;
    failing.insert(cause.blocked_modules.begin(), cause.blocked_modules.end());
  }
  summary.failing_modules = failing.size();
  summary.uncertain_modules = static_cast<uint64_t>(std::ranges::count_if(
      uncertain, [&](const std::string& module) { return !failing.contains(module); }));
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

void describe_choices(const World& world, AuditReport& report) {
  report.root = world.tree.root;
  for (const SourceRoot& root : world.layout.roots) {
    report.roots.push_back(root.path.empty() ? "." : root.path);
  }
  report.roots_why = world.layout.why;
  const PythonEnvironment& environment = world.environment;
  report.environment_path = environment.prefix;
  report.environment_why = environment.why;
  report.python_version =
      fmt::format("{}.{}", environment.version.major, environment.version.minor);
  report.platform = environment.platform;
  const auto count = [&](Wholeness state) {
    return static_cast<uint64_t>(std::ranges::count_if(
        environment.distributions,
        [&](const Distribution& one) { return one.files.wholeness == state; }));
  };
  report.distributions_present = environment.distributions.size();
  report.distributions_damaged = count(Wholeness::kDamaged);
  report.distributions_modified = count(Wholeness::kModified);
  report.environment_verdict = verdict(environment, report.causes);
}

}  // namespace

AuditReport find(const World& world, const FindOptions& options) {
  AuditReport report;
  std::vector<Judgement> judgements;
  std::set<std::string> uncertain;
  FileId file{UINT32_MAX};
  GuardedImports guarded;
  for_each_statement(world.resolved.resolutions, [&](Rows rows) {
    const uint32_t index = index_of(rows[0].file);
    const FileFacts& facts = world.scanned.facts[index];
    if (rows[0].file != file) guarded.enter(facts);
    file = rows[0].file;
    const uint32_t number = rows[0].import;
    const bool failed = fails(rows);
    if (is_unknown(rows) && facts.imports()[number].scope != Scope::kFunction) {
      uncertain.insert(world.resolved.module_name[index]);
    }
    if (!failed) {
      guarded.note(number, is_unknown(rows) ? GuardedImport::kUnknown : GuardedImport::kWorks);
      if (lost_package(world, rows).empty()) return;
    }
    Judgement made = judge(world, rows, guarded.before(number));
    const bool certain = finding_kind(made.finding.code).finding_class != FindingClass::kUnknown;
    if (failed) guarded.note(number, certain ? GuardedImport::kFails : GuardedImport::kUnknown);
    if (options.selection.takes(made.finding.code)) judgements.push_back(std::move(made));
  });
  uncertain.erase("");
  std::ranges::stable_sort(judgements, {}, [](const Judgement& made) {
    const Finding& finding = made.finding;
    return std::tie(finding.file, finding.line, finding.column, finding.code);
  });
  group_by_cause(world, judgements, report);
  set_fingerprints(report.findings);
  summarize(world, report, uncertain);
  describe_choices(world, report);
  return report;
}

}  // namespace headwater::findings
