#include "model/outcome.h"

#include <algorithm>

#include "base/places_in.h"
#include "base/sort_distinct.h"

namespace headwater {

const char* import_failure_name(ImportFailureKind kind) {
  switch (kind) {
    case ImportFailureKind::kMissingModule:
    case ImportFailureKind::kMissingDistribution:  // CPython raises a ModuleNotFoundError of it
      return "missing-module";
    case ImportFailureKind::kMissingSymbol:
      return "missing-symbol";
    case ImportFailureKind::kPartialImport:
      return "partial-import";
    case ImportFailureKind::kMissingAttribute:
      return "missing-attribute";
    case ImportFailureKind::kRelativeImport:
      return "relative-import";
    case ImportFailureKind::kNameError:
      return "name-error";
    case ImportFailureKind::kSyntaxError:
      return "syntax-error";
    case ImportFailureKind::kRaises:
      return "raises";
  }
  return "";
}

namespace {

/// Makes the part's numbers of files those of `files`.
void renumber_files(const std::vector<std::string>& files, OutcomeTable& part) {
  const std::vector<uint32_t> numbers = places_in(files, part.files);
  const auto renumber = [&](uint32_t& file) {
    if (file != UINT32_MAX) file = numbers[file];
  };
  for (ImportCause& cause : part.causes) renumber(cause.at.file);
  for (CycleRepair& repair : part.cycle_repairs) {
    for (SourcePlace& line : repair.lines) renumber(line.file);
  }
  for (ModuleOutcome& outcome : part.outcomes) {
    renumber(outcome.file);
    for (SourcePlace& place : outcome.chain) renumber(place.file);
  }
}

}  // namespace

OutcomeTable merged(std::vector<OutcomeTable> parts,
                    const std::vector<std::vector<uint32_t>>& places) {
  OutcomeTable whole;
  size_t count = 0;
  for (const OutcomeTable& part : parts) {
    whole.files.insert(whole.files.end(), part.files.begin(), part.files.end());
    count += part.outcomes.size();
  }
  sort_distinct(whole.files);
  for (OutcomeTable& part : parts) {
    renumber_files(whole.files, part);
    whole.cycle_repairs.insert(whole.cycle_repairs.end(), part.cycle_repairs.begin(),
                               part.cycle_repairs.end());
  }
  sort_distinct(whole.cycle_repairs);
  for (OutcomeTable& part : parts) {
    const std::vector<uint32_t> numbers = places_in(whole.cycle_repairs, part.cycle_repairs);
    for (ImportCause& cause : part.causes) {
      if (cause.repair != UINT32_MAX) cause.repair = numbers[cause.repair];
    }
    whole.causes.insert(whole.causes.end(), part.causes.begin(), part.causes.end());
  }
  sort_distinct(whole.causes);
  whole.outcomes.resize(count);
  for (size_t p = 0; p < parts.size(); ++p) {
    const std::vector<uint32_t> numbers = places_in(whole.causes, parts[p].causes);
    for (size_t i = 0; i < parts[p].outcomes.size(); ++i) {
      ModuleOutcome& outcome = whole.outcomes[places[p][i]];
      outcome = std::move(parts[p].outcomes[i]);
      for (uint32_t& cause : outcome.causes) cause = numbers[cause];
    }
  }
  return whole;
}

}  // namespace headwater
