#include "attribute/simulation/import_statements.h"

#include <algorithm>

#include "attribute/simulation/names.h"
#include "attribute/simulation/node_children.h"

namespace headwater::attribute {
namespace {

/// Empty where the dots lead out of all packages.
std::string absolute_module(const Code& code, const syntax::ImportFrom& import) {
  std::string name(code.tree->name(import.module));
  if (import.level == 0) return name;
  std::string_view package =
      code.is_package ? std::string_view(code.module) : parent_of(code.module);
  for (uint32_t dots = 1; dots < import.level; ++dots) package = parent_of(package);
  if (package.empty() || name.empty()) return std::string(package);
  return std::string(package).append(1, '.').append(name);
}

std::vector<std::string> targets_of(const Code& code, NodeId statement) {
  const SyntaxTree& tree = *code.tree;
  std::vector<std::string> targets;
  if (tree.kind(statement) == NodeKind::kImport) {
    for (const NodeId each : tree.list(tree.get<syntax::Import>(statement).names)) {
      targets.emplace_back(tree.name(tree.get<syntax::Alias>(each).name));
    }
    return targets;
  }
  const auto import = tree.get<syntax::ImportFrom>(statement);
  const std::string module = absolute_module(code, import);
  if (module.empty()) return targets;
  targets.push_back(module);
  for (const NodeId each : tree.list(import.names)) {
    targets.push_back(module + '.' + std::string(tree.name(tree.get<syntax::Alias>(each).name)));
  }
  return targets;
}

}  // namespace

std::vector<ImportStatement> import_statements(const Code& code) {
  const SyntaxTree& tree = *code.tree;
  std::vector<ImportStatement> found;
  std::vector<NodeId> open{tree.root()};
  std::vector<NodeId> children;
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    const NodeKind kind = tree.kind(node);
    if (kind == NodeKind::kImport || kind == NodeKind::kImportFrom) {
      found.push_back({node, tree.line(node), targets_of(code, node)});
    }
    const bool is_function = kind == NodeKind::kFunctionDef ||
                             kind == NodeKind::kAsyncFunctionDef || kind == NodeKind::kLambda;
    if (is_function) continue;
    children.clear();
    append_children(tree, node, children);
    open.insert(open.end(), children.rbegin(), children.rend());
  }
  return found;
}

std::vector<std::string_view> read_names(const SyntaxTree& tree, NodeId statement) {
  const bool is_from = tree.kind(statement) == NodeKind::kImportFrom;
  const NodeList list = is_from ? tree.get<syntax::ImportFrom>(statement).names
                                : tree.get<syntax::Import>(statement).names;
  std::vector<std::string_view> names;
  for (const NodeId each : tree.list(list)) {
    const auto alias = tree.get<syntax::Alias>(each);
    names.push_back(tree.name(alias.asname != kNoName ? alias.asname : alias.name));
  }
  return names;
}

std::vector<std::string_view> bound_names(const SyntaxTree& tree, NodeId statement) {
  std::vector<std::string_view> names = read_names(tree, statement);
  std::ranges::transform(names, names.begin(), top_of);
  return names;
}

}  // namespace headwater::attribute
