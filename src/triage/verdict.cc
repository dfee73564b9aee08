#include "triage/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <tuple>
#include <unordered_map>

#include "base/hash.h"
#include "base/paths.h"
#include "triage/findings_at.h"
#include "triage/locate.h"
#include "triage/statements.h"
#include "triage/targets.h"

namespace headwater::triage {
namespace {

using About = ToolEntry::About;

TriageClass class_of(FindingClass value) {
  switch (value) {
    case FindingClass::kFault:
      return TriageClass::kFault;
    case FindingClass::kEnvironment:
      return TriageClass::kEnvironment;
    case FindingClass::kCascade:
      return TriageClass::kCascade;
    case FindingClass::kOptional:
      return TriageClass::kOptional;
    case FindingClass::kDeferred:
      return TriageClass::kDeferred;
    case FindingClass::kUnknown:
    case FindingClass::kPolicy:
      break;
  }
  return TriageClass::kUnknown;
}

class Triage {
 public:
  Triage(const Audit& audit, AuditReport report)
      : audit_(audit),
        finder_(audit.tree),
        statements_(audit.files, audit.tree, audit.scanned, audit.resolved) {
    made_.audit = std::move(report);
    findings_ = std::make_unique<FindingsAt>(made_.audit);
    targets_ = std::make_unique<Targets>(audit, made_.audit);
  }

  TriageReport run(const std::vector<ToolReport>& tools) {
    for (const ToolReport& tool : tools) {
      TriagedReport made{
          tool.name,          tool.tool,       tool.entry_count(), tool.others,
          tool.other_count(), tool.unreadable, tool.warnings,      !tool.entries.empty()};
      for (const ToolEntry& entry : tool.entries) {
        const TriagedImport& import = add(tool.tool, entry);
        made.is_of_other_files = made.is_of_other_files && !is_here(entry, import);
      }
      made_.reports.push_back(std::move(made));
    }
    for (TriagedImport& import : made_.imports) {
      std::ranges::sort(import.said, {}, [](const ToolWords& words) {
        return std::tie(words.tool, words.rule, words.message);
      });
    }
    std::ranges::stable_sort(made_.imports, {}, [](const TriagedImport& one) {
      return std::tie(one.file, one.line, one.module, one.names);
    });
    count();
    return std::move(made_);
  }

 private:
  bool is_here(const ToolEntry& entry, const TriagedImport& import) const {
    if (entry.about != About::kConfiguration) return finder_.exact(import.file) != kNothing;
    return audit_.files.is_file(join_path(audit_.tree.root, import.file));
  }

  const TriagedImport& add(std::string_view tool, const ToolEntry& entry) {
    TriagedImport& import = merged(judge(entry));
    const auto is_same = [&](const ToolWords& words) {
      return words.tool == tool && words.rule == entry.rule && words.message == entry.message;
    };
    auto words = std::ranges::find_if(import.said, is_same);
    if (words == import.said.end()) {
      words = import.said.insert(words, {tool, entry.rule, entry.message, 0});
    }
    words->times += entry.times;
    return import;
  }

  /// The import that it is, as an entry before may have named it.
  TriagedImport& merged(TriagedImport judged) {
    // Which names of a statement are not missing makes no difference.
    const bool names_matter = judged.triage_class != TriageClass::kWorks;
    std::string key = fmt::format("{}\n{}\n{}\n{}", static_cast<int>(judged.triage_class),
                                  judged.file, judged.line, judged.module);
    for (const std::string& name : judged.names) {
      if (names_matter) key.append(1, '\n').append(name);
    }
    const auto place = static_cast<uint32_t>(made_.imports.size());
    const auto [known, is_new] = places_.try_emplace(hash_of(key), place);
    if (is_new) return made_.imports.emplace_back(std::move(judged));
    TriagedImport& import = made_.imports[known->second];
    const bool is_same = import.triage_class == judged.triage_class && import.file == judged.file &&
                         import.line == judged.line && import.module == judged.module;
    if (!is_same) return made_.imports.emplace_back(std::move(judged));  // of the same hash
    for (std::string& name : judged.names) {
      const auto at = std::ranges::lower_bound(import.names, name);
      if (at == import.names.end() || *at != name) import.names.insert(at, std::move(name));
    }
    return import;
  }

  TriagedImport judge(const ToolEntry& entry) {
    if (entry.about == About::kConfiguration) return targets_->judge(entry);
    if (!entry.frames.empty()) return of_frames(entry);
    const Located located = finder_.find(entry.file);
    if (located.file == kNothing) return without_file(entry, located);
    if (entry.about == About::kSyntax) return of_syntax(entry, located.file);
    if (entry.line == 0) return of_file(entry, located.file);
    const uint32_t statement = statements_.at(located.file, entry.line, entry);
    if (statement == kNothing) return stale(entry, located.file, entry.line);
    return of_statement(entry, located.file, statement);
  }

