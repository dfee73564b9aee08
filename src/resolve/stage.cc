#include "resolve/stage.h"

#include "base/paths.h"

namespace headwater::resolve {
namespace {

std::vector<SearchEntry> search_path(const CanonicalNames& names,
                                     const PythonEnvironment& environment,
                                     const ResolveOptions& options) {
  return search_entries(names.root_folders, environment, options.standard_library_first);
}

std::vector<EditableModule> mapped_packages(const SourceTree& tree, const ProjectLayout& layout) {
  std::vector<EditableModule> mapped;
  for (const Project& project : layout.projects) {
    for (const MappedPackage& package : project.mapped_packages) {
      mapped.push_back({package.name, normalize_path(join_path(tree.root, package.folder))});
    }
  }
  return mapped;
}

}  // namespace

Stage::Stage(const FileSystem& files, const SourceTree& tree, const ScannedTree& scanned,
             const ProjectLayout& layout, const EntryPaths& entries,
             const PythonEnvironment& environment, const ResolveOptions& options,
             CanonicalNames canonical, bool is_traced)
    : names(std::move(canonical)),
      ids(tree),
      asked(ids, is_traced),
      read_files(files, [this](const std::string& path) { asked.note_path(path); }),
      folders(files, environment, &tree),
      finder(folders, search_path(names, environment, options), mapped_packages(tree, layout),
             environment, ids),
      start_up(files, folders, environment, options.scan),
      contexts(tree, layout, entries, names, finder, folders),
      world{read_files,
            tree,
            scanned,
            environment,
            options.known_modules,
            names,
            finder,
            entries.is_test,
            contexts,
            start_up,
            asked,
            layout,
            declared_distributions(layout.projects),
            options.scan,
            options.outline},
      symbols(world) {}

Module module_of(const Node& node) {
  return {node.name, node.file, node.kind, node.origin, node.file_id};
}

}  // namespace headwater::resolve
