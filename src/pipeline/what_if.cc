#include <fmt/format.h>

#include <algorithm>

#include "attribute/cascade/cascade.h"
#include "model/requirement.h"
#include "pipeline/attributed.h"

namespace headwater::pipeline {
namespace {

class WhatIf {
 public:
  explicit WhatIf(const Attributed& audit)
      : audit_(audit),
        graph_(audit.graph),
        is_repaired_(audit.direct.causes.size()),
        is_gone_(graph_.node_count()) {}

  void install(const std::string& name) {
    const std::string wanted =
        normalized_distribution_name(name.substr(0, name.find_first_of("<>=!~[;@ ")));
    bool is_needed = false;
    for (size_t cause = 0; cause < is_repaired_.size(); ++cause) {
      if (normalized_distribution_name(provider_of(audit_.direct.causes[cause])) != wanted)
        continue;
      is_repaired_[cause] = is_needed = true;
    }
    say("install", is_needed ? name : name + " (no failing import is known to need it)");
  }

  Result<void> remove(const std::string& name) {
    bool is_installed = false;
    for (uint32_t i = 0; i < audit_.world->environment_count(); ++i) {
      is_installed |= remove_from(audit_.world->of_environment(i).installed, name);
    }
    if (!is_installed) {
      return fail(ErrorCode::kUsage, name, "is not installed; headwater env -v lists what is");
    }
    say("remove", name);
    return {};
  }

  Result<void> erase(std::string path) {
    while (path.ends_with('/')) path.pop_back();
    bool found = false;
    for (uint32_t file = 0; file < audit_.made.tree.files.size(); ++file) {
      const std::string& of_file = audit_.made.tree.files[file].path;
      if (of_file != path && !of_file.starts_with(path + '/')) continue;
      found = true;
      if (graph_.node_of_file[file] != kNothing) is_gone_[graph_.node_of_file[file]] = 1;
    }
    if (!found) return fail(ErrorCode::kNotFound, path, "no audited file lies there");
    say("delete", path);
    return {};
  }

  WhatIfAnswer judge() {
    std::vector<Raised> raised = audit_.direct.raised;
    raised.push_back(Raised::kModuleNotFoundError);
    const std::vector<DirectFailure> failures = failures_then();
    const std::vector<KnownOutcome> known = known_then();
    const Attribution after = attribute::cascade({graph_, audit_.condensation, failures, raised,
                                                  known, audit_.counted, audit_.entry_causes});
    for (uint32_t node = 0; node < graph_.module_count; ++node) {
      if (!audit_.counted[node]) continue;
      const std::string& name = audit_.made.resolved.modules[node].name;
      const bool failed = audit_.attribution.state[node] == ModuleState::kFails;
      const bool fails = after.state[node] == ModuleState::kFails && !is_gone_[node];
      answer_.failing_before += failed;
      answer_.failing_after += fails;
      if (failed && !fails && !is_gone_[node]) answer_.freed.push_back(name);
      if (!failed && fails) answer_.broken.push_back(name);
    }
    std::ranges::sort(answer_.freed);
    std::ranges::sort(answer_.broken);
    return std::move(answer_);
  }

 private:
  /// Of a module that nobody is known to provide, a distribution of its name is the best guess.
  static std::string provider_of(const Cause& cause) {
    if (!cause.distribution.empty() || cause.code != "HW104") return cause.distribution;
    return cause.subject.substr(0, cause.subject.find('.'));
  }

  /// False: it is not there.
  bool remove_from(const DistributionIndex& installed, const std::string& name) {
    const Distribution* const removed = installed.named(normalized_distribution_name(name));
    if (removed == nullptr) return false;
    const std::vector<Module>& modules = audit_.made.resolved.modules;
    for (uint32_t node = 0; node < graph_.module_count; ++node) {
      if (modules[node].origin != ModuleOrigin::kThirdParty) continue;
      // What others provide too stays.
      const auto providers = installed.providers(modules[node].name);
      if (providers.size() == 1 && providers.front() == removed) is_gone_[node] = 1;
    }
    return true;
  }

