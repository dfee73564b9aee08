#include "attribute/cycle_repairs.h"

#include <algorithm>
#include <atomic>
#include <compare>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

#include "attribute/name_uses.h"
#include "attribute/simulation/import_statements.h"
#include "base/deep_threads.h"

namespace headwater::attribute {
namespace {

using How = CycleRepair::How;

/// Each bounds the number of simulations.
constexpr size_t kMostRepairs = 64;
constexpr size_t kMostCandidates = 8;
constexpr size_t kMostEntriesOfFailure = 4;
constexpr size_t kMostEntries = 256;
constexpr size_t kMostTrials = 10'000;       // an entry with a candidate taken away
constexpr size_t kMostAssignments = 20'000;  // entries times repairs

/// Imports of one file that lead to another one, on the way round a cycle.
struct Candidate {
  uint32_t file;
  uint32_t target_file;
  std::vector<SourcePlace> lines;
  std::vector<std::string_view> names;  // that they bind
  /// The least that the text lets do: a name that code reads which runs with the module cannot go.
  How mildest = How::kFromElsewhere;
  size_t rings = 0;  // that it is a part of
};

How mildest(const NameUses& uses) {
  if (uses.while_loading) return How::kFromElsewhere;
  if (!uses.in_annotations) return How::kIntoFunctions;
  return uses.in_functions ? How::kForTypingAndFunctions : How::kForTyping;
}

/// Which imports break all cycles.
class Search {
 public:
  Search(Judge& judge, const IsAskedFor& is_asked_for, size_t threads)
      : judge_(judge), is_asked_for_(is_asked_for), threads_(threads) {}

  void add(const JudgedImport& entry) {
    entries_.push_back({entry.outcome.module, entry.ring, entry.first_of_cycle});
  }

  /// The best ones first.
  std::vector<CycleRepair> run() {
    thin_out();
    std::vector<Entry> open = entries_;
    while (!open.empty() && chosen_.size() < kMostRepairs && trials_ < kMostTrials) {
      const std::optional<Choice> best = best_for(open);
      if (!best) break;
      note_touched(open, best->candidate);
      add_chosen(repair_of(best->candidate, best->how));
      settle(open, best->candidate);
    }
    drop_idle(open);
    return std::move(chosen_);
  }

 private:
  struct Entry {
    std::string module;
    Ring ring;
    ImportCause fails_for;  // of a cycle
    uint32_t number = 0;    // into entries_
  };
  struct Choice {
    Candidate candidate;
    How how;
  };
  /// Entries that then import as far as cycles go, and those that then fail elsewhere or not at
  /// all.
  struct Gain {
    size_t freed = 0;
    size_t moved = 0;
    auto operator<=>(const Gain&) const = default;
  };
  enum class Fate : uint8_t { kFreed, kMoved, kSame, kBroken };

  const std::string& file(uint32_t number) const { return judge_.codes().file(number); }

  /// Those that fail alike are mostly mended alike.
  void thin_out() {
    std::ranges::sort(entries_, {}, &Entry::module);
    std::map<std::tuple<std::string, uint32_t, std::string>, size_t> seen;
    std::erase_if(entries_, [&](const Entry& entry) {
      const SourcePlace at = entry.fails_for.at;
      return ++seen[{file(at.file), at.line, entry.fails_for.symbol}] > kMostEntriesOfFailure;
    });
    if (entries_.size() > kMostEntries) entries_.resize(kMostEntries);
    for (uint32_t i = 0; i < entries_.size(); ++i) entries_[i].number = i;
    fates_.resize(entries_.size());
  }

  /// The one that frees most of `open`; among equals what asks for the least.
  std::optional<Choice> best_for(const std::vector<Entry>& open) {
    const std::vector<Candidate> candidates = candidates_of(open);
    std::optional<Choice> best;
    Gain most;
    std::vector<bool> is_enough(candidates.size());  // to do less than the next way does
    for (const How how :
         {How::kIntoFunctions, How::kForTyping, How::kForTypingAndFunctions, How::kFromElsewhere}) {
      for (size_t i = 0; i < candidates.size(); ++i) {
        const Candidate& candidate = candidates[i];
        if (candidate.rings <= most.freed) break;
        if (is_enough[i] || trials_ >= kMostTrials || !can_be(candidate, how)) continue;
        const std::optional<Gain> gain = gain_of(candidate, how, open);
        is_enough[i] = gain.has_value();
        if (!gain || *gain <= most) continue;
        most = *gain;
        best = {candidate, how};
      }
    }
    return best;
  }

