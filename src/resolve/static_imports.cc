#include "resolve/static_imports.h"

#include <algorithm>

#include "base/paths.h"
#include "model/import_graph.h"
#include "resolve/branches.h"
#include "resolve/symbols.h"

namespace headwater::resolve {

StaticImports::StaticImports(const FileSystem& files, const FolderCache& folders,
                             const PythonEnvironment& environment, const Scan& scan)
    : files_(files),
      environment_(environment),
      scan_(scan),
      finder_(folders, search_entries({}, environment, false), {}, environment, ids_) {}

Result<std::string> StaticImports::text_of(const Node& node) const {
  if (node.file.ends_with(".py")) return files_.read(node.file);
  // Of a frozen module the finder needs no file.
  std::string path = node.name;
  std::ranges::replace(path, '.', '/');
  for (const std::string& folder : environment_.standard_library.folders) {
    if (node.state != NodeState::kTable) break;
    for (const char* const ending : {".py", "/__init__.py"}) {
      if (auto text = files_.read(join_path(folder, path + ending))) return text;
    }
  }
  return fail(ErrorCode::kNotFound, node.name, "");
}

std::vector<std::string> StaticImports::of(const Node& node, bool in_calls) const {
  std::vector<std::string> found;
  const auto text = text_of(node);
  if (!text || !scan_) return found;
  FileFacts facts = scan_(*text);
  decide_branches(facts, environment_);
  const auto names = facts.imported_names();
  for (const Import& import : facts.imports()) {
    const EdgeClass when = edge_kind(import).runs;
    const bool runs = contains(kImportTime, when) || (in_calls && when == EdgeClass::kCall);
    std::string module = runs ? Symbols::absolute_name(node, facts, import) : std::string();
    if (module.empty()) continue;
    if (import.is_from) {
      for (const ImportedName& one : names.subspan(import.first_name, import.name_count)) {
        const std::string_view name = facts.name(one.name);
        if (name != "*") found.push_back(std::string(module).append(1, '.').append(name));
      }
    }
    found.push_back(std::move(module));
  }
  return found;
}

}  // namespace headwater::resolve
