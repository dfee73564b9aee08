#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/paths.h"
#include "findings/cascades.h"
#include "graph/condense.h"
#include "graph/reach.h"
#include "model/requirement.h"
#include "pipeline/attributed.h"

namespace headwater::pipeline {
namespace {

const FileFacts* facts_of(const Attributed& audit, uint32_t node) {
  const uint32_t file = audit.graph.file[node];
  if (file != kNothing) return &audit.made.scanned.facts[file];
  const bool is_module = node < audit.graph.module_count;
  const uint32_t installed = is_module ? audit.graph.installed[node] : kNothing;
  return installed == kNothing ? nullptr : &audit.made.resolved.installed[installed].facts;
}

std::string name_of(const Attributed& audit, uint32_t node) {
  if (node < audit.graph.module_count) return audit.made.resolved.modules[node].name;
  return audit.made.tree.files[audit.graph.file[node]].path;
}

/// The statement as it stands in the file, on one line.
std::string text_of(const FileSystem& files, const Attributed& audit, const ChainStep& step) {
  const FileFacts* const facts = facts_of(audit, step.node);
  if (facts == nullptr || step.statement >= facts->imports().size()) return {};
  const uint32_t file = audit.graph.file[step.node];
  const auto text =
      files.read(file == kNothing ? audit.made.resolved.modules[step.node].file
                                  : join_path(audit.made.root, audit.made.tree.files[file].path));
  const Import& import = facts->imports()[step.statement];
  if (!text || import.end > text->size() || import.offset > import.end) return {};
  std::string line;
  for (const char c : text->substr(import.offset, import.end - import.offset)) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\';
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

WhyStep step_of(const FileSystem& files, const Attributed& audit, const ChainStep& step) {
  return {findings::place_of(*audit.world, audit.graph, step), text_of(files, audit, step),
          name_of(audit, step.node)};
}

/// A node with what is asked of it: all of it, or one statement.
struct Asked {
  uint32_t node = kNothing;
  uint32_t line = 0;
};

Asked find_subject(const Attributed& audit, const std::string& subject) {
  std::string path = subject;
  uint32_t line = 0;
  const size_t colon = subject.rfind(':');
  if (colon != std::string::npos) {
    const char* const end = subject.data() + subject.size();
    const auto read = std::from_chars(subject.data() + colon + 1, end, line);
    if (read.ec == std::errc() && read.ptr == end) path.resize(colon);
  }
  if (path.starts_with("./")) path.erase(0, 2);
  const std::vector<SourceFile>& all = audit.made.tree.files;
  const auto file = std::ranges::lower_bound(all, path, {}, &SourceFile::path);
  if (file != all.end() && file->path == path) {
    return {audit.graph.node_of_file[static_cast<size_t>(file - all.begin())], line};
  }
  Asked found;
  for (uint32_t node = 0; node < audit.graph.module_count; ++node) {
    if (audit.made.resolved.modules[node].name != subject) continue;
    if (found.node == kNothing || audit.counted[node]) found = {node, 0};
    if (audit.counted[node]) break;
  }
  return found;
}

void add_causes(const FileSystem& files, const Attributed& audit, uint32_t node,
                const std::vector<ChainStep>& before, WhyAnswer& answer) {
  const Attribution& attribution = audit.attribution;
  answer.is_unknown |= attribution.state[node] == ModuleState::kUnknown;
  if (attribution.state[node] != ModuleState::kFails) return;
  answer.fails = true;
  const auto set = attribution.sets[attribution.cause_set[node]];
  std::vector<uint32_t> causes(set.begin(), set.end());
  const auto first = std::ranges::find(causes, attribution.first_cause[node]);
  std::rotate(causes.begin(), first, first + 1);
  for (const uint32_t cause : causes) {
    const Cause& known = audit.direct.causes[cause];
    WhyCause why{known.title,
                 known.fix_command.empty() ? known.fix_text : known.fix_command,
                 known.code,
                 {}};
    for (const ChainStep& step : before) why.chain.push_back(step_of(files, audit, step));
    for (const ChainStep& step : witness_chain(audit.graph, attribution, audit.direct.failures,
                                               audit.direct.known, node, cause)) {
      why.chain.push_back(step_of(files, audit, step));
    }
    answer.causes.push_back(std::move(why));
  }
}

/// Of one line: the statements that begin there, by themselves and by what they import.
void add_causes_of_line(const FileSystem& files, const Attributed& audit, const Asked& asked,
                        WhyAnswer& answer) {
  const FileFacts* const facts = facts_of(audit, asked.node);
  for (const DirectFailure& failure : audit.direct.failures) {
    if (failure.node != asked.node || failure.statement >= facts->imports().size()) continue;
    if (facts->imports()[failure.statement].line != asked.line) continue;
    if (failure.cause == kNothing) {
      answer.is_unknown = true;
      continue;
    }
    answer.fails = true;
    const Cause& known = audit.direct.causes[failure.cause];
    answer.causes.push_back({known.title,
                             known.fix_command.empty() ? known.fix_text : known.fix_command,
                             known.code,
                             {step_of(files, audit, {asked.node, failure.statement})}});
  }
  std::set<uint32_t> targets;
  for (uint32_t edge = audit.graph.offsets[asked.node]; edge < audit.graph.offsets[asked.node + 1];
       ++edge) {
    const uint32_t statement = audit.graph.statements[edge];
    if (statement == kNothing || facts->imports()[statement].line != asked.line) continue;
    const uint32_t target = audit.graph.targets[edge];
    if (!targets.insert(target).second || target == asked.node) continue;
    add_causes(files, audit, target, {{asked.node, statement}}, answer);
  }
}

bool has_statement_at(const Attributed& audit, const Asked& asked) {
  const FileFacts* const facts = facts_of(audit, asked.node);
  return facts != nullptr &&
         std::ranges::find(facts->imports(), asked.line, &Import::line) != facts->imports().end();
}

/// Why the node's file was not read.
std::string unread_because(const Attributed& audit, uint32_t node) {
  const uint32_t file = audit.graph.file[node];
  if (file == kNothing) return {};
  const std::vector<Error>& unread = audit.made.scanned.unread;
  const auto found = std::ranges::find(unread, audit.made.tree.files[file].path, &Error::path);
  return found == unread.end() ? std::string() : found->detail;
}

/// Of a subject that no module has: a distribution, or a module that is nowhere. Empty if no cause
/// is about it.
WhyAnswer why_of_cause(const FileSystem& files, const Attributed& audit,
                       const std::string& subject) {
  WhyAnswer answer;
  answer.subject = subject;
  const std::string name = normalized_distribution_name(subject);
  const Attribution& attribution = audit.attribution;
  for (uint32_t number = 0; number < audit.direct.causes.size(); ++number) {
    const Cause& cause = audit.direct.causes[number];
    if (cause.subject != subject && normalized_distribution_name(cause.distribution) != name) {
      continue;
    }
    WhyCause& why = answer.causes.emplace_back();
    why = {cause.title,
           cause.fix_command.empty() ? cause.fix_text : cause.fix_command,
           cause.code,
           {}};
    for (const DirectFailure& failure : audit.direct.failures) {
      if (failure.cause != number) continue;
      why.chain.push_back(step_of(files, audit, {failure.node, failure.statement}));
    }
    for (uint32_t node = 0; node < audit.graph.module_count; ++node) {
      const bool fails = audit.counted[node] && attribution.state[node] == ModuleState::kFails;
      const auto set = attribution.sets[attribution.cause_set[node]];
      if (fails && std::ranges::binary_search(set, number)) {
        answer.blocked.push_back(name_of(audit, node));
      }
    }
  }
  std::ranges::sort(answer.blocked);
  answer.blocked.erase(std::ranges::unique(answer.blocked).begin(), answer.blocked.end());
  answer.fails = !answer.blocked.empty();
  answer.is_unknown = !answer.fails;
  return answer;
}

tl::unexpected<Error> unknown_subject(const std::string& subject) {
  return fail(ErrorCode::kUsage, subject,
              "no module or file of that name is imported or audited; give a dotted name, or a "
              "path relative to the repository");
}

}  // namespace

Result<WhyAnswer> answer_why(const FileSystem& files, const Attributed& audit,
                             const std::string& subject) {
  const Asked asked = find_subject(audit, subject);
  if (asked.node == kNothing) {
    WhyAnswer answer = why_of_cause(files, audit, subject);
    if (!answer.causes.empty()) return answer;
    return unknown_subject(subject);
  }
  WhyAnswer answer;
  answer.subject = subject;
  answer.unread = unread_because(audit, asked.node);
  if (asked.line != 0 && answer.unread.empty() && !has_statement_at(audit, asked)) {
    return fail(ErrorCode::kUsage, subject,
                "no import begins on that line; give FILE:LINE of one, or FILE for all of them");
  }
  if (asked.line == 0) {
    add_causes(files, audit, asked.node, {}, answer);
  } else {
    add_causes_of_line(files, audit, asked, answer);
  }
  return answer;
}

namespace {

/// A shortest way from `start` back to itself inside of its component.
std::vector<ChainStep> shortest_cycle(const ImportGraph& graph, const Condensation& condensation,
                                      uint32_t start) {
  std::unordered_map<uint32_t, std::pair<uint32_t, uint32_t>> reached;  // to source and edge
  std::vector<uint32_t> open{start};
  for (size_t head = 0; head < open.size() && !reached.contains(start); ++head) {
    const uint32_t node = open[head];
    for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
      const uint32_t target = graph.targets[edge];
      const bool inside = condensation.component[target] == condensation.component[start];
      if (!inside || !contains(kImportTimeStatements, graph.classes[edge])) continue;
      if (reached.emplace(target, std::pair(node, edge)).second) open.push_back(target);
    }
  }
  std::vector<ChainStep> path;
  uint32_t node = start;
  do {
    const auto [source, edge] = reached.at(node);
    path.push_back({source, graph.statements[edge]});
    node = source;
  } while (node != start);
  std::ranges::reverse(path);
  return path;
}

bool imports_itself(const ImportGraph& graph, uint32_t node) {
  for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
    const bool runs = contains(kImportTimeStatements, graph.classes[edge]);
    if (runs && graph.targets[edge] == node) return true;
  }
  return false;
}

/// By component of `cycles`.
std::unordered_map<uint32_t, std::vector<FatalStatement>> fatal_statements(
    const Attributed& audit, const Condensation& cycles) {
  std::unordered_map<uint32_t, std::vector<FatalStatement>> found;
  for (const findings::Judgement& judged : audit.direct.judgements) {
    const Finding& finding = judged.finding;
    if (finding.code != "HW121") continue;
    found[cycles.component[audit.graph.node_of_file[judged.file]]].push_back(
        {{finding.file, finding.line, finding.cell}, finding.message, finding.suggestion});
  }
  return found;
}

}  // namespace