  /// As the tool says, before it is judged.
  static TriagedImport as_told(const ToolEntry& entry) {
    TriagedImport told;
    told.file = entry.file;
    told.line = entry.line;
    told.module = entry.module;
    told.names = entry.symbols;
    std::ranges::sort(told.names);
    return told;
  }

  static TriagedImport without_file(const ToolEntry& entry, const Located& located) {
    TriagedImport made = as_told(entry);
    made.triage_class = located.is_gone ? TriageClass::kStale : TriageClass::kUnknown;
    made.why = located.why;
    return made;
  }

  const std::string& path(uint32_t file) const { return audit_.tree.files[file].path; }

  TriagedImport stale(const ToolEntry& entry, uint32_t file, uint32_t line) {
    TriagedImport made = as_told(entry);
    made.file = path(file);
    made.line = line;
    if (!audit_.scanned.was_read[file]) {
      made.why = "the file was not read";
      return made;
    }
    made.triage_class = TriageClass::kStale;
    made.why = "the line does not say so any more";
    const uint32_t now = entry.frames.empty() ? statements_.anywhere(file, entry) : kNothing;
    if (now == kNothing) return made;
    const TriagedImport there = of_statement(entry, file, now);
    made.why += fmt::format("; line {} does: {}", there.line, there.why);
    return made;
  }

  /// What is said of a file as a whole: the first statement that fails of what is named, or of
  /// anything.
  TriagedImport of_file(const ToolEntry& entry, uint32_t file) {
    TriagedImport made;
    const auto imports = audit_.scanned.facts[file].imports();
    for (uint32_t i = 0; i < imports.size(); ++i) {
      TriagedImport one = of_statement(entry, file, i);
      if (is_real(one.triage_class)) return one;
    }
    made = as_told(entry);
    made.file = path(file);
    made.triage_class = TriageClass::kWorks;
    made.why = "no import of the file fails here";
    if (state_of(file) == ModuleState::kUnknown) {
      made.triage_class = TriageClass::kUnknown;
      made.why = "what the file runs when imported cannot be decided by reading";
    }
    return made;
  }

  ModuleState state_of(uint32_t file) const {
    const uint32_t node = audit_.graph.node_of_file[file];
    return node == kNothing ? ModuleState::kImports : audit_.attribution.state[node];
  }

  TriagedImport of_syntax(const ToolEntry& entry, uint32_t file) {
    TriagedImport made;
    made.file = path(file);
    made.line = 0;
    const FindingsAt::Found found = findings_->of_syntax(made.file);
    if (found.is_any()) {
      take(found, made);
      return made;
    }
    made.line = entry.line;
    if (!audit_.scanned.was_read[file]) {
      made.why = "the file was not read";
      return made;
    }
    made.triage_class = TriageClass::kWorks;
    made.why = fmt::format("the file compiles here, for Python {}", made_.audit.python_version);
    return made;
  }

  /// The outermost statement of the repository that imports: what went wrong below it is its cause.
  TriagedImport of_frames(const ToolEntry& entry) {
    Located last{kNothing, false, "no line of the repository is on the way"};
    uint32_t line = 0;
    for (const ReportedFrame& frame : entry.frames) {
      const Located located = finder_.find(frame.file);
      if (located.file == kNothing) {
        if (located.is_gone && last.file == kNothing) last = located;
        continue;
      }
      const uint32_t statement = statements_.at_line(located.file, frame.line);
      if (!statements_.reads(located.file, frame.line, frame.statement)) {
        return stale(entry, located.file, frame.line);
      }
      last = located;
      line = frame.line;
      if (statement != kNothing) return of_raising_statement(entry, located.file, statement);
    }
    if (last.file == kNothing && entry.about == About::kSyntax) {
      const Located at_fault = finder_.find(entry.file);
      if (at_fault.file != kNothing) return of_syntax(entry, at_fault.file);
    }
    if (last.file == kNothing) return without_file(entry, last);
    TriagedImport made = as_told(entry);
    made.file = path(last.file);
    made.line = line;
    made.why = "no import statement of the repository is on the way";
    return made;
  }

  TriagedImport of_raising_statement(const ToolEntry& entry, uint32_t file, uint32_t statement) {
    ToolEntry any = entry;  // the message is about what lies below
    any.module.clear();
    any.symbols.clear();
    TriagedImport made = of_statement(any, file, statement);
    if (made.triage_class == TriageClass::kWorks) made.why += "; the tool met: " + entry.message;
    return made;
  }

  TriagedImport of_statement(const ToolEntry& entry, uint32_t file, uint32_t statement) {
    const FileFacts& facts = audit_.scanned.facts[file];
    const Import& import = facts.imports()[statement];
    TriagedImport made;
    made.file = path(file);
    made.line = facts.place(import.line).line;
    made.module = statements_.module(file, statement);
    const FindingsAt::Found found = findings_->of_statement(made.file, facts, import, made.module);
    if (found.is_any()) {
      take(found, made);
      if (of_other_names(entry, found, made)) {
        works(entry, file, statement, made);
      }
      return made;
    }
    if (!is_undecided(file, statement, made)) works(entry, file, statement, made);
    return made;
  }

