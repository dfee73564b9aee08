#include "pipeline/scripts.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/paths.h"
#include "git/file_history.h"
#include "pipeline/script_texts.h"
#include "pipeline/subjects.h"
#include "scripts_audit/candidates.h"
#include "scripts_audit/complexity.h"
#include "scripts_audit/names.h"
#include "scripts_audit/rules.h"

namespace headwater::pipeline {
namespace {

using scripts_audit::Candidate;

constexpr uint64_t kMaxMeasuredBytes = 1 << 20;
constexpr double kNearDuplicate = 0.8;
constexpr EdgeClasses kStatements = ~only(EdgeClass::kParent);

/// Folders without an `__init__.py` whose modules are imported by their dotted names from
/// elsewhere.
std::set<std::string, std::less<>> namespace_packages(const Attributed& audit) {
  std::set<std::string, std::less<>> folders;
  const ImportGraph& graph = audit.graph;
  for (uint32_t node = 0; node < graph.node_count(); ++node) {
    if (graph.file[node] == kNothing) continue;
    const std::string_view from = audit.made.tree.files[graph.file[node]].path;
    for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
      const uint32_t target = graph.targets[edge];
      const uint32_t file = graph.file[target];
      const bool is_dotted = file != kNothing && contains(kStatements, graph.classes[edge]) &&
                             audit.made.resolved.module_name[file].find('.') != std::string::npos;
      if (!is_dotted) continue;
      const std::string_view folder = parent_path(audit.made.tree.files[file].path);
      if (!is_within(from, folder)) folders.emplace(folder);
    }
  }
  return folders;
}

class Judging {
 public:
  Judging(const FileSystem& files, Attributed& audit, std::vector<std::string> folders)
      : files_(files), audit_(audit) {
    scripts_audit::CandidateOptions options;
    options.folders = folders;
    options.namespace_packages = namespace_packages(audit);
    report_.folders = std::move(folders);
    candidates_ =
        scripts_audit::stand_alone_files(audit.made.tree, audit.made.entry_paths, options);
    for (uint32_t i = 0; i < candidates_.size(); ++i) {
      const SourceFile& source = audit.made.tree.files[candidates_[i].file];
      of_file_[candidates_[i].file] = i;
      JudgedScript& script = report_.scripts.emplace_back();
      script.path = source.path;
      script.evidence.module = audit.made.resolved.module_name[candidates_[i].file];
      script.evidence.is_in_package = candidates_[i].is_in_package;
      script.evidence.stands_alone = candidates_[i].stands_alone;
      script.evidence.is_notebook = source.kind == FileKind::kNotebook;
      script.evidence.one_time_word = scripts_audit::one_time_word(source.path);
    }
  }

  ScriptsReport run(const ScriptCommits& commits) {
    add_texts();
    add_importers();
    add_named_modules();
    add_measures();
    add_history(commits);
    add_findings();
    for (JudgedScript& script : report_.scripts) order(script.evidence.references);
    scripts_audit::judge(report_);
    return std::move(report_);
  }

 private:
  ScriptEvidence& evidence(uint32_t candidate) { return report_.scripts[candidate].evidence; }

  void add_texts() {
    ScriptTexts texts = read_script_texts(files_, audit_.made, candidates_);
    const auto twins = scripts_audit::twins_of(texts.shingles, kNearDuplicate);
    for (uint32_t i = 0; i < candidates_.size(); ++i) {
      evidence(i).references = std::move(texts.references[i]);
      evidence(i).shared = std::move(texts.shared[i]);
      if (!twins[i]) continue;
      evidence(i).twin = ScriptTwin{report_.scripts[twins[i]->text].path, twins[i]->similarity};
    }
  }

  ReferenceKind kind_of(uint32_t file) const {
    if (of_file_.contains(file)) return ReferenceKind::kScript;
    const std::string& path = audit_.made.tree.files[file].path;
    const bool is_test = audit_.made.entry_paths.is_test[file] || scripts_audit::is_of_tests(path);
    return is_test ? ReferenceKind::kTest : ReferenceKind::kCode;
  }

  /// A certain reference from line `line` of a Python source.
  void refer(uint32_t candidate, uint32_t from, uint32_t line, std::string text) {
    ScriptReference reference;
    reference.kind = kind_of(from);
    reference.place = {audit_.made.tree.files[from].path, line, 0};
    reference.text = std::move(text);
    evidence(candidate).references.push_back(std::move(reference));
  }

  void add_importers() {
    const ImportGraph& graph = audit_.graph;
    for (uint32_t node = 0; node < graph.node_count(); ++node) {
      const uint32_t from = graph.file[node];
      if (from == kNothing) continue;
      const auto own = of_file_.find(from);
      std::set<uint32_t> imported;  // modules of the repository
      for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
        const uint32_t file = graph.file[graph.targets[edge]];
        if (file == kNothing || file == from || !contains(kStatements, graph.classes[edge]))
          continue;
        imported.insert(file);
        const auto target = of_file_.find(file);
        if (target == of_file_.end()) continue;
        const Import& import = audit_.made.scanned.facts[from].imports()[graph.statements[edge]];
        refer(target->second, from, import.line, name_of(audit_, graph.targets[edge]));
      }
      if (own != of_file_.end()) {
        evidence(own->second).first_party_imports = static_cast<uint32_t>(imported.size());
      }
    }
  }