  std::vector<Candidate> candidates_of(const std::vector<Entry>& open) {
    std::map<std::pair<uint32_t, uint32_t>, Candidate> found;  // by both files
    for (const Entry& entry : open) {
      const Ring& ring = entry.ring;
      for (size_t i = 0; i < ring.size(); ++i) {
        const uint32_t next = ring[(i + 1) % ring.size()].file;
        const auto [known, is_new] = found.try_emplace({ring[i].file, next});
        if (is_new) known->second = known_candidate(ring[i], next);
        ++known->second.rings;
      }
    }
    std::vector<Candidate> all;
    for (auto& [files, one] : found) {
      if (!one.lines.empty()) all.push_back(std::move(one));
    }
    std::ranges::sort(all, [&](const Candidate& a, const Candidate& b) {
      const auto key = [](const Candidate& one) {
        return std::tuple(~one.rings, one.lines.size(), one.names.size());
      };
      if (key(a) != key(b)) return key(a) < key(b);
      return std::tie(file(a.file), a.lines.front().line, file(a.target_file)) <
             std::tie(file(b.file), b.lines.front().line, file(b.target_file));
    });
    if (all.size() > kMostCandidates) all.resize(kMostCandidates);
    return all;
  }

  const Candidate& known_candidate(SourcePlace step, uint32_t next) {
    const auto [known, is_new] = candidates_.try_emplace({step, next});
    if (is_new) known->second = candidate(step, next);
    return known->second;
  }

  /// The statement at `step`, and the others of its file that lead to `next`.
  Candidate candidate(SourcePlace step, uint32_t next) const {
    const Code& code = judge_.codes().code(step.file);
    Candidate made{step.file, next, {}, {}};
    std::vector<std::string_view> read;
    bool is_import = false;
    for (const ImportStatement& statement : import_statements(code)) {
      is_import |= statement.line == step.line;
      if (statement.line != step.line && !leads_to(statement, file(next))) continue;
      const SourcePlace place{step.file, statement.line};
      if (made.lines.empty() || made.lines.back() != place) made.lines.push_back(place);
      const auto names = bound_names(*code.tree, statement.node);
      made.names.insert(made.names.end(), names.begin(), names.end());
      const auto as_read = read_names(*code.tree, statement.node);
      read.insert(read.end(), as_read.begin(), as_read.end());
    }
    made.mildest = mildest(uses_of(*code.tree, read));
    if (!is_import) made.lines.clear();
    return made;
  }

  bool leads_to(const ImportStatement& statement, const std::string& file) const {
    return std::ranges::any_of(statement.targets, [&](const std::string& target) {
      const FoundModule* const found = found_module(judge_.source(), target);
      return found != nullptr && found->file == file;
    });
  }

  /// A function cannot hold a star, and not what others take from the module; nor what a package's
  /// `__init__` shows to all.
  bool can_be(const Candidate& candidate, How how) const {
    if (how == How::kFromElsewhere) return true;
    if (how != candidate.mildest) return false;
    const Code& code = judge_.codes().code(candidate.file);
    return std::ranges::none_of(candidate.names, [&](std::string_view name) {
      return name == "*" || (code.is_package && !name.starts_with('_')) ||
             is_asked_for_(code.module, name);
    });
  }

  Repairs with(const Candidate& candidate, How how) const {
    Repairs repairs = repairs_;
    for (const SourcePlace line : candidate.lines) repairs.imports[line] = how;
    return repairs;
  }

  /// Empty: something fails for want of what is taken away.
  std::optional<Gain> gain_of(const Candidate& candidate, How how, const std::vector<Entry>& open) {
    std::vector<Fate> fates(open.size(), Fate::kSame);
    const FateKey key{candidate.file, candidate.target_file, how};
    std::vector<size_t> asked;  // into `open`
    for (size_t i = 0; i < open.size(); ++i) {
      if (!is_on(open[i].ring, candidate)) continue;
      const auto known = fates_[open[i].number].find(key);
      if (known == fates_[open[i].number].end()) {
        asked.push_back(i);
      } else {
        fates[i] = known->second;
      }
    }
    const Repairs repairs = with(candidate, how);
    for_each_on_deep_stacks(asked.size(), threads_, kStackBytes, [&](size_t i, const char* limit) {
      fates[asked[i]] = fate_of(open[asked[i]], repairs, candidate, limit);
    });
    for (const size_t i : asked) fates_[open[i].number].emplace(key, fates[i]);
    trials_ += asked.size();
    if (std::ranges::find(fates, Fate::kBroken) != fates.end()) return std::nullopt;
    Gain gain;
    gain.freed = static_cast<size_t>(std::ranges::count(fates, Fate::kFreed));
    gain.moved = fates.size() - static_cast<size_t>(std::ranges::count(fates, Fate::kSame));
    return gain;
  }