std::vector<ImportCycle> answer_cycles(const FileSystem& files, const Attributed& audit) {
  const Condensation cycles = graph::condense(audit.graph, kImportTimeStatements);
  auto fatal = fatal_statements(audit, cycles);
  std::vector<ImportCycle> found;
  for (uint32_t component = 0; component < cycles.component_count(); ++component) {
    const auto members = cycles.of(component);
    const bool first_party = std::ranges::any_of(
        members, [&](uint32_t node) { return audit.graph.file[node] != kNothing; });
    // A package's `from . import x` names itself; that is no cycle.
    const bool alone = members.size() == 1;
    const bool package = members[0] < audit.graph.module_count &&
                         audit.made.resolved.modules[members[0]].kind == ModuleKind::kPackage;
    if (!first_party || (alone && (package || !imports_itself(audit.graph, members[0])))) continue;
    ImportCycle cycle;
    for (const uint32_t node : members) cycle.modules.push_back(name_of(audit, node));
    std::ranges::sort(cycle.modules);
    for (const ChainStep& step : shortest_cycle(audit.graph, cycles, members[0])) {
      cycle.path.push_back(step_of(files, audit, step));
    }
    cycle.fatal = std::move(fatal[component]);
    found.push_back(std::move(cycle));
  }
  std::ranges::sort(found, [](const ImportCycle& a, const ImportCycle& b) {
    if (a.fatal.empty() != b.fatal.empty()) return b.fatal.empty();
    if (a.modules.size() != b.modules.size()) return a.modules.size() > b.modules.size();
    return a.modules < b.modules;
  });
  return found;
}

