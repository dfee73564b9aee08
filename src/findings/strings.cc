#include "findings/strings.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/paths.h"
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

Judgement about(const World& world, const NamedString& string, std::string_view code) {
  Judgement made;
  made.string = static_cast<uint32_t>(&string - world.strings.data());
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
    made.finding.message = fmt::format("{}: {} is declared in {} and not installed", naming(string),
                                       distribution, declared_in);
    set_class(string, FindingClass::kEnvironment, made);
    return true;
  }
  // What a project installs as its command is its own.
  const bool is_own = string.reader == "entry point" && declared_in.empty() &&
                      !string.file.ends_with("entry_points.txt");
  if (!is_own || world.is_first_party(top)) return false;
  made.finding.message = fmt::format("{}: nobody provides {}", naming(string), top);
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
  finding.message = fmt::format("{}: {} does not exist", naming(string), target.missing);
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

void describe_attribute(const World& world, const NamedString& string, const StringTarget& target,
                        Judgement& made) {
  Finding& finding = made.finding;
  finding.module = target.module;
  finding.names = {target.missing.substr(target.module.size() + 1)};
  made.subject = target.missing;
  made.lacks_symbol = true;
  set_class(string, FindingClass::kFault, made);
  finding.message =
      fmt::format("{}: {} has no {}", naming(string), target.module, finding.names[0]);
  if (target.origin != ModuleOrigin::kFirstParty) finding.confidence = "guess";
  const Module* const module = world.module(target.module);
  if (module != nullptr && module->file_id != UINT32_MAX) {
    finding.suggestion = near_name(world, module->file_id, finding.names[0]);
  }
}

/// Where a path was looked for: " in deploy or above it". A file of defaults lies where Hydra's own
/// rules say.
std::string where(const NamedString& string) {
  const std::string_view folder = parent_path(string.file);
  if (string.use != NameUse::kPath || string.reader == "hydra defaults") return {};
  return folder.empty() ? std::string() : fmt::format(" in {} or above it", folder);
}

Judgement missing_file(const World& world, const NamedString& string) {
  const bool is_default = string.reader == "hydra defaults";
  const bool is_foreign = string.use == NameUse::kForeignPath;
  Judgement made = about(world, string, is_default ? "HW411" : is_foreign ? "HW422" : "HW421");
  made.subject = string.name;
  made.finding.module = string.name;
  made.finding.message = is_foreign ? naming(string) + ", a folder of one machine"
                                    : naming(string) + ", which does not exist" + where(string);
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

std::string naming(const NamedString& string) {
  return fmt::format("{} names {}", who(string), string.name);
}

std::vector<uint32_t> string_nodes(const World& world, const ImportGraph& graph) {
  std::vector<uint32_t> made(world.strings.size(), kNothing);
  const auto has_target = [](const StringTarget& one) {
    return one.state == State::kThere && !one.file.empty();
  };
  if (std::ranges::none_of(world.resolved.strings, has_target)) return made;
  const auto nodes = nodes_by_file(world, graph);
  for (size_t i = 0; i < made.size(); ++i) {
    const StringTarget& target = world.resolved.strings[i];
    const auto node = has_target(target) ? nodes.find(target.file) : nodes.end();
    if (node != nodes.end()) made[i] = node->second;
  }
  return made;
}

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
      found.push_back(missing_file(world, string));
      continue;
    }
    Judgement made = about(world, string, target.state == State::kNoModule ? "HW401" : "HW402");
    if (target.state == State::kNoAttribute) {
      describe_attribute(world, string, target, made);
    } else if (!describe_module(world, string, target, made)) {
      continue;
    }
    found.push_back(std::move(made));
  }
  return found;
}

std::vector<Judgement> cascades_to_strings(const World& world, const Cascaded& cascaded) {
  std::vector<Judgement> found;
  if (cascaded.direct.causes.empty()) return found;
  const std::vector<uint32_t> nodes = string_nodes(world, cascaded.graph);
  const Attribution& attribution = cascaded.attribution;
  CutChains chains(cascaded.graph, attribution, cascaded.direct.failures, cascaded.direct.known,
                   kLongestChain);
  for (size_t i = 0; i < world.strings.size(); ++i) {
    const uint32_t node = nodes[i];
    if (node == kNothing || attribution.state[node] != ModuleState::kFails) continue;
    const StringTarget& target = world.resolved.strings[i];
    const NamedString& string = world.strings[i];
    const uint32_t cause = attribution.first_cause[node];
    // Who enters a cycle elsewhere before does not fail, and who knows what was imported by then.
    if (cascaded.direct.causes[cause].code == "HW121" || string.is_optional) continue;
    Judgement& made = found.emplace_back(about(world, string, "HW403"));
    Finding& finding = made.finding;
    finding.module = target.module;
    finding.message = fmt::format("{}: {} fails: {}", naming(string), target.module,
                                  cascaded.direct.causes[cause].title);
    finding.cause = static_cast<int>(cause);
    for (const ChainStep& step : chains.of(node)) {
      finding.chain.push_back(place_of(world, cascaded.graph, step));
    }
  }
  return found;
}

}  // namespace headwater::findings
