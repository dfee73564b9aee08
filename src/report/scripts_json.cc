#include <fmt/format.h>

#include <cmath>

#include "report/json_parts.h"
#include "report/scripts_report.h"

namespace headwater::report {
namespace {

constexpr std::string_view kSchema = "headwater-scripts/1";

/// Down to two digits: only what is all the same is 1.
void add_share(std::string& out, std::string_view key, double value) {
  append_json_key(out, key);
  out += fmt::format("{:.2f}", std::floor(value * 100) / 100);
}

void add_null(std::string& out, std::string_view key) {
  append_json_key(out, key);
  out += "null";
}

void add_function(std::string& out, std::string_view key, const MeasuredFunction& function) {
  open_json(out, key, '{');
  append_json_text(out, "name", function.name);
  append_json_number(out, "line", function.line);
  append_json_number(out, "value", function.value);
  out += '}';
}

void add_measures(std::string& out, const CodeMeasures& measures) {
  open_json(out, "code", '{');
  append_json_number(out, "lines", measures.lines);
  append_json_number(out, "functions", measures.functions);
  append_json_number(out, "classes", measures.classes);
  append_json_number(out, "imports", measures.imports);
  append_json_number(out, "nesting", measures.nesting);
  append_json_number(out, "cyclomatic", measures.cyclomatic);
  append_json_number(out, "cognitive", measures.cognitive);
  add_function(out, "most_cyclomatic", measures.most_cyclomatic);
  add_function(out, "most_cognitive", measures.most_cognitive);
  add_function(out, "longest", measures.longest);
  append_json_bool(out, "main_guard", measures.has_main_guard);
  append_json_bool(out, "runs_code", measures.runs_code);
  append_json_list(out, "absolute_paths", measures.absolute_paths, [&](const AbsolutePath& path) {
    out += '{';
    append_json_number(out, "line", path.line);
    append_json_text(out, "text", path.text);
    out += '}';
  });
  out += '}';
}

void add_history(std::string& out, const FileHistory& history) {
  open_json(out, "git", '{');
  append_json_number(out, "commits", history.commits);
  append_json_number(out, "mass_commits", history.mass);
  append_json_number(out, "authors", history.authors);
  append_json_text_or_null(out, "first", history.first_day);
  append_json_text_or_null(out, "last", history.last_day);
  append_json_text_or_null(out, "last_author", history.last_author);
  append_json_number(out, "age_days", history.age_days);
  append_json_number(out, "life_days", history.life_days);
  append_json_number(out, "commits_since", history.commits_since);
  out += '}';
}

void add_reference(std::string& out, const ScriptReference& reference) {
  out += '{';
  append_json_text(out, "kind", name_of(reference.kind));
  append_json_path(out, "file", reference.place.file);
  append_json_number(out, "line", reference.place.line);
  append_json_text(out, "text", reference.text);
  append_json_bool(out, "certain", reference.is_certain);
  out += '}';
}

void add_fault(std::string& out, const ScriptFault& fault) {
  out += '{';
  append_json_text(out, "code", fault.code);
  append_json_number(out, "line", fault.place.line);
  append_json_key(out, "cell");
  out += fault.place.cell == 0 ? "null" : std::to_string(fault.place.cell);
  append_json_text(out, "message", fault.message);
  append_json_text(out, "when", fault.is_at_once ? "run" : "call");
  out += '}';
}

void add_evidence(std::string& out, const ScriptEvidence& evidence) {
  append_json_text_or_null(out, "module", evidence.module);
  append_json_bool(out, "in_package", evidence.is_in_package);
  append_json_bool(out, "notebook", evidence.is_notebook);
  append_json_text_or_null(out, "unread", evidence.unread);
  append_json_list(out, "references", evidence.references,
                   [&](const ScriptReference& reference) { add_reference(out, reference); });
  append_json_list(out, "faults", evidence.faults,
                   [&](const ScriptFault& fault) { add_fault(out, fault); });
  append_json_number(out, "other_failing_imports", evidence.other_failures);
  append_json_number(out, "first_party_imports", evidence.first_party_imports);
  append_json_text_or_null(out, "one_time_word", evidence.one_time_word);
  if (evidence.twin) {
    open_json(out, "twin", '{');
    append_json_path(out, "file", evidence.twin->path);
    add_share(out, "similarity", evidence.twin->similarity);
    out += '}';
  } else {
    add_null(out, "twin");
  }
  if (evidence.shared) {
    open_json(out, "shared_with_module", '{');
    append_json_path(out, "file", evidence.shared->path);
    add_share(out, "share", evidence.shared->share);
    out += '}';
  } else {
    add_null(out, "shared_with_module");
  }
  evidence.history ? add_history(out, *evidence.history) : add_null(out, "git");
  evidence.measures ? add_measures(out, *evidence.measures) : add_null(out, "code");
}

void add_scope(std::string& out, const HistoryScope& scope) {
  open_json(out, "history", '{');
  append_json_text_or_null(out, "missing", scope.missing);
  append_json_text_or_null(out, "cut", scope.cut_because);
  append_json_text_or_null(out, "newest_commit", scope.newest_commit);
  append_json_text_or_null(out, "newest_day", scope.newest_day);
  append_json_number(out, "commits", scope.commits);
  append_json_number(out, "mass_commits", scope.mass_commits);
  out += '}';
}

}  // namespace

void write_scripts_json(const ScriptsReport& report, const ReportOptions&, std::string& out) {
  out += '{';
  append_json_text(out, "schema", kSchema);
  append_json_path(out, "root", report.root);
  append_json_strings(out, "folders", report.folders);
  add_scope(out, report.history);
  open_json(out, "summary", '{');
  append_json_number(out, "scripts", report.scripts.size());
  for (size_t i = 0; i < kScriptVerdicts; ++i) {
    append_json_number(out, name_of(static_cast<ScriptVerdict>(i)), report.counts[i]);
  }
  out += '}';
  append_json_list(out, "scripts", report.scripts, [&](const JudgedScript& script) {
    out += '{';
    append_json_path(out, "file", script.path);
    append_json_text(out, "verdict", name_of(script.verdict));
    append_json_text(out, "confidence", script.confidence);
    append_json_text(out, "rule", script.rule);
    append_json_text(out, "reason", script.reason);
    append_json_text_or_null(out, "question", script.question);
    add_evidence(out, script.evidence);
    out += '}';
  });
  out += "}\n";
}

}  // namespace headwater::report
