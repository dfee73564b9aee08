#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "resolve/resolve.h"
#include "scan/python/block_parser.h"
#include "unit/support/files_in_memory.h"

namespace headwater::resolve {

/// A tree at /r with its facts. The imports are read from the text; what a module binds is said by
/// the test, so that the rules are tested apart from the scanner.
struct Sample {
  FilesInMemory files{};
  std::map<std::string, FactsBuilder> facts;
  ProjectLayout layout;
  PythonEnvironment environment;
  ResolveOptions options;
  SourceTree tree;
  ScannedTree scanned;
  ResolvedTree resolved;

  explicit Sample(std::vector<std::string> roots = {""}) {
    layout.projects.emplace_back();
    for (std::string& root : roots) layout.roots.push_back({std::move(root), "test"});
    environment.source = EnvironmentSource::kOption;
    environment.version = {3, 12};
    environment.standard_library.names = {"os", "json", "sys"};
    environment.standard_library.builtin_names = {"sys"};
    environment.standard_library.unshadowable = {"os", "os.path"};
  }

  FactsBuilder& file(const std::string& path, const std::string& text = "",
                     const std::vector<std::string>& bound = {}) {
    files.add("/r/" + path, text);
    FactsBuilder& made = facts[path] = {};
    scan::ByteIndex index;
    index.build(text, scan::best_byte_classes());
    scan::BlockParser(text, index, made).run();
    made.name_states.clear();
    made.bindings.clear();
    made.dynamic_markers = 0;
    made.exports_state = ExportsState::kAbsent;
    made.stars.clear();
    for (uint32_t i = 0; i < made.imports.size(); ++i) {
      const Import& import = made.imports[i];
      if (!import.is_from || import.name_count != 1) continue;
      if (made.names[made.imported_names[import.first_name].name] == "*") {
        made.stars.push_back({i, false});
      }
    }
    for (const std::string& name : bound) {
      made.set_state(made.names.intern(name), NameState::kAlways);
    }
    return made;
  }
  void site(const std::string& path, const std::string& text = "") {
    files.add("/site/" + path, text);
    environment.search_path = {{"/site", SearchPathKind::kSitePackages}};
  }
  void library(const std::string& path) {
    files.add("/lib/" + path, "");
    environment.standard_library.folders = {"/lib"};
  }

  void run() {
    tree = {};
    scanned = {};
    tree.root = "/r";
    for (const auto& [path, of_file] : facts) {
      tree.files.push_back({path, 0, 0,
                            path.ends_with(".pyi")     ? FileKind::kStub
                            : path.ends_with(".ipynb") ? FileKind::kNotebook
                                                       : FileKind::kPython});
      scanned.facts.push_back(of_file.build());
      scanned.was_read.push_back(true);
    }
    resolved = resolve(files, tree, scanned, layout, EntryPaths{}, environment, options);
  }

  /// The rows of one file, a word each: the file found, a failure with its name, or the outcome.
  std::vector<std::string> rows(const std::string& path) {
    run();
    std::vector<std::string> words;
    for (const Resolution& row : resolved.resolutions) {
      if (tree.files[index_of(row.file)].path == path) words.push_back(word(row));
    }
    return words;
  }
  /// What `statement` gives when it stands in `path`.
  std::vector<std::string> rows_of(const std::string& statement,
                                   const std::string& path = "use.py") {
    file(path, statement);
    return rows(path);
  }

 private:
  std::string word(const Resolution& row) const {
    const FileFacts& of_file = scanned.facts[index_of(row.file)];
    switch (row.failure) {
      case FailureKind::kMissingModule:
        return "missing " + std::string(resolved.missing_prefix(row));
      case FailureKind::kMissingSymbol:
        return "no " + std::string(of_file.name(of_file.imported_names()[row.name].name));
      case FailureKind::kRelativeImport:
        return "relative";
      case FailureKind::kHiddenModule:
        return "hidden by " + std::string(resolved.shadowed_by(row));
      case FailureKind::kNone:
        break;
    }
    if (row.outcome == Outcome::kUnknown) return "unknown";
    if (row.outcome == Outcome::kUnshown) {
      return "unshown " + std::string(of_file.name(of_file.imported_names()[row.name].name));
    }
    if (row.outcome == Outcome::kNamespacePackage) return "namespace";
    if (row.outcome == Outcome::kStandardLibrary) return "stdlib";
    return resolved.modules[row.target].file;
  }
};

using Rows = std::vector<std::string>;

}  // namespace headwater::resolve