  static bool is_on(const Ring& ring, const Candidate& candidate) {
    for (size_t i = 0; i < ring.size(); ++i) {
      const bool leaves = ring[i].file == candidate.file;
      if (leaves && ring[(i + 1) % ring.size()].file == candidate.target_file) return true;
    }
    return false;
  }

  JudgedImport judge_until_cycle(const Entry& entry, const Repairs& repairs, const char* limit) {
    return judge_.judge_repaired(
        entry.module, repairs, limit,
        [](JudgedImport&, ImportCause&, const Ring&) { return Judge::AtCycle::kStop; });
  }

  /// What fails for want of a name of the candidate is a new failure, not one that was hidden.
  Fate fate_of(const Entry& entry, const Repairs& repairs, const Candidate& candidate,
               const char* limit) {
    const JudgedImport then = judge_until_cycle(entry, repairs, limit);
    const std::string& module = judge_.codes().code(candidate.file).module;
    for (const ImportCause& cause : then.causes) {
      const bool is_own = cause.kind == ImportFailureKind::kNameError || cause.module == module;
      const auto name = std::ranges::find(candidate.names, cause.symbol);
      if (is_own && name != candidate.names.end()) return Fate::kBroken;
    }
    if (then.ring.empty()) return Fate::kFreed;
    return then.first_of_cycle == entry.fails_for ? Fate::kSame : Fate::kMoved;
  }

  CycleRepair repair_of(const Candidate& candidate, How how) const {
    return {candidate.lines, judge_.codes().code(candidate.file).module,
            judge_.codes().code(candidate.target_file).module, how};
  }

  void add_chosen(CycleRepair repair) {
    for (const SourcePlace line : repair.lines) repairs_.imports[line] = repair.how;
    const auto same = std::ranges::find_if(chosen_, [&](const CycleRepair& one) {
      return one.module == repair.module && one.target == repair.target;
    });
    if (same == chosen_.end()) {
      chosen_.push_back(std::move(repair));
      return;
    }
    same->lines.insert(same->lines.end(), repair.lines.begin(), repair.lines.end());
    std::ranges::sort(same->lines);
    same->how = std::max(same->how, repair.how);
  }

  /// Remembers whose way round the candidate is on: nobody else needs it.
  void note_touched(const std::vector<Entry>& open, const Candidate& candidate) {
    std::vector<bool>& touched = touched_[{judge_.codes().code(candidate.file).module,
                                           judge_.codes().code(candidate.target_file).module}];
    touched.resize(entries_.size());
    for (const Entry& entry : open) {
      if (is_on(entry.ring, candidate)) touched[entry.number] = true;
    }
  }

  /// Judges those again that the candidate just chosen is about: what is known of the others holds.
  void settle(std::vector<Entry>& open, const Candidate& candidate) {
    std::vector<Entry*> about;
    for (Entry& entry : open) {
      if (is_on(entry.ring, candidate)) about.push_back(&entry);
    }
    for_each_on_deep_stacks(about.size(), threads_, kStackBytes, [&](size_t i, const char* limit) {
      JudgedImport judged = judge_until_cycle(*about[i], repairs_, limit);
      about[i]->ring = std::move(judged.ring);
      about[i]->fails_for = judged.first_of_cycle;
    });
    for (const Entry* entry : about) fates_[entry->number].clear();
    std::erase_if(open, [](const Entry& entry) { return entry.ring.empty(); });
  }

  /// What was chosen early may be no more needed with what came later. `open`: what fails all the
  /// same.
  void drop_idle(const std::vector<Entry>& open) {
    std::vector<bool> is_open(entries_.size());
    for (const Entry& entry : open) is_open[entry.number] = true;
    for (size_t i = 0; chosen_.size() > 1 && i < chosen_.size();) {
      const Repairs all = repairs_;
      const std::vector<bool>& touched = touched_.at({chosen_[i].module, chosen_[i].target});
      for (const SourcePlace line : chosen_[i].lines) repairs_.imports.erase(line);
      if (all_import(touched, is_open)) {
        chosen_.erase(chosen_.begin() + static_cast<ptrdiff_t>(i));
      } else {
        repairs_ = all;
        ++i;
      }
    }
  }

