#include <span>

#include "report/class_names.h"
#include "report/json_parts.h"
#include "report/triage_report.h"

namespace headwater::report {
namespace {

void add_number_or_null(std::string& out, std::string_view key, uint64_t value) {
  append_json_key(out, key);
  out += value == 0 ? "null" : std::to_string(value);
}

void add_classes(std::string& out, std::string_view key,
                 const std::array<uint64_t, kTriageClasses>& counts) {
  open_json(out, key, '{');
  for (size_t i = 0; i < kTriageClasses; ++i) {
    append_json_number(out, name_of(static_cast<TriageClass>(i)), counts[i]);
  }
  out += '}';
}

void add_report(std::string& out, const TriagedReport& report) {
  out += '{';
  append_json_path(out, "file", report.name);
  append_json_text_or_null(out, "tool", report.tool);
  append_json_number(out, "about_imports", report.entries);
  append_json_number(out, "about_no_import", report.other_count);
  append_json_number(out, "unreadable", report.unreadable);
  append_json_strings(out, "warnings", report.warnings);
  append_json_key(out, "of_other_files");
  out += report.is_of_other_files ? "true" : "false";
  open_json(out, "others", '{');
  for (const auto& [rule, count] : report.others) append_json_number(out, rule, count);
  out += "}}";
}

void add_cause(std::string& out, const TriageReport& triage, const TriagedCause& explained) {
  const Cause& cause = triage.audit.causes[explained.cause];
  out += '{';
  append_json_text(out, "id", cause.id());
  append_json_text(out, "title", cause.title);
  append_json_number(out, "imports", explained.total);
  add_classes(out, "by_class", explained.imports);
  open_json(out, "fix", '{');
  append_json_text_or_null(out, "command", cause.fix_command);
  append_json_text_or_null(out, "text", cause.fix_text);
  out += "}}";
}

void add_import(std::string& out, const TriageReport& triage, const TriagedImport& import) {
  const Finding* const finding =
      import.finding < 0 ? nullptr : &triage.audit.findings[static_cast<size_t>(import.finding)];
  out += '{';
  append_json_text(out, "class", name_of(import.triage_class));
  append_json_text_or_null(out, "code", finding ? finding->code : std::string_view());
  append_json_text_or_null(out, "when", finding ? name_of(finding->when) : std::string_view());
  append_json_path(out, "file", import.file);
  add_number_or_null(out, "line", import.line);
  append_json_text_or_null(out, "module", import.module);
  append_json_strings(out, "names", import.names);
  append_json_text_or_null(out, "cause",
                           import.cause < 0
                               ? std::string()
                               : triage.audit.causes[static_cast<size_t>(import.cause)].id());
  append_json_text(out, "why", import.why);
  append_json_list(out, "said", import.said, [&](const ToolWords& words) {
    out += '{';
    append_json_text(out, "tool", words.tool);
    append_json_text_or_null(out, "rule", words.rule);
    append_json_text(out, "message", words.message);
    append_json_number(out, "times", words.times);
    out += '}';
  });
  out += '}';
}

template <typename All, typename Add>
void add_lines(std::string& out, std::string_view key, const All& all, Add add) {
  open_json(out, key, '[');
  const char* separator = "\n";
  for (const auto& one : all) {
    out += separator;
    add(one);
    separator = ",\n";
  }
  out += ']';
}

}  // namespace

/// One report, cause and import per line, so that two compare by `diff`.
void write_triage_json(const TriageReport& triage, const ReportOptions&, std::string& out) {
  out += '{';
  append_json_text(out, "schema", "headwater-triage/1");
  append_json_text(out, "tool", "headwater " HEADWATER_VERSION);
  append_json_text(out, "root", triage.audit.root);
  open_json(out, "summary", '{');
  append_json_number(out, "entries", triage.entries() + triage.others());
  append_json_number(out, "about_imports", triage.entries());
  append_json_number(out, "about_no_import", triage.others());
  append_json_number(out, "imports", triage.imports.size());
  add_classes(out, "by_class", triage.by_class);
  out += '}';
  add_lines(out, "reports", triage.reports,
            [&](const TriagedReport& report) { add_report(out, report); });
  add_lines(out, "causes", triage.causes,
            [&](const TriagedCause& cause) { add_cause(out, triage, cause); });
  add_lines(out, "imports", triage.imports,
            [&](const TriagedImport& import) { add_import(out, triage, import); });
  out += "}\n";
}

}  // namespace headwater::report
