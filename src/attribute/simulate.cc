#include "attribute/simulate.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "attribute/cycle_repairs.h"
#include "attribute/judge.h"
#include "attribute/simulation/names.h"
#include "base/deep_threads.h"
#include "base/sort_distinct.h"

namespace headwater::attribute {
namespace {

/// The modules to judge, and their packages. A submodule that is loaded once its package has been
/// imported is judged with it, since its own import would do the same.
class PackageTree {
 public:
  explicit PackageTree(std::span<const std::string> modules) {
    for (const std::string& module : modules) add(module);
    judged_.resize(names_.size());
  }

  /// Packages first.
  void judge_all(Judge& judge, size_t threads) {
    std::vector<uint32_t> open = top_;
    while (!open.empty()) {
      std::vector<std::vector<uint32_t>> left(open.size());
      for_each_on_deep_stacks(open.size(), threads, kStackBytes, [&](size_t i, const char* limit) {
        left[i] = judge_one(judge, open[i], limit);
      });
      open.clear();
      for (const std::vector<uint32_t>& some : left) {
        open.insert(open.end(), some.begin(), some.end());
      }
    }
  }

  const JudgedImport& judged(const std::string& module) const {
    return judged_[numbers_.at(module)];
  }

 private:
  uint32_t add(const std::string& module) {
    const auto [known, is_new] = numbers_.try_emplace(module, static_cast<uint32_t>(names_.size()));
    const uint32_t number = known->second;
    if (!is_new) return number;
    names_.push_back(module);
    package_.push_back(UINT32_MAX);
    submodules_.emplace_back();
    if (const std::string_view above = parent_of(module); above.empty()) {
      top_.push_back(number);
    } else {
      const uint32_t package = add(std::string(above));
      package_[number] = package;
      submodules_[package].push_back(number);
    }
    return number;
  }

  /// Returns the submodules that need a simulation of their own.
  std::vector<uint32_t> judge_one(Judge& judge, uint32_t number, const char* limit) {
    std::vector<uint32_t> left;
    std::vector<uint32_t> settled;
    const uint32_t package = package_[number];
    JudgedImport& judged = judged_[number];
    judged = judge.judge(names_[number], package == UINT32_MAX ? nullptr : &judged_[package], limit,
                         [&](const Interpreter& after) { part(number, &after, settled, left); });
    // What it fails for beyond all repairs, its submodules fail for too.
    if (!judged.imports_in_the_end) part(number, nullptr, settled, left);
    for (const uint32_t below : settled) {
      judged_[below] = judged;
      judged_[below].outcome.module = names_[below];
    }
    return left;
  }

  /// Tells the submodules that are loaded from those that are not. nullptr: all count as loaded.
  void part(uint32_t number, const Interpreter* after, std::vector<uint32_t>& settled,
            std::vector<uint32_t>& left) const {
    for (const uint32_t below : submodules_[number]) {
      const bool is_settled = after == nullptr || after->has_loaded(names_[below]);
      (is_settled ? settled : left).push_back(below);
      if (is_settled) part(below, after, settled, left);
    }
  }

  std::unordered_map<std::string, uint32_t> numbers_;
  std::vector<std::string> names_;
  std::vector<uint32_t> package_;  // by number; UINT32_MAX: top-level
  std::vector<std::vector<uint32_t>> submodules_;
  std::vector<uint32_t> top_;
  std::vector<JudgedImport> judged_;
};

/// Gathers what the simulations said in tables whose order depends on nothing but their contents.
class Table {
 public:
  explicit Table(const CodeTable& codes) : codes_(codes) {}

  OutcomeTable build(std::vector<JudgedImport> all, std::span<const FoundModule* const> found,
                     std::vector<CycleRepair> repairs) {
    out_.cycle_repairs = std::move(repairs);
    number_files(all, found);
    for (CycleRepair& repair : out_.cycle_repairs) {
      for (SourcePlace& line : repair.lines) line = renumbered(line);
    }
    for (JudgedImport& judged : all) {
      for (ImportCause& cause : judged.causes) {
        cause.at = renumbered(cause.at);
        out_.causes.push_back(cause);
      }
      for (SourcePlace& place : judged.outcome.chain) place = renumbered(place);
    }
    sort_distinct(out_.causes);
    for (size_t i = 0; i < all.size(); ++i) {
      ModuleOutcome& outcome = all[i].outcome;
      for (const ImportCause& cause : all[i].causes) {
        const auto place = std::ranges::lower_bound(out_.causes, cause);
        outcome.causes.push_back(static_cast<uint32_t>(place - out_.causes.begin()));
      }
      if (found[i] != nullptr && !found[i]->file.empty()) outcome.file = number(found[i]->file);
      out_.outcomes.push_back(std::move(outcome));
    }
    return std::move(out_);
  }

 private:
  void number_files(const std::vector<JudgedImport>& all,
                    std::span<const FoundModule* const> found) {
    for (const FoundModule* module : found) {
      if (module != nullptr && !module->file.empty()) out_.files.push_back(module->file);
    }
    const auto add = [&](SourcePlace place) {
      if (place.file != UINT32_MAX) names_.emplace(place.file, codes_.file(place.file));
    };
    for (const JudgedImport& judged : all) {
      for (const ImportCause& cause : judged.causes) add(cause.at);
      for (const SourcePlace place : judged.outcome.chain) add(place);
    }
    for (const CycleRepair& repair : out_.cycle_repairs) add(repair.lines.front());
    for (const auto& [number, name] : names_) out_.files.push_back(name);
    sort_distinct(out_.files);
  }

  uint32_t number(const std::string& file) const {
    return static_cast<uint32_t>(std::ranges::lower_bound(out_.files, file) - out_.files.begin());
  }

  SourcePlace renumbered(SourcePlace place) const {
    if (place.file == UINT32_MAX) return place;
    return {number(names_.at(place.file)), place.line};
  }

  const CodeTable& codes_;
  std::map<uint32_t, std::string> names_;
  OutcomeTable out_;
};

}  // namespace

OutcomeTable simulate(const ModuleSource& source, std::span<const std::string> modules,
                      const SimulationOptions& options) {
  Judge judge(source, options.most_causes);
  PackageTree packages(modules);
  packages.judge_all(judge, options.threads);
  std::vector<JudgedImport> judged;
  for (const std::string& module : modules) judged.push_back(packages.judged(module));
  std::vector<CycleRepair> repairs;
  if (options.is_asked_for) {
    judge.settle_names();
    repairs = repair_cycles(judge, options.is_asked_for, options.threads, judged);
  }
  std::vector<const FoundModule*> found;
  for (const std::string& module : modules) found.push_back(found_module(source, module));
  return Table(judge.codes()).build(std::move(judged), found, std::move(repairs));
}

}  // namespace headwater::attribute