  /// Whether those of `touched` that are not `open` get by with the repairs as they are.
  bool all_import(const std::vector<bool>& touched, const std::vector<bool>& is_open) {
    std::vector<const Entry*> asked;
    for (const Entry& entry : entries_) {
      if (touched[entry.number] && !is_open[entry.number]) asked.push_back(&entry);
    }
    std::atomic<bool> all = true;
    for_each_on_deep_stacks(asked.size(), threads_, kStackBytes, [&](size_t i, const char* limit) {
      if (all && !judge_until_cycle(*asked[i], repairs_, limit).ring.empty()) all = false;
    });
    return all;
  }

  Judge& judge_;
  const IsAskedFor& is_asked_for_;
  const size_t threads_;
  std::vector<Entry> entries_;
  std::map<std::pair<SourcePlace, uint32_t>, Candidate> candidates_;
  /// By entry: what a candidate does to it, until something is chosen that is about it.
  using FateKey = std::tuple<uint32_t, uint32_t, How>;
  std::vector<std::map<FateKey, Fate>> fates_;
  size_t trials_ = 0;
  std::vector<CycleRepair> chosen_;
  /// By module and target of a repair: the entries on whose way round it was.
  std::map<std::pair<std::string, std::string>, std::vector<bool>> touched_;
  Repairs repairs_;  // those of chosen_
};

/// Gives each failure of a cycle its repair.
class Assignment {
 public:
  /// `order`: their numbers, the best first.
  Assignment(Judge& judge, const std::vector<CycleRepair>& repairs,
             const std::vector<uint32_t>& order)
      : judge_(judge), repairs_(repairs), order_(order) {}

  /// Returns whether another order might give it other repairs.
  bool judge_again(JudgedImport& judged, const char* limit) const {
    bool had_choice = false;
    const std::string module = judged.outcome.module;
    judged = judge_.judge_repaired(module, {}, limit,
                                   [&](JudgedImport& met, ImportCause& cause, const Ring& ring) {
                                     const std::vector<uint32_t> eligible = eligible_for(met, ring);
                                     had_choice |= eligible.size() != 1;
                                     return mend(met, cause, eligible, limit);
                                   });
    if (judged.imports_in_the_end) drop_idle(judged, limit);
    return had_choice;
  }

 private:
  /// The first one after which no cycle fails here, else the first one that changes something, else
  /// all together: two ways may lead round.
  Judge::AtCycle mend(JudgedImport& judged, ImportCause& cause,
                      const std::vector<uint32_t>& eligible, const char* limit) const {
    std::optional<uint32_t> helps;
    for (const uint32_t number : eligible) {
      ImportCause next{};
      const bool fails =
          judge_.first_failure(judged.outcome.module, with(judged.repairs, number), limit, next);
      if (!fails || next.kind != ImportFailureKind::kPartialImport) {
        judged.repairs = with(judged.repairs, number);
        cause.repair = number;
        return Judge::AtCycle::kIsRepaired;
      }
      if (!helps && next != cause) helps = number;
    }
    if (!helps) return mend_by_all(judged, cause, limit);
    judged.repairs = with(judged.repairs, *helps);
    cause.repair = *helps;
    return Judge::AtCycle::kIsRepaired;
  }

  /// Those of the ring that are not done yet.
  std::vector<uint32_t> eligible_for(const JudgedImport& judged, const Ring& ring) const {
    std::vector<uint32_t> eligible;
    for (const uint32_t number : order_) {
      const SourcePlace line = repairs_[number].lines.front();
      if (judged.repairs.imports.contains(line)) continue;
      const bool is_on = std::ranges::find(ring, line.file, &SourcePlace::file) != ring.end();
      if (is_on) eligible.push_back(number);
    }
    return eligible;
  }

  Judge::AtCycle mend_by_all(JudgedImport& judged, ImportCause& cause, const char* limit) const {
    Repairs all = judged.repairs;
    std::vector<uint32_t> taken;
    for (const uint32_t number : order_) {
      if (judged.repairs.imports.contains(repairs_[number].lines.front())) continue;
      all = with(std::move(all), number);
      taken.push_back(number);
    }
    ImportCause next{};
    const bool fails = judge_.first_failure(judged.outcome.module, all, limit, next);
    if (taken.empty() || (fails && next == cause)) return Judge::AtCycle::kOnPaper;
    judged.repairs = std::move(all);
    for (const uint32_t number : taken) {
      cause.repair = number;
      if (number == taken.back()) break;  // that one the judge adds
      judged.causes.push_back(cause);
      judged.keys.emplace_back();
    }
    return Judge::AtCycle::kIsRepaired;
  }

