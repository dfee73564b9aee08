#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "attribute/simulation/interpreter.h"

// Code of which nothing tells whether it runs. Every binding is written down; when a branch is
// done, what it bound is taken back, the other branch runs from the same state, and what is known
// afterwards is what both agree on.

namespace headwater::attribute {
namespace {

using Place = std::pair<NameSpace*, Atom>;

}  // namespace

void Interpreter::open_journal(Journal& journal) {
  journal.serial = ++journals_;
  journal.outer = journal_;
  journal_ = &journal;
}

void Interpreter::close_journal(Journal& journal) {
  journal_ = journal.outer;
  if (journal_ == nullptr) return;
  journal_->changes.insert(journal_->changes.end(), journal.changes.begin(), journal.changes.end());
}

std::vector<Interpreter::Change> Interpreter::undo_journal(Journal& journal) {
  journal_ = journal.outer;
  std::vector<Change> bound;
  std::set<Place> seen;
  for (const Change& change : journal.changes) {
    if (!seen.emplace(change.space, change.name).second) continue;
    NameSpace::Entry& entry = change.space->slot(change.name);
    bound.push_back({change.space, change.name, entry.value});
    entry.value = change.before;
    // What is written from now on belongs to the enclosing journal.
    entry.stamp = 0;
  }
  return bound;
}

Flow Interpreter::either(const std::function<Flow()>& first, const std::function<Flow()>& second) {
  ++soft_;
  Journal journal;
  open_journal(journal);
  const Flow one = first();
  Error* const first_error = one.kind == Flow::kRaise ? take_pending() : nullptr;
  const std::vector<Change> first_bound = undo_journal(journal);
  Journal other;
  open_journal(other);
  const Flow two = second();
  Error* const second_error = two.kind == Flow::kRaise ? take_pending() : nullptr;
  const std::vector<Change> second_bound = undo_journal(other);
  --soft_;
  // A branch that leaves the block has no part in what comes after it.
  const bool first_goes_on = one.is_normal();
  const bool second_goes_on = two.is_normal();
  std::map<Place, std::pair<Value, Value>> results;
  for (const Change& change : first_bound) {
    const Value untouched = change.space->get(change.name);
    results[{change.space, change.name}] = {change.before, untouched};
  }
  for (const Change& change : second_bound) {
    const Value untouched = change.space->get(change.name);
    const auto [place, is_new] =
        results.try_emplace({change.space, change.name}, untouched, change.before);
    if (!is_new) place->second.second = change.before;
  }
  const auto settle = [&](const std::vector<Change>& bound) {
    for (const Change& change : bound) {
      const auto& [after_first, after_second] = results[{change.space, change.name}];
      const Value result = first_goes_on == second_goes_on ? join(after_first, after_second)
                           : first_goes_on                 ? after_first
                                                           : after_second;
      bind(*change.space, change.name, result);
    }
  };
  settle(first_bound);
  settle(second_bound);
  if (first_error != nullptr && second_error != nullptr) {
    pending_ = first_error;  // one of them is raised, whichever way it goes
    return {Flow::kRaise};
  }
  if (first_error != nullptr) drop(*first_error);
  if (second_error != nullptr) drop(*second_error);
  return merged(one, two);
}

Flow Interpreter::softly(const std::function<Flow()>& run) {
  return either(run, [] { return Flow{}; });
}

Flow Interpreter::merged(Flow one, Flow two) {
  if (one.kind == two.kind && !one.is_normal()) {
    return {one.kind, static_cast<uint8_t>(one.maybe | two.maybe)};
  }
  uint8_t maybe = static_cast<uint8_t>(one.maybe | two.maybe);
  for (const Flow& flow : {one, two}) {
    if (flow.kind != Flow::kRaise) maybe |= static_cast<uint8_t>(flow.kind);
  }
  if (one.is_normal() || two.is_normal()) return {Flow::kNormal, maybe};
  // Both leave: a raise was dropped, so the other way out is what is known, else either one.
  const Flow& known = one.kind == Flow::kRaise ? two : one;
  return {known.kind, static_cast<uint8_t>(maybe & ~known.kind)};
}

void Interpreter::drop(const Error& error) {
  const Value import_error = exception_class("ImportError");
  const Truth is_import = matches(error.type, import_error);
  if (guarded_ != nullptr) {
    guarded_->may_raise = true;
    guarded_->may_raise_import |= is_import != Truth::kFalse;
  }
  if (error.kind != ImportFailureKind::kRaises && error.kind != ImportFailureKind::kNameError) {
    loads_.back().uncertain = true;
  }
}

}  // namespace headwater::attribute
