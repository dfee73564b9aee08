#include "project/entry_paths.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/paths.h"
#include "project/path_edits.h"
#include "project/pytest.h"
#include "project/python_path.h"

namespace headwater::project {
namespace {

bool is_identifier(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  return !text.empty() && !(text[0] >= '0' && text[0] <= '9') &&
         std::all_of(text.begin(), text.end(), fits);
}

/// `sys.path` while it is edited: what stands before the roots, and what stands behind everything.
class PathUnderEdit {
 public:
  void insert(EntryFolder folder) {
    if (!path.front.empty() && path.front.front().path == folder.path) return;
    path.front.insert(path.front.begin(), std::move(folder));
  }

  void append(EntryFolder folder) {
    const auto is_same = [&](const EntryFolder& old) { return old.path == folder.path; };
    const bool is_there = std::any_of(path.front.begin(), path.front.end(), is_same) ||
                          std::any_of(path.back.begin(), path.back.end(), is_same);
    if (!is_there) path.back.push_back(std::move(folder));
  }

  /// An edit that may not run never hides anything.
  void apply(const EvaluatedEdits& edits) {
    for (const EvaluatedEdits::Edit& edit : edits.edits) {
      if (edit.at_front && edit.is_certain) {
        insert(edit.folder);
      } else {
        append(edit.folder);
      }
    }
    if (path.open_because.empty()) path.open_because = edits.open_because;
  }

  EntryPath path{};
};

class Finder {
 public:
  Finder(const FileSystem& files, const SourceTree& tree, const ScannedTree& scanned,
         const ProjectLayout& layout)
      : files_(files),
        tree_(tree),
        scanned_(scanned),
        layout_(layout),
        pytest_(files, tree.root),
        evaluator_(files, tree, layout) {
    for (uint32_t id = 0; id < tree.files.size(); ++id) {
      const std::string& path = tree.files[id].path;
      if (tree.files[id].kind == FileKind::kNotebook) continue;
      const std::string_view name = file_name(path);
      if (name == "__init__.py") packages_.emplace(parent_path(path), id);
      if (name == "conftest.py") conftests_.emplace(parent_path(path), id);
      if (has_edits(id)) edits_.emplace(id, evaluator_.evaluate(path, scanned.facts[id]));
    }
    for (const Project& project : layout.projects) {
      if (project.is_unpacked_distribution) unpacked_.insert(project.folder);
    }
  }

  EntryPaths run() {
    EntryPaths out;
    out.paths.emplace_back();
    out.of_file.assign(tree_.files.size(), 0);
    out.is_test.assign(tree_.files.size(), false);
    // With --root, each module is judged by what it does itself.
    if (!layout_.explicit_roots) out.python_path = find_python_path(files_, tree_, out.notes);
    for (uint32_t id = 0; id < tree_.files.size(); ++id) {
      const std::string_view file = tree_.files[id].path;
      const bool is_plain = tree_.files[id].kind == FileKind::kNotebook && !has_edits(id);
      out.is_test[id] = configuration(parent_path(file)).collects(file);
      PathUnderEdit edited = is_plain ? PathUnderEdit() : path_of(id);
      for (const WrittenFolder& written : out.python_path) {
        if (is_within(file, written.scope)) edited.append(written.folder);
      }
      out.of_file[id] = number_of(std::move(edited.path), out);
    }
    for (uint32_t id = 0; id < tree_.files.size() && !layout_.explicit_roots; ++id) {
      const auto found = edits_.find(id);
      if (found == edits_.end()) continue;
      for (const EvaluatedEdits::Edit& edit : found->second.edits) {
        if (doubtful_.insert(edit.folder.path).second) {
          out.doubtful_everywhere.push_back(edit.folder);
        }
      }
    }
    return out;
  }

 private:
  bool has_edits(uint32_t id) const { return !scanned_.facts[id].path_edits().empty(); }

  const EvaluatedEdits* edits_of(uint32_t id) const {
    const auto found = edits_.find(id);
    return found == edits_.end() ? nullptr : &found->second;
  }

  PathUnderEdit path_of(uint32_t id) {
    const std::string_view file = tree_.files[id].path;
    const std::string_view folder = parent_path(file);
    PathUnderEdit edited;
    const PytestConfiguration& pytest = configuration(folder);
    if (!layout_.explicit_roots && pytest.takes(file)) {
      add_pytest(pytest, folder, id, edited);
    } else {
      open_with_conftests(folder, edited);
    }
    // A module's packages run before it.
    std::vector<uint32_t> around;
    for (std::string_view at = folder; !at.empty(); at = parent_path(at)) {
      const auto package = packages_.find(at);
      if (package == packages_.end()) break;
      if (package->second != id && !edits_.empty()) around.push_back(package->second);
    }
    for (auto package = around.rbegin(); package != around.rend(); ++package) {
      if (const EvaluatedEdits* edits = edits_of(*package)) edited.apply(*edits);
    }
    if (const EvaluatedEdits* own = edits_of(id)) edited.apply(*own);
    return edited;
  }