  /// `import_module("jobs.nightly")`, `mock.patch("tools.release.upload")`, `_target_:
  /// jobs.nightly.Job`.
  void add_named_modules() {
    std::unordered_map<std::string_view, uint32_t> of_module;
    for (uint32_t i = 0; i < candidates_.size(); ++i) {
      if (!evidence(i).module.empty()) of_module[evidence(i).module] = i;
    }
    for (uint32_t file = 0; file < audit_.made.tree.files.size(); ++file) {
      const FileFacts& facts = audit_.made.scanned.facts[file];
      for (const StringReference& reference : facts.string_references()) {
        const auto found = of_module.find(facts.name(reference.module));
        if (found == of_module.end() || candidates_[found->second].file == file) continue;
        refer(found->second, file, reference.line, std::string(found->first));
      }
    }
    for (size_t i = 0; i < audit_.made.strings.size(); ++i) {
      const NamedString& string = audit_.made.strings[i];
      const auto found = of_module.find(audit_.made.resolved.strings[i].module);
      if (found == of_module.end() || candidates_[found->second].file == string.file_id) continue;
      if (string.file_id != kNothing) {
        refer(found->second, string.file_id, string.line, string.name);
      } else {
        refer_by_setting(found->second, string);
      }
    }
  }

  /// Unless its line names the script in words, too.
  void refer_by_setting(uint32_t candidate, const NamedString& string) {
    std::vector<ScriptReference>& known = evidence(candidate).references;
    const bool is_known = std::ranges::any_of(known, [&](const ScriptReference& one) {
      return one.place.file == string.file && one.place.line == string.line;
    });
    if (is_known) return;
    ScriptReference& reference = known.emplace_back();
    reference.kind = ReferenceKind::kConfig;
    reference.place = {string.file, string.line, 0};
    reference.text = string.name;
  }

  void add_measures() {
    tbb::parallel_for(tbb::blocked_range<size_t>(0, candidates_.size()), [&](const auto& range) {
      for (size_t i = range.begin(); i < range.end(); ++i) {
        const auto candidate = static_cast<uint32_t>(i);
        if (evidence(candidate).is_notebook) continue;
        const auto text = files_.read(join_path(audit_.made.tree.root, report_.scripts[i].path),
                                      kMaxMeasuredBytes);
        if (text) evidence(candidate).measures = scripts_audit::measure(*text);
      }
    });
  }

  void add_history(const ScriptCommits& commits) {
    report_.history.missing = commits.missing;
    if (commits.head.empty()) return;
    const auto repository = git::Repository::open(audit_.made.tree.root);
    if (!repository) {
      report_.history.missing = repository.error().detail;
      return;
    }
    git::HistoryOptions options;
    const std::string prefix(relative_path(audit_.made.tree.root, repository->top()));
    for (const JudgedScript& script : report_.scripts) {
      options.paths.push_back(join_path(prefix, script.path));
    }
    options.files = audit_.made.tree.files.size();
    const auto ignored = files_.read(join_path(repository->top(), ".git-blame-ignore-revs"));
    if (ignored) options.ignored = git::ignored_commits(*ignored);
    auto histories = git::file_histories(*repository, commits.head, options);
    if (!histories) {
      report_.history.missing = histories.error().path + ' ' + histories.error().detail;
      return;
    }
    report_.history = std::move(histories->scope);
    for (uint32_t i = 0; i < candidates_.size(); ++i) {
      evidence(i).history = std::move(histories->of[i]);
    }
  }

  /// Faults are the script's own; what follows from a fault elsewhere is repaired there.
  void add_findings() {
    for (const Error& unread : audit_.made.scanned.unread) {
      const auto found =
          std::ranges::lower_bound(report_.scripts, unread.path, {}, &JudgedScript::path);
      if (found != report_.scripts.end() && found->path == unread.path) {
        found->evidence.unread = unread.detail;
      }
    }
    const AuditReport all = report_of(audit_);
    for (const Finding& finding : all.findings) {
      const auto found =
          std::ranges::lower_bound(report_.scripts, finding.file, {}, &JudgedScript::path);
      if (found == report_.scripts.end() || found->path != finding.file) continue;
      const bool is_certain = finding.confidence == "certain";
      if (finding.finding_class == FindingClass::kFault && is_certain) {
        if (finding.when == When::kTyping) continue;
        found->evidence.faults.push_back({finding.code,
                                          {finding.file, finding.line, finding.cell},
                                          finding.message,
                                          finding.when != When::kCall,
                                          finding.code == "HW102"});
      } else if (raises(finding)) {
        ++found->evidence.other_failures;
      }
    }
  }

  /// One of each kind and file, the strongest kinds first.
  static void order(std::vector<ScriptReference>& references) {
    std::ranges::sort(references, [](const ScriptReference& a, const ScriptReference& b) {
      return std::tuple(!a.is_certain, a.kind, a.place, std::string_view(a.text)) <
             std::tuple(!b.is_certain, b.kind, b.place, std::string_view(b.text));
    });
    std::set<std::string> seen;
    std::erase_if(references, [&](const ScriptReference& reference) {
      return !seen.insert(reference.place.file).second;
    });
  }

  const FileSystem& files_;
  Attributed& audit_;
  std::vector<Candidate> candidates_;
  std::unordered_map<uint32_t, uint32_t> of_file_;  // candidate by FileId
  ScriptsReport report_;                            // scripts by candidate
};

}  // namespace

ScriptCommits script_commits(const std::string& folder, const std::string& revision) {
  ScriptCommits commits;
  const auto repository = git::Repository::open(folder);
  if (!repository) {
    commits.missing = repository.error().detail;
    return commits;
  }
  auto head = repository->commit(revision);
  if (!head) {
    commits.missing = head.error().detail;
    return commits;
  }
  commits.head = std::move(*head);
  commits.shallow_edge = repository->shallow_edge();
  return commits;
}

ScriptsReport judge_scripts(const FileSystem& files, Attributed& audit,
                            std::vector<std::string> folders, const ScriptCommits& commits) {
  return Judging(files, audit, std::move(folders)).run(commits);
}

}  // namespace headwater::pipeline
