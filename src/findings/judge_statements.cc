#include "findings/judge_statements.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

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

  /// What became of the imports that the innermost `try` around this handler or `else` protects. A
  /// handler inside of a handler is reached only if the outer one is.
  GuardedImport before(uint32_t import) const {
    const uint16_t back = facts_->imports()[import].guarded_back;
    if (back == 0) return GuardedImport::kUnknown;
    // The first import of the body that does not work decides.
    GuardedImport all = GuardedImport::kWorks;
    import -= back;
    for (;; import -= facts_->imports()[import].previous_back) {
      const GuardedImport one = outcomes_[import];
      if (one != GuardedImport::kWorks && one != GuardedImport::kNotReached) all = one;
      if (facts_->imports()[import].previous_back == 0) return all;
    }
  }

  /// Takes note of what the next statement does if it is reached.
  void note(uint32_t index, GuardedImport outcome) {
    const Import& import = facts_->imports()[index];
    GuardedImport& noted = outcomes_[index];
    noted = outcome;
    if (import.never_runs) {
      noted = GuardedImport::kNotReached;
      return;
    }
    const bool may_not_run = (import.guards & kGuardConditional) != 0 || import.only_as_script;
    if (may_not_run && outcome != GuardedImport::kWorks) noted = GuardedImport::kUnknown;
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
void for_each_statement(Rows all, Visit visit) {
  for (size_t begin = 0; begin < all.size();) {
    size_t end = begin + 1;
    while (end < all.size() && all[end].file == all[begin].file &&
           all[end].import == all[begin].import) {
      ++end;
    }
    visit(all.subspan(begin, end - begin));
    begin = end;
  }
}

GuardedImport outcome_of(const Judgement& judged, const Import& import) {
  const bool certain = finding_kind(judged.finding.code).finding_class != FindingClass::kUnknown;
  if (!certain) return GuardedImport::kUnknown;
  const bool escapes = judged.lacks_symbol && (import.guards & kGuardMissingModuleOnly) != 0;
  return escapes ? GuardedImport::kEscapes : GuardedImport::kFails;
}

/// Parts of the rows that end where a file ends.
std::vector<Rows> parts_of(Rows all) {
  constexpr size_t kParts = 64;
  const size_t size = all.size() / kParts + 1;
  std::vector<Rows> parts;
  for (size_t begin = 0; begin < all.size();) {
    size_t end = std::min(all.size(), begin + size);
    while (end < all.size() && all[end].file == all[end - 1].file) ++end;
    parts.push_back(all.subspan(begin, end - begin));
    begin = end;
  }
  return parts;
}

/// What one part of the rows gives.
struct PartJudgements {
  std::span<Judgement> judgements;  // to be filled
  std::vector<DirectFailure> undecided;
};

/// Whether the rows of a statement are judged.
bool is_judged(const World& own, Rows rows) {
  return fails(rows) || !lost_package(own, rows).empty();
}

size_t count_judged(const World& world, Rows part) {
  size_t count = 0;
  for_each_statement(part, [&](Rows rows) {
    count += is_judged(world.in(world.tree.files[index_of(rows[0].file)].path), rows);
  });
  return count;
}

void judge_part(const World& world, const ImportGraph& graph, Rows part, PartJudgements& made) {
  FileId file{UINT32_MAX};
  GuardedImports guarded;
  const World* own = nullptr;  // as the file sees it
  std::optional<Providers> providers;
  auto next = made.judgements.begin();
  for_each_statement(part, [&](Rows rows) {
    const uint32_t index = index_of(rows[0].file);
    const FileFacts& facts = world.scanned.facts[index];
    if (rows[0].file != file) {
      guarded.enter(facts);
      const World& of_file = world.in(world.tree.files[index].path);
      if (&of_file != own) providers.emplace(of_file);
      own = &of_file;
    }
    file = rows[0].file;
    const uint32_t number = rows[0].import;
    const bool failed = fails(rows);
    const uint32_t node = graph.node_of_file[index];
    if (is_unknown(rows) && !failed && node != kNothing) {
      made.undecided.push_back(
          {node, number, kNothing, edge_kind(facts.imports()[number], graph.is_entry(node))});
    }
    if (!failed) {
      guarded.note(number, is_unknown(rows) ? GuardedImport::kUnknown : GuardedImport::kWorks);
    }
    if (!is_judged(*own, rows)) return;
    Judgement& judged = *next++;
    judged = judge(*own, *providers, rows, guarded.before(number));
    if (failed) guarded.note(number, outcome_of(judged, facts.imports()[number]));
  });
}

}  // namespace

StatementJudgements judge_statements(const World& world, const ImportGraph& graph) {
  const std::vector<Rows> parts = parts_of(world.resolved.resolutions);
  std::vector<size_t> counts(parts.size());
  tbb::parallel_for(size_t{0}, parts.size(),
                    [&](size_t i) { counts[i] = count_judged(world, parts[i]); });
  const size_t count = std::reduce(counts.begin(), counts.end());
  StatementJudgements all;
  // Room for what other checks append: growing would hold every record twice.
  all.judgements.reserve(count + count / 8);
  all.judgements.resize(count);
  std::vector<PartJudgements> judged(parts.size());
  for (size_t i = 0, begin = 0; i < parts.size(); begin += counts[i++]) {
    judged[i].judgements = std::span(all.judgements).subspan(begin, counts[i]);
  }
  tbb::parallel_for(size_t{0}, parts.size(),
                    [&](size_t i) { judge_part(world, graph, parts[i], judged[i]); });
  for (const PartJudgements& part : judged) {
    all.undecided.insert(all.undecided.end(), part.undecided.begin(), part.undecided.end());
  }
  return all;
}

}  // namespace headwater::findings
