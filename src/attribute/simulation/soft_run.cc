#include <unordered_map>
#include <utility>

#include "attribute/simulation/interpreter.h"

// Code of which nothing tells whether it runs. Every binding is written down; when a branch is
// done, what it bound is taken back, the other branch runs from the same state, and what is known
// afterwards is what both agree on.

namespace headwater::attribute {
namespace {

struct Place {
  NameSpace* space;
  Atom name;
  bool operator==(const Place&) const = default;
};
struct PlaceHash {
  size_t operator()(const Place& place) const {
    return (reinterpret_cast<size_t>(place.space) + static_cast<size_t>(place.name) * 0x9E3779B1u) *
               0x9E3779B97F4A7C15ull >>
           16;
  }
};

}  // namespace

void Interpreter::open_journal(Journal& journal) {
  journal.serial = ++journals_;
  heap_.enter_soft_run(journal.serial);
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
  const uint32_t undone = ++journals_;  // a stamp that no journal has
  for (const Change& change : journal.changes) {
    NameSpace::Entry& entry = change.space->slot(change.name);
    if (entry.stamp == undone) continue;
    bound.push_back({change.space, change.name, entry.value});
    entry.value = change.before;
    entry.stamp = undone;
  }
  // What is written from now on belongs to the enclosing journal.
  for (const Change& change : bound) change.space->slot(change.name).stamp = 0;
  return bound;
}

void Interpreter::bind_results(const std::vector<Change>& first, Flow first_flow,
                               const std::vector<Change>& second, Flow second_flow) {
  struct Result {
    Change place;
    Value after_second;
  };
  std::vector<Result> results;
  results.reserve(first.size() + second.size());
  std::unordered_map<Place, size_t, PlaceHash> index;
  if (!second.empty()) index.reserve(first.size());
  for (const Change& change : first) {
    if (!second.empty()) index.emplace(Place{change.space, change.name}, results.size());
    results.push_back({change, change.space->get(change.name)});
  }
  for (const Change& change : second) {
    const auto known = index.find(Place{change.space, change.name});
    if (known != index.end()) {
      results[known->second].after_second = change.before;
    } else {
      const Value untouched = change.space->get(change.name);
      results.push_back({{change.space, change.name, untouched}, change.before});
    }
  }
  // A branch that leaves the block has no part in what comes after it there. What it has bound for
  // the code that it goes to stays possible: outside the function after a `return`, anywhere after
  // a `break`. Of exceptions the guards take care.
  const NameSpace* const local = frame_->scope->names;
  const auto counts = [local](Flow flow, const NameSpace* space) {
    if (flow.kind == Flow::kRaise) return false;
    return flow.kind != Flow::kReturn || space != local;
  };
  for (const auto& [place, after_second] : results) {
    const bool first_counts = counts(first_flow, place.space);
    const bool second_counts = counts(second_flow, place.space);
    const Value result = first_counts == second_counts ? either_of(place.before, after_second)
                         : first_counts                ? place.before
                                                       : after_second;
    bind(*place.space, place.name, result);
  }
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
  bind_results(first_bound, one, second_bound, two);
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
