#include "triage/targets.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/paths.h"

namespace headwater::triage {
namespace {

std::string_view first_part(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }

/// The line where the module binds the name; 0: nowhere.
uint32_t line_of(const FileFacts& facts, std::string_view name) {
  for (const Binding& binding : facts.bindings()) {
    if (binding.kind != BindingKind::kDelete && facts.name(binding.name) == name) {
      return binding.line;
    }
  }
  return 0;
}

bool may_have_more(const FileFacts& facts) {
  return facts.has_getattr || facts.dynamic_markers != 0 || !facts.stars().empty();
}

}  // namespace

Targets::Targets(const Audit& audit, const AuditReport& report) : audit_(audit), report_(report) {
  const std::vector<Module>& modules = audit.resolved.modules;
  for (uint32_t id = 0; id < modules.size(); ++id) {
    const bool is_own = modules[id].origin == ModuleOrigin::kFirstParty;
    const auto [place, is_new] = modules_.try_emplace(modules[id].name, id);
    if (!is_new && is_own) place->second = id;
  }
}

TriagedImport Targets::judge(const ToolEntry& entry) const {
  TriagedImport made;
  made.file = entry.file;
  made.module = entry.module;
  const std::string path = locate(entry.file);
  if (path.empty()) {
    const bool is_elsewhere = entry.file.starts_with('/');
    if (!is_elsewhere) made.triage_class = TriageClass::kStale;
    made.why =
        is_elsewhere ? "no file of the repository ends so" : "the file is not there any more";
    return made;
  }
  made.file = path;
  const auto text = audit_.files.read(join_path(audit_.tree.root, path));
  if (!text) {
    made.why = "the file cannot be read";
  } else if (text->find(entry.module) == std::string::npos) {
    made.triage_class = TriageClass::kStale;
    made.why = "the file does not name it any more";
  } else {
    judge_name(entry.module, made);
  }
  return made;
}

std::string Targets::locate(const std::string& path) const {
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::string below = normalize_path(rest);
    const bool stays_below = !below.starts_with("..") && !below.starts_with('/');
    if (stays_below && audit_.files.is_file(join_path(audit_.tree.root, below))) return below;
    const size_t slash = rest.find('/');
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  }
  return {};
}

void Targets::judge_name(std::string_view name, TriagedImport& made) const {
  for (size_t end = name.size(); end != std::string_view::npos && end != 0;
       end = name.rfind('.', end - 1)) {
    const auto found = modules_.find(name.substr(0, end));
    if (found == modules_.end()) continue;
    return judge_rest(found->second, name.substr(std::min(end + 1, name.size())), made);
  }
  judge_absent(name, made);
}

void Targets::judge_rest(uint32_t id, std::string_view rest, TriagedImport& made) const {
  const Module& module = audit_.resolved.modules[id];
  if (audit_.attribution.state[id] == ModuleState::kFails) {
    const auto failing = std::ranges::lower_bound(report_.failing_modules, module.name);
    const auto number = static_cast<uint32_t>(failing - report_.failing_modules.begin());
    for (size_t cause = 0; cause < report_.causes.size(); ++cause) {
      if (!std::ranges::binary_search(report_.causes[cause].blocked, number)) continue;
      made.triage_class = TriageClass::kCascade;
      made.cause = static_cast<int>(cause);
      made.why = fmt::format("{} fails: {}", module.name, report_.causes[cause].title);
      return;
    }
  }
  if (audit_.attribution.state[id] != ModuleState::kImports || module.file_id == UINT32_MAX) {
    made.why = fmt::format("{} is there; what it has is not looked at", module.name);
    return;
  }
  const std::string& path = audit_.tree.files[module.file_id].path;
  const FileFacts& facts = audit_.scanned.facts[module.file_id];
  const std::string_view name = first_part(rest);
  const uint32_t line = rest.empty() ? 0 : line_of(facts, name);
  if (rest.empty() || line != 0) {
    made.triage_class = TriageClass::kWorks;
    made.why = line == 0 ? "it is " + path : fmt::format("{} is {}:{}", name, path, line);
  } else if (may_have_more(facts)) {
    made.why = fmt::format("{} has names that reading does not tell", module.name);
  } else {
    made.triage_class = TriageClass::kFault;
    made.why = fmt::format("{} has no {}", module.name, name);
  }
}

/// Whatever statements say of the same top-level module.
void Targets::judge_absent(std::string_view name, TriagedImport& made) const {
  const std::string_view top = first_part(name);
  for (const Finding& finding : report_.findings) {
    if (finding.finding_class != FindingClass::kEnvironment || finding.cause < 0 ||
        first_part(finding.module) != top) {
      continue;
    }
    made.triage_class = TriageClass::kEnvironment;
    made.cause = finding.cause;
    made.why = finding.message;
    return;
  }
  made.why = fmt::format("nothing imports {}, so that it is not known whether it is there", top);
}

}  // namespace headwater::triage
