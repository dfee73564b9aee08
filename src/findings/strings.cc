#include "findings/strings.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "findings/cascades.h"
#include "findings/installed.h"
#include "findings/kinds.h"
#include "findings/near_modules.h"

namespace headwater::findings {
namespace {

using State = StringTarget::State;

/// Steps of a chain that a finding keeps.
constexpr size_t kLongestChain = 32;

/// Who says the name: "MIDDLEWARE", "model._target_ (hydra)".
std::string who(const NamedString& string) {
  if (string.key.empty() || string.key == string.reader) return std::string(string.reader);
  return fmt::format("{} ({})", string.key, string.reader);
}

Judgement about(const NamedString& string, std::string_view code) {
  Judgement made;
  made.file = string.file_id;
  made.raises = false;
  Finding& finding = made.finding;
  finding.code = code;
  finding.finding_class = finding_kind(code).finding_class;
  finding.when = When::kCall;
  finding.severity = Severity::kError;
  finding.file = string.file;
  finding.line = string.line;
  finding.column = string.column;
  finding.confidence = "certain";
  return made;
}

/// Nobody has to repair what is allowed to be absent.
void set_class(const NamedString& string, FindingClass finding_class, Judgement& made) {
  Finding& finding = made.finding;
  finding.finding_class = string.is_optional ? FindingClass::kOptional : finding_class;
  if (string.is_optional) finding.severity = Severity::kNote;
}

/// The one file of the repository that the name may have moved to; empty: none, or several.
std::string moved_to(const World& world, std::string_view missing) {
  const std::vector<uint32_t> files = world.files_named(last_part(missing));
  return files.size() == 1 ? world.resolved.module_name[files[0]] : std::string();
}

bool describe_absent(const World& world, const NamedString& string, Judgement& made) {
  const std::string_view top = made.finding.module;
  const Project& project = world.project_of(string.file);
  std::string declared_in;
  const std::string distribution = world.distribution_for(top, project, declared_in);
  if (!declared_in.empty() && world.environment.has_packages()) {
    made.distribution = distribution;
    made.declared_in = declared_in;
    made.subject = distribution;
    made.finding.message = fmt::format("{} names {}: {} is declared in {} and not installed",
                                       who(string), string.name, distribution, declared_in);
    set_class(string, FindingClass::kEnvironment, made);
    return true;
  }
  // What a project installs as its command is its own.
  const bool is_own = string.reader == "entry point" && declared_in.empty() &&
                      !string.file.ends_with("entry_points.txt");
  if (!is_own || world.is_first_party(top)) return false;
  made.finding.message =
      fmt::format("{} names {}: nobody provides {}", who(string), string.name, top);
  made.finding.suggestion = near_top_level(world, top);
  made.finding.confidence = "guess";
  // Of names that are not like those of the repository a dependency may provide any.
  return !made.finding.suggestion.empty();
}

bool describe_module(const World& world, const NamedString& string, const StringTarget& target,
                     Judgement& made) {
  Finding& finding = made.finding;
  finding.module = target.missing;
  made.subject = target.missing;
  set_class(string, FindingClass::kFault, made);
  if (target.missing.find('.') == std::string::npos) return describe_absent(world, string, made);
  finding.message =
      fmt::format("{} names {}: {} does not exist", who(string), string.name, target.missing);
  if (target.origin != ModuleOrigin::kFirstParty) {
    if (const auto fault = installed_fault(world, target.missing)) {
      finding.message += ", " + fault->message;
      finding.suggestion = fault->suggestion;
      made.distribution = fault->distribution->name;
      set_class(string, FindingClass::kEnvironment, made);
    } else {
      finding.confidence = "guess";
    }
    return true;
  }
  const Module* const parent = world.module(target.module);
  if (parent != nullptr) finding.suggestion = near_module(world, *parent, target.missing);
  const std::string moved = finding.suggestion.empty() ? moved_to(world, target.missing) : "";
  if (!moved.empty()) finding.suggestion = fmt::format("may have moved to {}", moved);
  return true;
}

void describe_attribute(const NamedString& string, const StringTarget& target, Judgement& made) {
  Finding& finding = made.finding;
  finding.module = target.module;
  finding.names = {target.missing.substr(target.module.size() + 1)};
  made.subject = target.missing;
  made.lacks_symbol = true;
  set_class(string, FindingClass::kFault, made);
  finding.message = fmt::format("{} names {}: {} has no {}", who(string), string.name,
                                target.module, finding.names[0]);
  if (target.origin != ModuleOrigin::kFirstParty) finding.confidence = "guess";
}

Judgement missing_file(const NamedString& string) {
  const bool is_default = string.reader == "hydra defaults";
  const bool is_foreign = string.use == NameUse::kForeignPath;
  Judgement made = about(string, is_default ? "HW411" : is_foreign ? "HW422" : "HW421");
  made.subject = string.name;
  made.finding.module = string.name;
  made.finding.message =
      is_foreign ? fmt::format("{} names {}, a folder of one machine", who(string), string.name)
                 : fmt::format("{} names {}, which does not exist", who(string), string.name);
  set_class(string, FindingClass::kFault, made);
  if (!is_default) {
    made.finding.confidence = "guess";
    made.finding.severity = Severity::kWarning;
  }
  return made;
}

/// Graph nodes by the file of their module; those of namespace packages and the like are not there.
std::unordered_map<std::string_view, uint32_t> nodes_by_file(const World& world,
                                                             const ImportGraph& graph) {
  std::unordered_map<std::string_view, uint32_t> nodes;
  for (uint32_t node = 0; node < graph.module_count; ++node) {
    const Module& module = world.resolved.modules[node];
    if (module.file.empty()) continue;
    const uint32_t own = module.file_id == UINT32_MAX ? node : graph.node_of_file[module.file_id];
    if (own != kNothing) nodes.emplace(module.file, own);
  }
  return nodes;
}

}  // namespace

std::vector<Judgement> judge_strings(const World& main) {
  std::vector<Judgement> found;
  for (size_t i = 0; i < main.strings.size(); ++i) {
    const NamedString& string = main.strings[i];
    const StringTarget& target = main.resolved.strings[i];
    if (target.state == State::kThere || target.state == State::kUnknown) continue;
    // Who says that an attribute may be made says that it is not there.
    const bool is_replaced = string.use == NameUse::kAttribute;
    if (string.is_optional && (is_replaced || target.state == State::kNoAttribute)) continue;
    const World& world = main.in(string.file);
    if (target.state == State::kNoFile) {
      found.push_back(missing_file(string));
      continue;
    }
    Judgement made = about(string, target.state == State::kNoModule ? "HW401" : "HW402");
    if (target.state == State::kNoAttribute) {
      describe_attribute(string, target, made);
    } else if (!describe_module(world, string, target, made)) {
      continue;
    }
    found.push_back(std::move(made));
  }
  return found;
}

std::vector<Judgement> cascades_to_strings(const World& world, const Cascaded& cascaded) {
  std::vector<Judgement> found;
  const bool has_target = std::ranges::any_of(world.resolved.strings, [](const StringTarget& one) {
    return one.state == State::kThere && !one.file.empty();
  });
  if (!has_target || cascaded.direct.causes.empty()) return found;
  const auto nodes = nodes_by_file(world, cascaded.graph);
  const Attribution& attribution = cascaded.attribution;
  CutChains chains(cascaded.graph, attribution, cascaded.direct.failures, cascaded.direct.known,
                   kLongestChain);
  for (size_t i = 0; i < world.strings.size(); ++i) {
    const StringTarget& target = world.resolved.strings[i];
    const auto node = nodes.find(target.file);
    if (target.state != State::kThere || node == nodes.end()) continue;
    if (attribution.state[node->second] != ModuleState::kFails) continue;
    const NamedString& string = world.strings[i];
    const uint32_t cause = attribution.first_cause[node->second];
    // Who enters a cycle elsewhere before does not fail, and who knows what was imported by then.
    if (cascaded.direct.causes[cause].code == "HW121" || string.is_optional) continue;
    Judgement& made = found.emplace_back(about(string, "HW403"));
    Finding& finding = made.finding;
    finding.module = target.module;
    finding.message = fmt::format("{} names {}: {} fails: {}", who(string), string.name,
                                  target.module, cascaded.direct.causes[cause].title);
    finding.cause = static_cast<int>(cause);
    for (const ChainStep& step : chains.of(node->second)) {
      finding.chain.push_back(place_of(world, cascaded.graph, step));
    }
  }
  return found;
}

}  // namespace headwater::findings
