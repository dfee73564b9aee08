#include "findings/suppressions.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "findings/kinds.h"

namespace headwater::findings {
namespace {

/// Calls visit(code) for each of `codes`, which have commas between.
template <typename Visit>
void for_each_code(std::string_view codes, Visit visit) {
  while (!codes.empty()) {
    const size_t comma = std::min(codes.find(','), codes.size());
    if (comma != 0) visit(codes.substr(0, comma));
    codes.remove_prefix(std::min(comma + 1, codes.size()));
  }
}

bool names_code(std::string_view codes, std::string_view code) {
  bool named = codes.empty();
  for_each_code(codes, [&](std::string_view each) { named = named || code.starts_with(each); });
  return named;
}

/// Whether every finding that the comment could suppress has been looked for.
bool was_judged(const PythonEnvironment& environment, const Selection& selection,
                std::string_view codes) {
  if (codes.empty()) return selection.select.empty() && selection.ignore.empty();
  bool judged = true;
  for_each_code(codes, [&](std::string_view code) {
    const bool of_environment =
        code.starts_with("HW2") || std::string_view("HW2").starts_with(code);
    const std::string_view group = requested_group(code);
    const bool is_asked_for = group.empty() || selection.names(group);
    judged = judged && is_asked_for && selection.takes(code) &&
             (!of_environment || environment.has_packages());
  });
  return judged;
}

Finding unused(const World& world, uint32_t file, const Suppression& suppression,
               std::string_view codes) {
  const PlaceInFile place = world.scanned.facts[file].place(suppression.line);
  Finding finding{};
  finding.code = "HW901";
  finding.finding_class = finding_kind(finding.code).finding_class;
  finding.when = When::kImport;
  finding.severity = Severity::kNote;
  finding.file = world.tree.files[file].path;
  finding.line = place.line;
  finding.cell = place.cell;
  finding.column = 1;
  finding.message = codes.empty() ? "the comment ignores nothing"
                                  : fmt::format("the comment ignores no {}", codes);
  finding.suggestion = "remove it";
  finding.confidence = "certain";
  return finding;
}

}  // namespace

Suppressions::Suppressions(const ScannedTree& scanned) : scanned_(&scanned) {
  for (uint32_t file = 0; file < scanned.facts.size(); ++file) {
    const size_t count = scanned.facts[file].suppressions().size();
    if (count == 0) continue;
    files_.push_back(file);
    used_.emplace(file, std::vector<bool>(count));
  }
}

bool Suppressions::suppress(uint32_t file, uint32_t line, const Finding& finding) {
  const auto found = used_.find(file);
  if (found == used_.end()) return false;
  const FileFacts& facts = scanned_->facts[file];
  bool any = false;
  for (size_t i = 0; i < found->second.size(); ++i) {
    const Suppression& each = facts.suppressions()[i];
    if (each.whole_file == 0 && each.statement_line != line && each.line != line) continue;
    if (!names_code(facts.name(each.codes), finding.code)) continue;
    found->second[i] = true;
    any = true;
  }
  return any;
}

void add_unused_suppressions(const World& world, const Suppressions& suppressions,
                             const Selection& selection, std::vector<Finding>& findings) {
  if (!selection.takes("HW901")) return;
  suppressions.for_each_unused([&](uint32_t file, const Suppression& suppression) {
    const std::string_view codes = world.scanned.facts[file].name(suppression.codes);
    const PythonEnvironment& environment = world.in(world.tree.files[file].path).environment;
    if (was_judged(environment, selection, codes)) {
      findings.push_back(unused(world, file, suppression, codes));
    }
  });
}

}  // namespace headwater::findings
