#include "report/dump_environment.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "report/environment_names.h"
#include "report/environment_report.h"
#include "report/json_parts.h"

namespace headwater::report {
namespace {

void append_set(std::string& out, std::string_view key,
                const std::unordered_set<std::string>& values) {
  std::vector<std::string> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  append_json_strings(out, key, sorted);
}

void append_files(std::string& out, const RecordedState& files) {
  open_json(out, "files", '{');
  append_json_strings(out, "gone", files.gone);
  append_json_number(out, "gone_count", files.gone_count);
  append_json_strings(out, "modified", files.modified);
  append_json_number(out, "needed", files.needed);
  append_json_text(out, "wholeness", name_of(files.wholeness));
  out += '}';
}

void append_distribution(std::string& out, const Distribution& distribution) {
  out += '{';
  append_json_text(out, "built_for", distribution.built_for);
  append_json_strings(out, "duplicates", distribution.duplicates);
  append_json_path(out, "editable_folder", distribution.editable_folder);
  append_json_text(out, "evidence", distribution.evidence);
  append_files(out, distribution.files);
  append_json_path(out, "metadata_path", distribution.metadata_path);
  append_json_strings(out, "modules", distribution.modules);
  append_json_text(out, "name", distribution.name);
  append_json_text(out, "normalized_name", distribution.normalized_name);
  append_json_strings(out, "requires_dist", distribution.requires_dist);
  append_json_strings(out, "top_level", distribution.top_level);
  append_json_text(out, "version", distribution.version);
  out += '}';
}

void append_standard_library(std::string& out, const StandardLibrary& library) {
  out += '{';
  append_set(out, "builtin_names", library.builtin_names);
  append_json_strings(out, "folders", library.folders);
  append_set(out, "names", library.names);
  append_set(out, "unshadowable", library.unshadowable);
  out += '}';
}

void append_path_lines(std::string& out, const std::vector<PathLine>& lines) {
  append_json_list(out, "path_lines", lines, [&](const PathLine& line) {
    out += '{';
    append_json_text(out, "does", line.does);
    append_json_path(out, "file", line.file);
    append_json_bool(out, "followed", line.is_followed);
    append_json_number(out, "line", line.line);
    out += '}';
  });
}

/// The keys of the object, sorted but for those of `headwater env` before them.
void append_members(std::string& out, const PythonEnvironment& environment) {
  append_json_list(out, "alternatives", environment.alternatives,
                   [&](const AlternativeEnvironment& other) {
                     out += '{';
                     append_json_path(out, "path", other.path);
                     append_json_text(out, "why", other.why);
                     out += '}';
                   });
  append_json_bool(out, "bare", environment.is_bare);
  append_json_list(out, "distributions", environment.distributions,
                   [&](const Distribution& one) { append_distribution(out, one); });
  append_json_list(out, "editable_modules", environment.editable_modules,
                   [&](const EditableModule& module) {
                     out += '{';
                     append_json_text(out, "name", module.name);
                     append_json_path(out, "path", module.path);
                     out += '}';
                   });
  append_json_text(out, "implementation", environment.implementation);
  append_json_text(out, "installer", name_of(environment.installer));
  append_json_strings(out, "locked_names", environment.locked_names);
  append_json_strings(out, "notes", environment.notes);
  append_json_strings(out, "opaque_names", environment.opaque_names);
  append_path_lines(out, environment.path_lines);
  append_json_text(out, "platform", environment.platform);
  append_json_path(out, "prefix", environment.prefix);
  append_json_text(
      out, "python",
      std::to_string(environment.version.major) + '.' + std::to_string(environment.version.minor));
  append_json_list(out, "search_path", environment.search_path, [&](const SearchPathEntry& entry) {
    out += '{';
    append_json_text(out, "kind", name_of(entry.kind));
    append_json_path(out, "path", entry.path);
    out += '}';
  });
  append_json_text(out, "source", name_of(environment.source));
  append_json_key(out, "standard_library");
  append_standard_library(out, environment.standard_library);
  append_json_text(out, "why", environment.why);
}

}  // namespace

void append_environment_json(std::string& out, const PythonEnvironment& environment) {
  out += '{';
  append_members(out, environment);
  out += '}';
}

void write_environment_json(const EnvironmentReport& report, std::string& out) {
  out += '{';
  append_json_text(out, "schema", "headwater/1");
  append_json_text(out, "tool", "headwater " HEADWATER_VERSION);
  append_json_path(out, "root", report.root);
  append_json_list(out, "absent", report.absent, [&](const DeclaredDependency* one) {
    out += '{';
    append_json_path(out, "file", one->file);
    append_json_text(out, "group", one->group);
    append_json_text(out, "marker", one->marker);
    append_json_text(out, "name", one->name);
    out += '}';
  });
  append_json_list(out, "environments", report.project_environments,
                   [&](const ProjectEnvironment& own) {
                     out += '{';
                     append_json_path(out, "folder", own.folder);
                     append_members(out, own.environment);
                     out += '}';
                   });
  append_json_list(out, "python_path", report.python_path, [&](const WrittenFolder& written) {
    out += '{';
    append_json_path(out, "path", written.folder.path);
    append_json_path(out, "scope", written.scope);
    append_json_text(out, "why", written.folder.why);
    out += '}';
  });
  append_members(out, report.environment);
  out += "}\n";
}

}  // namespace headwater::report
