#include "attribute/judge.h"

#include <algorithm>

#include "attribute/simulation/names.h"

namespace headwater::attribute {
namespace {

/// Where cycles are really broken, what is left is few.
constexpr size_t kMostRepaired = 32;

}  // namespace

const FoundModule* found_module(const ModuleSource& source, std::string_view dotted) {
  const FoundModule* found = source.find_top(top_of(dotted));
  for (size_t dot = dotted.find('.'); found != nullptr && dot != std::string_view::npos;) {
    const size_t begin = dot + 1;
    dot = dotted.find('.', begin);
    found = source.find_in(*found, dotted.substr(begin, dot == dotted.npos ? dot : dot - begin));
  }
  return found;
}

JudgedImport Judge::judge(const std::string& module, const JudgedImport* package,
                          const char* stack_limit, const Visit& visit) {
  JudgedImport judged;
  if (package != nullptr && !package->causes.empty()) judged = *package;
  judged.outcome.module = module;
  judged.imports_in_the_end = false;
  go_on(
      judged, most_causes_, stack_limit,
      [](JudgedImport&, ImportCause&, const auto&) { return AtCycle::kOnPaper; }, visit);
  return judged;
}

JudgedImport Judge::judge_repaired(const std::string& module, Repairs repairs,
                                   const char* stack_limit, const MeetCycle& meet_cycle) {
  JudgedImport judged;
  judged.outcome.module = module;
  judged.repairs = std::move(repairs);
  go_on(judged, kMostRepaired, stack_limit, meet_cycle, [](const Interpreter&) {});
  return judged;
}

bool Judge::first_failure(const std::string& module, const Repairs& repairs,
                          const char* stack_limit, ImportCause& cause) {
  Interpreter interpreter(source_, atoms_, codes_, repairs, stack_limit);
  if (!interpreter.import_module(module).is_error()) return false;
  const Error& error = *interpreter.pending_error();
  cause = cause_of(root_of(error), error);
  return true;
}

void Judge::go_on(JudgedImport& judged, size_t most, const char* stack_limit,
                  const MeetCycle& meet_cycle, const Visit& visit) {
  while (true) {
    Interpreter interpreter(source_, atoms_, codes_, judged.repairs, stack_limit);
    const Value value = interpreter.import_module(judged.outcome.module);
    const bool uncertain = interpreter.is_uncertain();
    if (!value.is_error()) {
      if (judged.causes.empty() && uncertain) judged.outcome.state = ImportState::kUnknown;
      judged.outcome.causes_complete = !uncertain;
      judged.imports_in_the_end = true;
      visit(interpreter);
      return;
    }
    const Error& error = *interpreter.pending_error();
    const Error& root = root_of(error);
    if (judged.causes.empty()) {
      judged.outcome.state = ImportState::kFails;
      judged.outcome.chain.assign(error.chain.rbegin(), error.chain.rend());
    }
    ImportCause cause = cause_of(root, error);
    AtCycle done = AtCycle::kOnPaper;
    if (cause.kind == ImportFailureKind::kPartialImport) {
      const Ring ring = ring_of(root);
      if (judged.ring.empty()) {
        judged.ring = ring;
        judged.first_of_cycle = cause;
      }
      done = meet_cycle(judged, cause, ring);
    }
    judged.causes.push_back(std::move(cause));
    judged.keys.push_back(repair_key(root, atoms_));
    const bool is_new =
        done == AtCycle::kIsRepaired || judged.repairs.failures.insert(judged.keys.back()).second;
    if (done == AtCycle::kStop || !is_new || judged.causes.size() >= most) {
      judged.outcome.causes_complete = false;
      return;
    }
  }
}

ImportCause Judge::cause_of(const Error& root, const Error& last) const {
  ImportCause cause{root.kind, std::string(atoms_.text(root.module)),
                    std::string(atoms_.text(root.symbol)), root.at};
  if (root.kind == ImportFailureKind::kRaises) cause.symbol = type_name(last, atoms_);
  if (root.kind == ImportFailureKind::kMissingModule) cause.symbol.clear();
  return cause;
}

Ring Judge::ring_of(const Error& root) const {
  const FoundModule* const lacking = found_module(source_, atoms_.text(root.module));
  const std::vector<SourcePlace>& chain = root.chain;  // the innermost step first
  const auto stands_at = std::ranges::find_if(chain, [&](SourcePlace place) {
    return lacking != nullptr && codes_.file(place.file) == lacking->file;
  });
  if (stands_at == chain.end()) return {root.at};
  Ring ring(chain.begin(), stands_at + 1);
  std::ranges::reverse(ring);
  return ring;
}

}  // namespace headwater::attribute