  /// What pytest has done to the path when it imports a file of the folder.
  void add_pytest(const PytestConfiguration& pytest, std::string_view folder, uint32_t id,
                  PathUnderEdit& edited) {
    const std::vector<std::string>& python_path = pytest.python_path;
    for (auto at = python_path.rbegin(); at != python_path.rend(); ++at) {
      edited.insert({absolute(*at), pytest.file + ": pythonpath"});
    }
    std::vector<std::string_view> above;  // with a conftest.py, from the rootdir down
    for (std::string_view at = folder;; at = parent_path(at)) {
      if (conftests_.contains(at)) above.insert(above.begin(), at);
      if (at.size() <= pytest.rootdir.size()) break;
    }
    for (const std::string_view at : above) {
      const uint32_t conftest = conftests_.find(at)->second;
      add_test_folder(pytest.import_mode, at, edited);
      const EvaluatedEdits* edits = conftest == id ? nullptr : edits_of(conftest);
      if (edits != nullptr) edited.apply(*edits);
    }
    add_test_folder(pytest.import_mode, folder, edited);
    if (pytest.import_mode == ImportMode::kImportlib) {
      // Tests know each other by their names below the rootdir.
      edited.append({absolute(pytest.rootdir), "pytest: rootdir"});
      edited.path.no_root = first_without_init(folder);
      edited.path.doubtful.push_back(
          {absolute(*edited.path.no_root), "pytest: not on the path in importlib mode"});
    }
  }

  void add_test_folder(ImportMode mode, std::string_view folder, PathUnderEdit& edited) {
    if (mode == ImportMode::kImportlib) return;
    EntryFolder added{absolute(first_without_init(folder)),
                      "pytest: first folder upward without __init__.py"};
    if (mode == ImportMode::kPrepend) {
      edited.insert(std::move(added));
    } else {
      edited.append(std::move(added));
    }
  }

  /// Helpers of tests may find what a conftest.py above put on the path.
  void open_with_conftests(std::string_view folder, PathUnderEdit& edited) const {
    if (edits_.empty()) return;
    for (std::string_view at = folder;; at = parent_path(at)) {
      const auto conftest = conftests_.find(at);
      const EvaluatedEdits* edits =
          conftest == conftests_.end() ? nullptr : edits_of(conftest->second);
      if (edits != nullptr && edited.path.open_because.empty()) {
        edited.path.open_because = edits->open_because;
      }
      if (at.empty()) break;
    }
  }

  std::string first_without_init(std::string_view folder) const {
    while (!folder.empty() && packages_.contains(folder) && is_identifier(file_name(folder))) {
      folder = parent_path(folder);
    }
    return std::string(folder);
  }

  const PytestConfiguration& configuration(std::string_view folder) {
    if (folder == last_folder_ && last_configuration_ != nullptr) return *last_configuration_;
    last_folder_ = folder;
    // The content of a wheel has no configuration of its own.
    const std::string& project =
        layout_.projects[project_of(layout_, join_path(folder, "x"))].folder;
    const bool is_unpacked = unpacked_.contains(project);
    last_configuration_ = is_unpacked ? &unconfigured_ : &pytest_.of(folder);
    if (is_unpacked) unconfigured_.rootdir = project;
    return *last_configuration_;
  }

  std::string absolute(std::string_view folder) const {
    return normalize_path(join_path(tree_.root, folder));
  }

  static uint32_t number_of(EntryPath path, EntryPaths& out);

  const FileSystem& files_;
  const SourceTree& tree_;
  const ScannedTree& scanned_;
  const ProjectLayout& layout_;
  PytestConfigurations pytest_;
  PytestConfiguration unconfigured_;
  PathEditEvaluator evaluator_;
  std::unordered_map<std::string_view, uint32_t> packages_;   // folder to its __init__.py
  std::unordered_map<std::string_view, uint32_t> conftests_;  // folder to its conftest.py
  std::unordered_map<uint32_t, EvaluatedEdits> edits_;
  std::unordered_set<std::string> unpacked_;
  std::unordered_set<std::string> doubtful_;
  std::string_view last_folder_;
  const PytestConfiguration* last_configuration_ = nullptr;
};

/// Files come in path order: equal paths come together.
uint32_t Finder::number_of(EntryPath path, EntryPaths& out) {
  if (path == out.paths.front()) return 0;
  if (!(path == out.paths.back())) out.paths.push_back(std::move(path));
  return static_cast<uint32_t>(out.paths.size() - 1);
}

}  // namespace

EntryPaths find_entry_paths(const FileSystem& files, const SourceTree& tree,
                            const ScannedTree& scanned, const ProjectLayout& layout) {
  return Finder(files, tree, scanned, layout).run();
}

}  // namespace headwater::project