  /// Takes class, cause and words of the finding.
  void take(const FindingsAt::Found& found, TriagedImport& made) const {
    const bool is_suppressed = found.finding < 0;
    const Finding& finding = is_suppressed
                                 ? made_.audit.suppressed[static_cast<size_t>(found.suppressed)]
                                 : made_.audit.findings[static_cast<size_t>(found.finding)];
    made.finding = found.finding;
    made.line = finding.line;
    made.module = finding.module;
    made.names = finding.names;
    made.cause = is_suppressed ? -1 : finding.cause;
    made.triage_class = is_suppressed ? TriageClass::kDeferred : class_of(finding.finding_class);
    made.why = finding.message;
    if (is_suppressed) made.why += "; a comment at the statement says to ignore it";
  }

  /// Whether the entry names other names of the statement than those that the module lacks.
  bool of_other_names(const ToolEntry& entry, const FindingsAt::Found& found,
                      TriagedImport& made) const {
    if (entry.symbols.empty() || made.names.empty() || found.finding < 0) return false;
    if (made.triage_class == TriageClass::kCascade) return false;
    std::vector<std::string> named;
    for (const std::string& name : made.names) {
      if (std::ranges::find(entry.symbols, name) != entry.symbols.end()) named.push_back(name);
    }
    if (named.empty()) return true;
    made.names = std::move(named);
    return false;
  }

  /// Says so, and why.
  bool is_undecided(uint32_t file, uint32_t statement, TriagedImport& made) const {
    const uint32_t node = audit_.graph.node_of_file[file];
    const auto rows = statements_.rows(file, statement);
    const bool is_unresolved = std::ranges::any_of(rows, [](const Resolution& row) {
      return row.outcome == Outcome::kUnknown || row.outcome == Outcome::kAmbiguous;
    });
    if (is_unresolved) {
      made.why = "what is found cannot be decided by reading";
      return true;
    }
    if (node == kNothing) return false;
    for (uint32_t edge = audit_.graph.offsets[node]; edge < audit_.graph.offsets[node + 1];
         ++edge) {
      if (audit_.graph.statements[edge] != statement) continue;
      if (audit_.attribution.state[audit_.graph.targets[edge]] != ModuleState::kUnknown) continue;
      made.why = "it is there, and what it runs when imported cannot be decided by reading";
      return true;
    }
    return false;
  }

  static std::string installed_here(std::string_view rule) {
    if (rule == "import-untyped") return "it is installed here, without types";
    if (rule == "DEP001") return "it is installed here: the tool is about what is declared";
    return "it is installed here: the tool looked in another environment";
  }

  /// Nothing fails: where headwater finds it tells what the tool did not see.
  void works(const ToolEntry& entry, uint32_t file, uint32_t statement, TriagedImport& made) const {
    made.triage_class = TriageClass::kWorks;
    made.finding = -1;
    made.cause = -1;
    made.names = entry.symbols;
    std::ranges::sort(made.names);
    made.why = "it imports here";
    if (!entry.symbols.empty()) {
      made.why = "it has the name here";
      return;
    }
    for (const Resolution& row : statements_.rows(file, statement)) {
      if (row.outcome == Outcome::kStandardLibrary) {
        made.why = "it is in the standard library";
      } else if (row.outcome == Outcome::kDistribution) {
        made.why = "it is locked";
      }
      if (row.target == UINT32_MAX) break;
      const Module& target = audit_.resolved.modules[row.target];
      if (target.origin == ModuleOrigin::kFirstParty && target.file_id != UINT32_MAX) {
        made.why = "it is " + path(target.file_id);
        if (entry.frames.empty()) made.why += ", where the tool did not look";
      } else if (target.origin == ModuleOrigin::kThirdParty) {
        made.why = installed_here(entry.rule);
      } else if (target.origin == ModuleOrigin::kStandardLibrary) {
        made.why = "it is in the standard library";
      }
      break;
    }
  }

  void count() {
    std::map<int, TriagedCause> causes;
    for (const TriagedImport& import : made_.imports) {
      ++made_.by_class[static_cast<size_t>(import.triage_class)];
      if (import.cause < 0) continue;
      TriagedCause& cause = causes[import.cause];
      cause.cause = static_cast<uint32_t>(import.cause);
      ++cause.imports[static_cast<size_t>(import.triage_class)];
      ++cause.total;
    }
    for (const auto& [number, cause] : causes) made_.causes.push_back(cause);
    std::ranges::stable_sort(made_.causes, std::greater<>(), &TriagedCause::total);
  }

  const Audit& audit_;
  FileFinder finder_;
  Statements statements_;
  TriageReport made_;
  std::unique_ptr<FindingsAt> findings_;
  std::unique_ptr<Targets> targets_;
  std::unordered_map<uint64_t, uint32_t> places_;  // by hash: into the imports
};

}  // namespace

TriageReport triage(const Audit& audit, AuditReport report, const std::vector<ToolReport>& tools) {
  return Triage(audit, std::move(report)).run(tools);
}

}  // namespace headwater::triage