  /// With imports taken away, what came first may be no more needed.
  void drop_idle(JudgedImport& judged, const char* limit) const {
    for (size_t i = 0; i < judged.causes.size() && judged.causes.size() > 1;) {
      Repairs fewer = without(judged, i);
      ImportCause left{};
      if (judge_.first_failure(judged.outcome.module, fewer, limit, left)) {
        ++i;
        continue;
      }
      judged.repairs = std::move(fewer);
      judged.causes.erase(judged.causes.begin() + static_cast<ptrdiff_t>(i));
      judged.keys.erase(judged.keys.begin() + static_cast<ptrdiff_t>(i));
      if (i == 0) judged.outcome.chain.clear();  // it led to what is gone
    }
  }

  Repairs without(const JudgedImport& judged, size_t cause) const {
    Repairs fewer = judged.repairs;
    const uint32_t number = judged.causes[cause].repair;
    if (number == UINT32_MAX) {
      fewer.failures.erase(judged.keys[cause]);
    } else {
      for (const SourcePlace line : repairs_[number].lines) fewer.imports.erase(line);
    }
    return fewer;
  }

  Repairs with(Repairs repairs, uint32_t number) const {
    const CycleRepair& repair = repairs_[number];
    for (const SourcePlace line : repair.lines) repairs.imports[line] = repair.how;
    return repairs;
  }

  Judge& judge_;
  const std::vector<CycleRepair>& repairs_;
  const std::vector<uint32_t>& order_;
};

/// Puts the repairs in the order of files and lines. The result has their numbers in the order in
/// which they were given.
std::vector<uint32_t> number(const CodeTable& codes, std::vector<CycleRepair>& repairs) {
  std::vector<uint32_t> by_place(repairs.size());
  std::iota(by_place.begin(), by_place.end(), 0);
  std::ranges::sort(by_place, {}, [&](uint32_t i) {
    const SourcePlace first = repairs[i].lines.front();
    return std::tuple(codes.file(first.file), first.line, repairs[i].target);
  });
  std::vector<uint32_t> numbers(repairs.size());
  std::vector<CycleRepair> sorted;
  for (const uint32_t i : by_place) {
    numbers[i] = static_cast<uint32_t>(sorted.size());
    sorted.push_back(std::move(repairs[i]));
  }
  repairs = std::move(sorted);
  return numbers;
}

/// Where several would do, the one that others need too.
void put_most_needed_first(const std::vector<JudgedImport>& judged, std::vector<uint32_t>& order) {
  std::vector<size_t> needed(order.size());
  for (const JudgedImport& one : judged) {
    for (const ImportCause& cause : one.causes) {
      if (cause.repair != UINT32_MAX) ++needed[cause.repair];
    }
  }
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](uint32_t repair) { return needed[repair]; });
}

}  // namespace

std::vector<CycleRepair> repair_cycles(Judge& judge, const IsAskedFor& is_asked_for, size_t threads,
                                       std::vector<JudgedImport>& judged) {
  Search search(judge, is_asked_for, threads);
  for (const JudgedImport& one : judged) {
    if (!one.ring.empty()) search.add(one);
  }
  std::vector<CycleRepair> repairs = search.run();
  const auto struck = static_cast<size_t>(
      std::ranges::count_if(judged, [](const JudgedImport& one) { return !one.ring.empty(); }));
  // Where that would take too long, each statement that fails stays a cause of its own.
  if (repairs.empty() || struck * repairs.size() > kMostAssignments) return {};
  std::vector<uint32_t> order = number(judge.codes(), repairs);
  const Assignment assignment(judge, repairs, order);
  std::vector<uint8_t> is_open;
  for (const JudgedImport& one : judged) is_open.push_back(one.ring.empty() ? 0 : 1);
  const auto assign = [&] {
    for_each_on_deep_stacks(judged.size(), threads, kStackBytes, [&](size_t i, const char* limit) {
      if (is_open[i] != 0) is_open[i] = assignment.judge_again(judged[i], limit) ? 1 : 0;
    });
  };
  assign();
  const std::vector<uint32_t> before = order;
  put_most_needed_first(judged, order);
  if (order != before) assign();
  return repairs;
}

}  // namespace headwater::attribute
