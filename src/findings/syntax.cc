#include "findings/syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace headwater::findings {
namespace {

std::string message_of(const FileFacts& facts, const SyntaxFault& fault) {
  if (fault.message != NameId{UINT32_MAX}) return std::string(facts.name(fault.message));
  return fault.kind == SyntaxErrorKind::kNullByte
             ? "source code cannot contain null bytes"
             : "the bytes do not decode as the encoding that the file declares";
}

Judgement judgement_of(const World& world, uint32_t file, std::string_view code) {
  const SourceFile& source = world.tree.files[file];
  const bool is_stub = source.kind == FileKind::kStub;
  Judgement made{};
  made.file = file;
  made.subject = source.path;
  Finding& finding = made.finding;
  finding.code = code;
  finding.finding_class = FindingClass::kFault;
  finding.when = is_stub                                    ? When::kTyping
                 : world.resolved.module_name[file].empty() ? When::kScript
                                                            : When::kImport;
  finding.severity = is_stub ? Severity::kWarning : Severity::kError;
  finding.file = source.path;
  finding.module = world.resolved.module_name[file];
  finding.confidence = "certain";
  return made;
}

/// `from __future__ import x` of a feature that no Python has, which the compiler refuses
/// (Python/future.c); nullptr if there is none.
const Import* unknown_feature(const FileFacts& facts, std::string_view& feature) {
  constexpr std::array<std::string_view, 10> kFeatures = {
      "absolute_import", "annotations",   "barry_as_FLUFL", "division",         "generator_stop",
      "generators",      "nested_scopes", "print_function", "unicode_literals", "with_statement"};
  for (const Import& import : facts.imports()) {
    if (!import.is_from || import.level != 0 || facts.name(import.module) != "__future__") continue;
    const auto names = facts.imported_names().subspan(import.first_name, import.name_count);
    for (const ImportedName& name : names) {
      feature = facts.name(name.name);
      if (std::ranges::find(kFeatures, feature) == kFeatures.end()) return &import;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<Judgement> judge_syntax(const World& world) {
  std::vector<Judgement> found;
  for (uint32_t file = 0; file < world.scanned.facts.size(); ++file) {
    const FileFacts& facts = world.scanned.facts[file];
    if (!facts.syntax_faults().empty()) {
      const SyntaxFault& fault = facts.syntax_faults().front();
      Judgement made = judgement_of(world, file, "HW301");
      made.finding.line = fault.line;
      made.finding.column = fault.column;
      made.finding.message = fmt::format("does not compile: {}", message_of(facts, fault));
      made.finding.suggestion = "mend it, or --exclude it";
      found.push_back(std::move(made));
      continue;
    }
    std::string_view feature;
    if (const Import* const import = unknown_feature(facts, feature)) {
      Judgement made = judgement_of(world, file, "HW301");
      const PlaceInFile place = facts.place(import->line);
      made.finding.line = place.line;
      made.finding.cell = place.cell;
      made.finding.column = import->column;
      made.finding.message =
          fmt::format("does not compile: future feature {} is not defined", feature);
      made.finding.suggestion = "mend it, or --exclude it";
      found.push_back(std::move(made));
      continue;
    }
    // Type checkers read stubs with the syntax of all versions.
    const bool is_stub = world.tree.files[file].kind == FileKind::kStub;
    if (is_stub || facts.version_requirements().empty()) continue;
    const VersionRequirement& need = facts.version_requirements().front();
    const PythonEnvironment& environment = world.in(world.tree.files[file].path).environment;
    const PythonVersion version = environment.version;
    if (version.major != 3 || std::cmp_less_equal(need.minor, version.minor)) continue;
    Judgement made = judgement_of(world, file, "HW302");
    made.finding.line = need.line;
    made.finding.column = need.column;
    made.finding.message = fmt::format("needs Python 3.{}: {}; the environment has 3.{}",
                                       need.minor, facts.name(need.feature), version.minor);
    // Without an environment its version is what the project declares, or assumed.
    if (environment.prefix.empty()) made.finding.confidence = "guess";
    found.push_back(std::move(made));
  }
  return found;
}

}  // namespace headwater::findings