namespace {

/// Nodes by distance, as names.
template <typename Neighbours>
std::vector<std::vector<std::string>> by_distance(const Attributed& audit, uint32_t start,
                                                  uint32_t depth, Neighbours neighbours) {
  std::vector<std::vector<std::string>> found;
  std::unordered_set<uint32_t> seen{start};
  std::vector<uint32_t> open{start};
  for (uint32_t distance = 0; distance < depth && !open.empty(); ++distance) {
    std::vector<uint32_t> next;
    for (const uint32_t node : open) {
      neighbours(node, [&](uint32_t neighbour) {
        if (seen.insert(neighbour).second) next.push_back(neighbour);
      });
    }
    if (next.empty()) break;
    std::vector<std::string>& names = found.emplace_back();
    for (const uint32_t node : next) names.push_back(name_of(audit, node));
    std::ranges::sort(names);
    open = std::move(next);
  }
  return found;
}

constexpr EdgeClasses kStatements = ~only(EdgeClass::kParent);

}  // namespace

Result<Neighbourhood> answer_neighbourhood(const Attributed& audit, const std::string& module,
                                           uint32_t depth) {
  const uint32_t node = find_subject(audit, module).node;
  if (node == kNothing) return unknown_subject(module);
  const ImportGraph& graph = audit.graph;
  const graph::Importers turned = graph::importers(graph, kStatements);
  Neighbourhood made;
  made.module = name_of(audit, node);
  made.imports = by_distance(audit, node, depth, [&](uint32_t at, auto visit) {
    for (uint32_t edge = graph.offsets[at]; edge < graph.offsets[at + 1]; ++edge) {
      if (contains(kStatements, graph.classes[edge])) visit(graph.targets[edge]);
    }
  });
  made.imported_by = by_distance(audit, node, depth, [&](uint32_t at, auto visit) {
    for (const uint32_t source : turned.of(at)) visit(source);
  });
  return made;
}

