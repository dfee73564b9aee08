#include "findings/declarations.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/paths.h"
#include "findings/kinds.h"

namespace headwater::findings {
namespace {

bool is_placed_for_development(std::string_view path) {
  constexpr std::string_view kFolders[] = {
      "test",      "tests", "testing", "doc",   "docs", "examples", "benchmarks",
      "benchmark", "bench", "scripts", "tools", "ci",   "notebooks"};
  constexpr std::string_view kFiles[] = {"conftest.py", "setup.py", "noxfile.py", "tasks.py",
                                         "fabfile.py"};
  if (std::ranges::find(kFiles, file_name(path)) != std::end(kFiles)) return true;
  for (std::string_view folder = parent_path(path); !folder.empty(); folder = parent_path(folder)) {
    if (std::ranges::find(kFolders, file_name(folder)) != std::end(kFolders)) return true;
  }
  return false;
}

}  // namespace

bool is_for_development(const World& world, uint32_t file) {
  return world.entry_paths.is_test[file] || world.resolved.module_name[file].empty() ||
         is_placed_for_development(world.tree.files[file].path);
}

std::string title(const Project& project) {
  if (!project.name.empty()) return project.name;
  return project.folder.empty() ? "the project" : project.folder;
}

Judgement about_declaration(std::string_view code, const Project& project,
                            const std::string& provider) {
  Judgement judgement{};
  judgement.raises = false;
  judgement.subject =
      project.folder.empty() ? provider : fmt::format("{}: {}", project.folder, provider);
  judgement.finding.code = code;
  judgement.finding.finding_class = finding_kind(code).finding_class;
  judgement.finding.severity = Severity::kWarning;
  judgement.finding.confidence = "certain";
  return judgement;
}

void set_import(const World& world, uint32_t file, const Import& import, std::string_view module,
                Finding& finding) {
  finding.file = world.tree.files[file].path;
  finding.line = import.line;
  finding.column = import.column;
  finding.module = module;
  finding.when = import.scope == Scope::kFunction ? When::kCall : When::kImport;
}

}  // namespace headwater::findings
