#include "graph/build.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "base/paths.h"

namespace headwater::graph {
namespace {

class Builder {
 public:
  Builder(const SourceTree& tree, const ScannedTree& scanned, const ResolvedTree& resolved)
      : tree_(tree), scanned_(scanned), resolved_(resolved) {}

  ImportGraph run() {
    number_nodes();
    index_rows();
    index_packages();
    const size_t nodes = made_.file.size();
    std::vector<uint32_t> counts(nodes);
    parents_.resize(nodes);
    tbb::parallel_for(size_t{0}, nodes, [&](size_t node) {
      parents_[node] = parent(static_cast<uint32_t>(node));
      uint32_t count = 0;
      for_each_edge(static_cast<uint32_t>(node), [&](uint32_t, uint32_t, const auto&) { ++count; });
      counts[node] = count;
    });
    made_.offsets.assign(nodes + 1, 0);
    for (size_t i = 0; i < nodes; ++i) made_.offsets[i + 1] = made_.offsets[i] + counts[i];
    const size_t edges = made_.offsets[nodes];
    made_.targets.resize(edges);
    made_.statements.resize(edges);
    made_.classes.resize(edges);
    made_.guards.resize(edges);
    tbb::parallel_for(size_t{0}, nodes, [&](size_t node) {
      uint32_t at = made_.offsets[node];
      for_each_edge(static_cast<uint32_t>(node),
                    [&](uint32_t target, uint32_t statement, const auto& kind_of) {
                      const EdgeKind kind = kind_of();
                      made_.targets[at] = target;
                      made_.statements[at] = statement;
                      made_.classes[at] = kind.runs;
                      made_.guards[at++] = kind.guard;
                    });
    });
    gather_protected();
    return std::move(made_);
  }

 private:
  const FileFacts* facts_of(uint32_t node) const {
    if (node < made_.module_count && made_.installed[node] != kNothing) {
      return &resolved_.installed[made_.installed[node]].facts;
    }
    return made_.file[node] == kNothing ? nullptr : &scanned_.facts[made_.file[node]];
  }

  void gather_protected() {
    for (uint32_t node = 0; node < made_.file.size(); ++node) {
      const FileFacts* const facts = facts_of(node);
      if (facts == nullptr) continue;
      const auto imports = facts->imports();
      for (uint32_t i = 0; i < imports.size(); ++i) {
        const Guards which = imports[i].guards & (kGuardExcept | kGuardElse);
        // What is in a condition is reached or not, even if a guard lets its failure through.
        const bool may_not_run =
            (imports[i].guards & kGuardConditional) != 0 && edge_kind(imports[i]).guard.holds_any();
        if (which == 0 && !may_not_run) continue;
        if (imports[i].guarded_back == 0) {
          made_.protected_by.push_back({node, i, i, Protected::Runs::kUnknown});
          continue;
        }
        const auto runs = which == kGuardExcept ? Protected::Runs::kIfItFails
                          : which == kGuardElse ? Protected::Runs::kIfItImports
                                                : Protected::Runs::kUnknown;
        uint32_t guarded = i;
        for (uint32_t back = imports[i].guarded_back; back != 0;
             back = imports[guarded].previous_back) {
          guarded -= back;
          made_.protected_by.push_back({node, i, guarded, runs});
        }
      }
    }
  }

  /// The module whose name is the file's canonical one is the file's node.
  void number_nodes() {
    const std::vector<Module>& modules = resolved_.modules;
    made_.installed.assign(modules.size(), kNothing);
    for (uint32_t i = 0; i < resolved_.installed.size(); ++i) {
      made_.installed[resolved_.installed[i].module] = i;
    }
    made_.module_count = static_cast<uint32_t>(modules.size());
    made_.file.assign(modules.size(), kNothing);
    made_.node_of_file.assign(tree_.files.size(), kNothing);
    for (uint32_t id = 0; id < modules.size(); ++id) {
      const uint32_t file = modules[id].file_id;
      if (file == kNothing || modules[id].name != resolved_.module_name[file]) continue;
      made_.node_of_file[file] = id;
      made_.file[id] = file;
    }
    for (uint32_t file = 0; file < tree_.files.size(); ++file) {
      const bool is_entry = resolved_.module_name[file].empty();
      if (!is_entry || tree_.files[file].kind == FileKind::kStub) continue;
      made_.node_of_file[file] = static_cast<uint32_t>(made_.file.size());
      made_.file.push_back(file);
    }
  }

