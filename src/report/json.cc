#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <tuple>

#include "report/cause_table.h"
#include "report/class_names.h"
#include "report/json_parts.h"
#include "report/reporter.h"

namespace headwater::report {
namespace {

constexpr std::string_view kSchema = "headwater/1";

std::string_view cause_id(const AuditReport& audit, const Finding& finding, std::string& storage) {
  if (finding.cause < 0) return {};
  storage = audit.causes[static_cast<size_t>(finding.cause)].id();
  return storage;
}

void add_places(std::string& out, std::string_view key, const std::vector<Place>& places) {
  open_json(out, key, '[');
  for (size_t i = 0; i < places.size(); ++i) {
    out += i == 0 ? "{" : ",{";
    append_json_path(out, "file", places[i].file);
    append_json_number(out, "line", places[i].line);
    if (places[i].cell != 0) append_json_number(out, "cell", places[i].cell);
    out += '}';
  }
  out += ']';
}

void add_finding(std::string& out, const AuditReport& audit, const Finding& finding,
                 std::string_view status) {
  std::string id;
  out += '{';
  append_json_text(out, "code", finding.code);
  append_json_text(out, "class", name_of(finding.finding_class));
  append_json_text(out, "when", name_of(finding.when));
  append_json_text(out, "severity", name_of(finding.severity));
  append_json_path(out, "file", finding.file);
  append_json_number(out, "line", finding.line);
  append_json_number(out, "column", finding.column);
  append_json_key(out, "cell");
  out += finding.cell == 0 ? "null" : std::to_string(finding.cell);
  append_json_text(out, "module", finding.module);
  append_json_strings(out, "names", finding.names);
  append_json_number(out, "level", finding.level);
  append_json_text_or_null(out, "cause", cause_id(audit, finding, id));
  add_places(out, "chain", finding.chain);
  append_json_text(out, "message", finding.message);
  append_json_text_or_null(out, "suggestion", finding.suggestion);
  append_json_text(out, "confidence", finding.confidence);
  append_json_text(out, "fingerprint", fmt::format("{:016x}", finding.fingerprint));
  append_json_text(out, "status", status);
  out += '}';
}

/// All findings by place, those that a comment suppresses among the others.
template <typename Visit>
void for_each_finding(const AuditReport& audit, Visit visit) {
  const auto place = [](const Finding& finding) {
    return std::tie(finding.file, finding.cell, finding.line, finding.column, finding.code);
  };
  size_t next = 0;
  const auto suppressed_before = [&](const Finding* finding) {
    for (; next < audit.suppressed.size() &&
           (!finding || place(audit.suppressed[next]) < place(*finding));
         ++next) {
      visit(audit.suppressed[next], "suppressed");
    }
  };
  for (const Finding& finding : audit.findings) {
    suppressed_before(&finding);
    visit(finding, finding.is_known ? "known" : "new");
  }
  suppressed_before(nullptr);
}

void add_cause(std::string& out, const AuditReport& audit, const Cause& cause) {
  out += '{';
  append_json_text(out, "id", cause.id());
  append_json_text(out, "kind", cause.kind);
  append_json_text(out, "subject", cause.subject);
  append_json_text_or_null(out, "distribution", cause.distribution);
  add_places(out, "sites", cause.sites);
  open_json(out, "blocks", '{');
  append_json_number(out, "sole", cause.sole);
  append_json_number(out, "shared", cause.shared());
  std::vector<std::string> modules;
  for (const uint32_t module : cause.blocked) modules.push_back(audit.failing_modules[module]);
  append_json_strings(out, "modules", modules);
  append_json_strings(out, "entries", cause.entries);
  out += '}';
  open_json(out, "fix", '{');
  append_json_text_or_null(out, "command", cause.fix_command);
  append_json_text_or_null(out, "text", cause.fix_text);
  out += '}';
  append_json_text(out, "confidence", cause.confidence);
  out += '}';
}

void add_plan(std::string& out, const AuditReport& audit) {
  open_json(out, "plan", '[');
  for (size_t i = 0; i < audit.plan.size(); ++i) {
    out += i == 0 ? "{" : ",{";
    append_json_text(out, "cause", audit.causes[audit.plan[i].cause].id());
    append_json_number(out, "unblocks", audit.plan[i].unblocks);
    append_json_number(out, "remaining", audit.plan[i].remaining);
    out += '}';
  }
  out += ']';
}

/// `audit`: the report, or one of its environments. `absent`: where it is known.
template <typename Environment>
void add_distributions(std::string& out, const Environment& audit, std::optional<uint64_t> absent) {
  open_json(out, "distributions", '{');
  append_json_number(out, "present", audit.distributions_present);
  if (absent) append_json_number(out, "absent", *absent);
  append_json_number(out, "damaged", audit.distributions_damaged);
  append_json_number(out, "modified", audit.distributions_modified);
  out += '}';
}

void add_environment(std::string& out, const AuditReport& audit) {
  open_json(out, "environment", '{');
  append_json_text_or_null(out, "path", audit.environment_path);
  append_json_text_or_null(out, "python", audit.python_version);
  append_json_text_or_null(out, "platform", audit.platform);
  append_json_text(out, "verdict", audit.environment_verdict);
  add_distributions(out, audit, audit.distributions_absent);
  out += '}';
}

/// Those of projects that have their own.
void add_environments(std::string& out, const AuditReport& audit) {
  append_json_list(out, "environments", audit.project_environments,
                   [&](const ReportedEnvironment& own) {
                     out += '{';
                     append_json_path(out, "folder", own.folder);
                     append_json_path(out, "path", own.path);
                     append_json_text(out, "python", own.python_version);
                     append_json_text_or_null(out, "platform", own.platform);
                     add_distributions(out, own, std::nullopt);
                     out += '}';
                   });
}

void add_deferrals(std::string& out, const AuditReport& audit) {
  append_json_list(out, "deferrals", audit.deferrals, [&](const ReportedDeferral& one) {
    out += '{';
    append_json_text_or_null(out, "module", one.deferral.module);
    append_json_text_or_null(out, "code", one.deferral.code);
    append_json_text_or_null(out, "path", one.deferral.path);
    append_json_text(out, "reason", one.deferral.reason);
    append_json_text_or_null(out, "owner", one.deferral.owner);
    append_json_text_or_null(out, "until", one.deferral.until);
    append_json_number(out, "findings", one.findings);
    out += '}';
  });
}

void add_baseline(std::string& out, const AuditReport& audit) {
  if (!audit.baseline) {
    append_json_key(out, "baseline");
    out += "null";
    return;
  }
  open_json(out, "baseline", '{');
  append_json_path(out, "file", audit.baseline->file);
  append_json_number(out, "lines", audit.baseline->lines);
  append_json_number(out, "known", audit.baseline->known);
  append_json_strings(out, "fixed", audit.baseline->fixed);
  out += '}';
}

void add_summary(std::string& out, const AuditReport& audit) {
  const AuditSummary& summary = audit.summary;
  open_json(out, "summary", '{');
  append_json_number(out, "files", summary.files);
  append_json_number(out, "unread", summary.unread);
  append_json_number(out, "modules", summary.modules);
  append_json_number(out, "imports", summary.imports);
  append_json_number(out, "failing_imports", summary.failing_imports);
  append_json_number(out, "failing_modules", summary.failing_modules);
  append_json_number(out, "uncertain_modules", summary.uncertain_modules);
  open_json(out, "by_class", '{');
  const auto counts = class_counts(audit);
  for (size_t i = 0; i < counts.size(); ++i) {
    const bool always = i < static_cast<size_t>(FindingClass::kPolicy);
    if (always || counts[i] != 0) append_json_number(out, kClassNames[i], counts[i]);
  }
  out += '}';
  std::map<std::string_view, uint64_t> by_code;
  for (const Finding& finding : audit.findings) ++by_code[finding.code];
  open_json(out, "by_code", '{');
  for (const auto& [code, count] : by_code) append_json_number(out, code, count);
  out += "}}";
}

}  // namespace

/// The contract of design section 7. One cause and one finding per line, so that two reports
/// compare by `diff`.
void write_json(const AuditReport& audit, const ReportOptions&, std::string& out) {
  std::string text = "{";
  append_json_text(text, "schema", kSchema);
  append_json_text(text, "tool", "headwater " HEADWATER_VERSION);
  append_json_text(text, "root", audit.root);
  add_environment(text, audit);
  add_environments(text, audit);
  add_summary(text, audit);
  open_json(text, "causes", '[');
  for (size_t i = 0; i < audit.causes.size(); ++i) {
    text += i == 0 ? "\n" : ",\n";
    add_cause(text, audit, audit.causes[i]);
  }
  text += ']';
  add_plan(text, audit);
  add_deferrals(text, audit);
  add_baseline(text, audit);
  open_json(text, "findings", '[');
  const char* separator = "\n";
  for_each_finding(audit, [&](const Finding& finding, std::string_view status) {
    text += separator;
    add_finding(text, audit, finding, status);
    separator = ",\n";
  });
  text += "]}\n";
  out += text;
}

void write_json_lines(const AuditReport& audit, const ReportOptions&, std::string& out) {
  for_each_finding(audit, [&](const Finding& finding, std::string_view status) {
    add_finding(out, audit, finding, status);
    out += '\n';
  });
}

}  // namespace headwater::report
