#include "report/dump_resolutions.h"

#include <string_view>

#include "base/json_text.h"

namespace headwater {
namespace {

std::string_view text_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kModule:
      return "module";
    case Outcome::kNamespacePackage:
      return "namespace-package";
    case Outcome::kExtension:
      return "extension";
    case Outcome::kDistribution:
      return "distribution";
    case Outcome::kStandardLibrary:
      return "standard-library";
    case Outcome::kMissing:
      return "missing";
    case Outcome::kAmbiguous:
      return "ambiguous";
    case Outcome::kUnshown:
      return "unshown";
    case Outcome::kOnDemand:
      return "on-demand";
    case Outcome::kUnknown:
      return "unknown";
  }
  return "";
}

std::string_view text_of(FailureKind failure) {
  switch (failure) {
    case FailureKind::kNone:
      return "";
    case FailureKind::kMissingModule:
      return "missing-module";
    case FailureKind::kMissingSymbol:
      return "missing-symbol";
    case FailureKind::kRelativeImport:
      return "relative-import";
    case FailureKind::kHiddenModule:
      return "hidden-module";
  }
  return "";
}

std::string_view text_of(ModuleOrigin origin) {
  switch (origin) {
    case ModuleOrigin::kFirstParty:
      return "first-party";
    case ModuleOrigin::kStandardLibrary:
      return "standard-library";
    case ModuleOrigin::kThirdParty:
      return "third-party";
  }
  return "";
}

void append_text(std::string& out, std::string_view key, std::string_view text) {
  if (!text.empty()) append_json_text(out, key, text);
}

void append_row(std::string& out, const SourceTree& tree, const FileFacts& facts,
                const ResolvedTree& resolved, const Resolution& row) {
  const Module* target = row.target == UINT32_MAX ? nullptr : &resolved.modules[row.target];
  const Import& import = facts.imports()[row.import];
  out += '{';
  append_json_number(out, "column", import.column);
  append_text(out, "failure", text_of(row.failure));
  append_json_key(out, "file");
  append_json_string(out, tree.files[index_of(row.file)].path);
  append_json_number(out, "line", import.line);
  append_text(out, "missing_prefix", resolved.missing_prefix(row));
  append_text(out, "module", resolved.module_asked(row));
  if (row.name != UINT32_MAX) {
    append_text(out, "name", facts.name(facts.imported_names()[row.name].name));
  }
  append_text(out, "outcome", text_of(row.outcome));
  append_text(out, "shadowed_by", resolved.shadowed_by(row));
  if (target) {
    append_text(out, "target", target->name);
    append_text(out, "target_file", target->file);
    append_text(out, "target_origin", text_of(target->origin));
  }
  out += "}\n";
}

}  // namespace

void append_resolutions_json(std::string& out, const SourceTree& tree, const ScannedTree& scanned,
                             const ResolvedTree& resolved) {
  for (const Resolution& row : resolved.resolutions) {
    append_row(out, tree, scanned.facts[index_of(row.file)], resolved, row);
  }
}

}  // namespace headwater
