#include "attribute/simulate.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>

#include "attribute/simulation/interpreter.h"
#include "attribute/simulation/names.h"
#include "attribute/simulation/repairs.h"
#include "base/deep_threads.h"

namespace headwater::attribute {
namespace {

/// Imports nest as deep as the longest chain of first imports. One level takes about 2 KiB, so this
/// is room for 400,000; CPython itself gives up at about a thousand frames, which is not followed.
constexpr size_t kStackBytes = size_t{1} << 30;

/// What one simulation says, in terms of its own tables.
struct Judged {
  ModuleOutcome outcome;
  std::vector<ImportCause> causes;
};

class Judge {
 public:
  Judge(const ModuleSource& source, const SimulationOptions& options)
      : source_(source), options_(options), codes_(source, atoms_) {}

  Judged judge(const std::string& module, const char* stack_limit) {
    Judged judged;
    judged.outcome.module = module;
    Repairs repairs;
    while (true) {
      Interpreter interpreter(source_, atoms_, codes_, repairs, stack_limit);
      const Value value = interpreter.import_module(module);
      const bool uncertain = interpreter.is_uncertain();
      if (!value.is_error()) {
        if (judged.causes.empty() && uncertain) judged.outcome.state = ImportState::kUnknown;
        judged.outcome.causes_complete = !uncertain;
        return judged;
      }
      const Error& error = *interpreter.pending_error();
      const Error& root = root_of(error);
      if (judged.causes.empty()) {
        judged.outcome.state = ImportState::kFails;
        judged.outcome.chain.assign(error.chain.rbegin(), error.chain.rend());
      }
      judged.causes.push_back(cause_of(root, error));
      const bool is_new = repairs.insert(repair_key(root, atoms_)).second;
      if (!is_new || judged.causes.size() >= options_.most_causes) {
        judged.outcome.causes_complete = false;
        return judged;
      }
    }
  }

  const CodeTable& codes() const { return codes_; }

 private:
  ImportCause cause_of(const Error& root, const Error& last) const {
    ImportCause cause{root.kind, std::string(atoms_.text(root.module)),
                      std::string(atoms_.text(root.symbol)), root.at};
    if (root.kind == ImportFailureKind::kRaises) cause.symbol = type_name(last, atoms_);
    if (root.kind == ImportFailureKind::kMissingModule) cause.symbol.clear();
    return cause;
  }

  const ModuleSource& source_;
  const SimulationOptions& options_;
  Atoms atoms_;
  CodeTable codes_;
};

/// Gathers what the simulations said in tables whose order depends on nothing but their contents.
class Table {
 public:
  explicit Table(const CodeTable& codes) : codes_(codes) {}

  OutcomeTable build(std::vector<Judged> all, std::span<const FoundModule* const> found) {
    number_files(all, found);
    for (Judged& judged : all) {
      for (ImportCause& cause : judged.causes) {
        cause.at = renumbered(cause.at);
        out_.causes.push_back(cause);
      }
      for (SourcePlace& place : judged.outcome.chain) place = renumbered(place);
    }
    std::ranges::sort(out_.causes);
    out_.causes.erase(std::ranges::unique(out_.causes).begin(), out_.causes.end());
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
  void number_files(const std::vector<Judged>& all, std::span<const FoundModule* const> found) {
    for (const FoundModule* module : found) {
      if (module != nullptr && !module->file.empty()) out_.files.push_back(module->file);
    }
    const auto add = [&](SourcePlace place) {
      if (place.file != UINT32_MAX) names_.emplace(place.file, codes_.file(place.file));
    };
    for (const Judged& judged : all) {
      for (const ImportCause& cause : judged.causes) add(cause.at);
      for (const SourcePlace place : judged.outcome.chain) add(place);
    }
    for (const auto& [number, name] : names_) out_.files.push_back(name);
    std::ranges::sort(out_.files);
    out_.files.erase(std::ranges::unique(out_.files).begin(), out_.files.end());
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

const FoundModule* found_module(const ModuleSource& source, std::string_view dotted) {
  const FoundModule* found = source.find_top(top_of(dotted));
  for (size_t dot = dotted.find('.'); found != nullptr && dot != std::string_view::npos;) {
    const size_t begin = dot + 1;
    dot = dotted.find('.', begin);
    found = source.find_in(*found, dotted.substr(begin, dot == dotted.npos ? dot : dot - begin));
  }
  return found;
}

}  // namespace

OutcomeTable simulate(const ModuleSource& source, std::span<const std::string> modules,
                      const SimulationOptions& options) {
  Judge judge(source, options);
  std::vector<Judged> judged(modules.size());
  for_each_on_deep_stacks(
      modules.size(), options.threads, kStackBytes,
      [&](size_t i, const char* limit) { judged[i] = judge.judge(modules[i], limit); });
  std::vector<const FoundModule*> found;
  for (const std::string& module : modules) found.push_back(found_module(source, module));
  return Table(judge.codes()).build(std::move(judged), found);
}

}  // namespace headwater::attribute