std::vector<std::string> answer_unused(const Attributed& audit) {
  const ImportGraph& graph = audit.graph;
  std::vector<bool> used(graph.node_count());
  for (uint32_t node = 0; node < graph.node_count(); ++node) {
    for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
      const bool states = contains(kStatements, graph.classes[edge]);
      if (states && graph.targets[edge] != node) used[graph.targets[edge]] = true;
    }
  }
  std::unordered_set<std::string_view> named;
  for (const FileFacts& facts : audit.made.scanned.facts) {
    for (const StringReference& reference : facts.string_references()) {
      named.insert(facts.name(reference.module));
    }
  }
  // A package is used with any of its modules.
  std::unordered_set<std::string_view> packages;
  const std::vector<Module>& modules = audit.made.resolved.modules;
  for (uint32_t node = 0; node < graph.module_count; ++node) {
    const std::string_view name = modules[node].name;
    if (!used[node] && !named.contains(name)) continue;
    for (size_t dot = name.rfind('.'); dot != std::string_view::npos; dot = name.rfind('.', dot)) {
      packages.insert(name.substr(0, dot));
      if (dot-- == 0) break;
    }
  }
  const auto runs_by_itself = [](std::string_view name) {
    const std::string_view last = name.substr(name.rfind('.') + 1);
    return last == "__main__" || last == "conftest" || last == "setup" ||
           last.starts_with("test_") || last.ends_with("_test") || last == "tests" ||
           name.find("tests.") != std::string_view::npos;
  };
  std::vector<std::string> unused;
  for (uint32_t node = 0; node < graph.module_count; ++node) {
    const std::string& name = modules[node].name;
    if (!audit.counted[node] || used[node] || named.contains(name)) continue;
    if (!packages.contains(name) && !runs_by_itself(name)) unused.push_back(name);
  }
  std::ranges::sort(unused);
  return unused;
}

}  // namespace headwater::pipeline
