#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/script_report.h"
#include "pipeline/stages.h"
#include "scripts_audit/candidates.h"
#include "scripts_audit/shingles.h"

namespace headwater::pipeline {

/// What the texts of the repository say of some of its files.
struct ScriptTexts {
  std::vector<std::vector<ScriptReference>> references;  // by candidate, in no order
  std::vector<scripts_audit::Shingles> shingles;         // by candidate
  std::vector<std::optional<SharedCode>> shared;  // by candidate: the module that has most of it
};

/// Reads what may name a script, and every Python source: strings, and what texts have in common.
ScriptTexts read_script_texts(const FileSystem& files, const StageOutputs& made,
                              std::span<const scripts_audit::Candidate> candidates);

/// A file that may name code of the repository.
struct NamingText {
  std::string path;  // relative to the repository
  ReferenceKind kind;
};

/// By path.
std::vector<NamingText> naming_texts(const SourceTree& tree);

}  // namespace headwater::pipeline