  void say(std::string_view what, const std::string& name) {
    if (!answer_.change.empty()) answer_.change += ", ";
    answer_.change += fmt::format("{} {}", what, name);
  }

  /// Without what is repaired; what is gone is missing wherever a statement asks for it.
  std::vector<DirectFailure> failures_then() const {
    std::vector<DirectFailure> failures;
    for (const DirectFailure& failure : audit_.direct.failures) {
      const bool stays = failure.cause == kNothing || !is_repaired_[failure.cause];
      if (stays) failures.push_back(failure);
    }
    const auto gone = static_cast<uint32_t>(audit_.direct.raised.size());
    for (uint32_t node = 0; node < graph_.node_count(); ++node) {
      if (is_gone_[node]) continue;
      for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
        if (!is_gone_[graph_.targets[edge]]) continue;
        const uint32_t statement = graph_.statements[edge];
        failures.push_back({node, statement == kNothing ? 0 : statement, gone, graph_.kind(edge)});
      }
    }
    std::ranges::stable_sort(failures, {}, [](const DirectFailure& failure) {
      return std::pair(failure.node, failure.statement);
    });
    return failures;
  }

  bool is_of_cycle(uint32_t cause) const { return audit_.direct.causes[cause].code == "HW121"; }

  /// By cause: whether it is that of a cycle which loses a module that it names.
  std::vector<bool> broken_cycles() const {
    std::vector<bool> broken(audit_.direct.causes.size());
    for (const findings::Judgement& judged : audit_.direct.judgements) {
      if (judged.finding.code != "HW121" || judged.finding.cause < 0) continue;
      const uint32_t node = graph_.node_of_file[judged.file];
      if (node != kNothing && is_gone_[node]) {
        broken[static_cast<size_t>(judged.finding.cause)] = true;
      }
    }
    return broken;
  }

  /// By cause: whether the cascade finds it without being told.
  std::vector<bool> causes_of_statements() const {
    std::vector<bool> found(audit_.direct.causes.size());
    for (const DirectFailure& failure : audit_.direct.failures) {
      if (failure.cause != kNothing) found[failure.cause] = !is_of_cycle(failure.cause);
    }
    return found;
  }

  /// Without the causes that are repaired. What is taken away may strike anywhere, so then the
  /// cascade judges all by itself but cycles and what is imported by name.
  std::vector<KnownOutcome> known_then() const {
    std::vector<KnownOutcome> known = audit_.direct.known;
    if (std::ranges::find(is_gone_, 1) != is_gone_.end()) {
      const std::vector<bool> broken = broken_cycles();
      const std::vector<bool> is_of_statement = causes_of_statements();
      for (KnownOutcome& outcome : known) {
        std::erase_if(outcome.causes,
                      [&](uint32_t cause) { return broken[cause] || is_of_statement[cause]; });
        outcome.is_complete = false;
      }
      std::erase_if(known, [](const KnownOutcome& outcome) { return outcome.causes.empty(); });
    }
    for (KnownOutcome& outcome : known) {
      std::erase_if(outcome.causes, [&](uint32_t cause) { return is_repaired_[cause]; });
      const bool frees = outcome.state == ModuleState::kFails && outcome.causes.empty();
      if (frees) outcome.state = ModuleState::kImports;
    }
    return known;
  }

  const Attributed& audit_;
  const ImportGraph& graph_;
  std::vector<bool> is_repaired_;  // by cause
  std::vector<uint8_t> is_gone_;   // by node
  WhatIfAnswer answer_;
};

}  // namespace

Result<WhatIfAnswer> answer_what_if(const Attributed& audit, const Change& change) {
  WhatIf what_if(audit);
  for (const std::string& name : change.install) what_if.install(name);
  for (const std::string& name : change.remove) {
    if (auto ok = what_if.remove(name); !ok) return tl::unexpected(ok.error());
  }
  for (const std::string& path : change.deleted) {
    if (auto ok = what_if.erase(path); !ok) return tl::unexpected(ok.error());
  }
  return what_if.judge();
}

}  // namespace headwater::pipeline