  void index_rows() {
    rows_.assign(tree_.files.size() + 1, 0);
    for (const Resolution& row : resolved_.resolutions) ++rows_[index_of(row.file) + 1];
    for (size_t i = 0; i < tree_.files.size(); ++i) rows_[i + 1] += rows_[i];
  }

  void index_packages() {
    for (uint32_t node = 0; node < made_.module_count; ++node) {
      const Module& module = resolved_.modules[node];
      if (module.kind == ModuleKind::kPackage && has_edges(node)) {
        packages_.emplace(parent_path(module.file), node);
      }
    }
  }

  bool has_edges(uint32_t node) const {
    return made_.file[node] != kNothing || resolved_.modules[node].file_id == kNothing;
  }

  /// A file's node for any of its names.
  uint32_t canonical(uint32_t module) const {
    const uint32_t file = resolved_.modules[module].file_id;
    if (file == kNothing || made_.node_of_file[file] == kNothing) return module;
    return made_.node_of_file[file];
  }

  /// The nearest regular package above: a namespace package runs nothing.
  uint32_t parent(uint32_t node) const {
    if (made_.is_entry(node)) return kNothing;
    const Module& module = resolved_.modules[node];
    if (module.file.empty() || !has_edges(node)) return kNothing;
    std::string_view folder = parent_path(module.file);
    if (module.kind == ModuleKind::kPackage) folder = parent_path(folder);
    for (auto parts = std::ranges::count(module.name, '.'); parts > 0; --parts) {
      const auto found = packages_.find(folder);
      if (found != packages_.end()) return found->second;
      folder = parent_path(folder);
    }
    return kNothing;
  }

  /// Calls visit(target, statement, kind_of), the last of which gives the kind of the edge.
  template <typename Visit>
  void for_each_edge(uint32_t node, Visit visit) const {
    if (parents_[node] != kNothing)
      visit(parents_[node], kNothing, [] { return EdgeKind(EdgeClass::kParent); });
    if (node < made_.module_count && made_.installed[node] != kNothing) {
      const InstalledCode& code = resolved_.installed[made_.installed[node]];
      for (uint32_t i = code.first_row; i < code.first_row + code.row_count; ++i) {
        const Resolution& row = resolved_.installed_rows[i];
        if (row.target == kNothing) continue;
        visit(canonical(row.target), row.import,
              [&] { return edge_kind(code.facts.imports()[row.import]); });
      }
      return;
    }
    const uint32_t file = made_.file[node];
    if (file == kNothing || !scanned_.facts[file].syntax_faults().empty()) return;
    for (uint32_t i = rows_[file]; i < rows_[file + 1]; ++i) {
      const Resolution& row = resolved_.resolutions[i];
      // Such a row has the module that lacks the name, which the statement's first row has too.
      const bool lacks_name =
          row.failure == FailureKind::kMissingSymbol || row.outcome == Outcome::kUnshown;
      if (row.target == kNothing || lacks_name) continue;
      visit(canonical(row.target), row.import, [&] {
        if (row.outcome == Outcome::kOnDemand) return EdgeKind(EdgeClass::kConditional);
        return edge_kind(scanned_.facts[file].imports()[row.import], made_.is_entry(node));
      });
    }
  }

  const SourceTree& tree_;
  const ScannedTree& scanned_;
  const ResolvedTree& resolved_;
  ImportGraph made_;
  std::vector<uint32_t> rows_;     // by FileId: where its resolutions begin; one more at the end
  std::vector<uint32_t> parents_;  // by node
  std::unordered_map<std::string_view, uint32_t> packages_;  // by folder
};

}  // namespace

ImportGraph build(const SourceTree& tree, const ScannedTree& scanned,
                  const ResolvedTree& resolved) {
  return Builder(tree, scanned, resolved).run();
}

}  // namespace headwater::graph
