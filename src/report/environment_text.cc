#include <fmt/format.h>

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"
#include "report/environment_names.h"
#include "report/environment_report.h"
#include "report/printable.h"

namespace headwater::report {
namespace {

/// Rows of one kind that fit on the screen; -v shows the others.
constexpr size_t kRowsShown = 12;

class EnvironmentText {
 public:
  EnvironmentText(const EnvironmentReport& report, const ReportOptions& options, std::string& out)
      : report_(report),
        environment_(report.environment),
        everything_(options.detail == Detail::kEverything),
        out_(out) {}

  void write(bool with_details) {
    interpreter();
    if (with_details) {
      alternatives();
      own_environments();
      search_path();
      python_path();
      start_up();
    }
    distributions();
    if (with_details) notes();
  }

 private:
  void line(std::string_view text) { out_.append(text).append(1, '\n'); }

  std::string shown(const std::string& path) const {
    if (!is_within(path, report_.root)) return printable(path);
    const std::string_view inside = relative_path(path, report_.root);
    return inside.empty() ? "." : printable(inside);
  }

  void row(std::string_view kind, const std::string& what, const std::string& why) {
    line(fmt::format("  {:<15} {}{}{}", kind, what, why.empty() ? "" : "  ", why));
  }

  void interpreter() {
    const PythonVersion version = environment_.version;
    std::string text = fmt::format("python {}.{}", version.major, version.minor);
    if (environment_.implementation != "cpython") text += ' ' + environment_.implementation;
    if (!environment_.platform.empty()) text += " on " + environment_.platform;
    if (!environment_.prefix.empty()) text += " in " + shown(environment_.prefix);
    line(text + "  " + printable(environment_.why));
    line("installed by    " + std::string(name_of(environment_.installer)));
  }

  void alternatives() {
    if (environment_.alternatives.empty()) return;
    line("");
    line("seen and not taken");
    for (const AlternativeEnvironment& other : environment_.alternatives) {
      line(fmt::format("  {}  {}", shown(other.path), printable(other.why)));
    }
  }

  void own_environments() {
    if (report_.project_environments.empty()) return;
    line("");
    line("files of these folders are judged by an environment of their own (headwater env FOLDER)");
    for (const ProjectEnvironment& own : report_.project_environments) {
      const PythonVersion version = own.environment.version;
      const size_t count = own.environment.distributions.size();
      line(fmt::format("  {:<15} python {}.{} in {}, {}", printable(own.folder), version.major,
                       version.minor, shown(own.environment.prefix),
                       counted(count, "distribution", "distributions")));
    }
  }

  void search_path() {
    line("");
    line("search path, after the roots of the repository");
    for (const std::string& folder : environment_.standard_library.folders) {
      row("stdlib", shown(folder), "");
    }
    if (environment_.standard_library.folders.empty()) {
      row("stdlib", "by the table of its version", "");
    }
    for (const SearchPathEntry& entry : environment_.search_path) {
      row(name_of(entry.kind), shown(entry.path), "");
    }
    for (const EditableModule& module : environment_.editable_modules) {
      row("finder", printable(module.name), "from " + shown(module.path));
    }
  }

  void python_path() {
    if (report_.python_path.empty()) return;
    line("");
    line("PYTHONPATH, where the repository writes it down; its folders come last and hide nothing");
    for (const WrittenFolder& written : report_.python_path) {
      const std::string scope = written.scope.empty() ? "" : ", for " + printable(written.scope);
      const std::string_view why = written.folder.why;
      line(fmt::format("  {:<15} {}{}", shown(written.folder.path),
                       printable(why.substr(why.find(' ') + 1)), scope));
    }
  }

  void start_up() {
    if (environment_.path_lines.empty()) return;
    line("");
    line("what .pth files do at start-up");
    for (const PathLine& one : environment_.path_lines) {
      line(fmt::format("  {}:{}  {}", printable(file_name(one.file)), one.line,
                       printable(one.does)));
    }
    if (environment_.opaque_names.empty()) return;
    std::string names;
    for (const std::string& name : environment_.opaque_names) {
      names += (names.empty() ? "" : ", ") + printable(name);
    }
    line("  such code may serve imports, so none of these names is called missing: " + names);
  }

  template <typename Takes, typename Says>
  void rows_of(std::string_view kind, Takes takes, Says says) {
    size_t count = 0;
    for (const Distribution& one : environment_.distributions) {
      if (!takes(one)) continue;
      if (++count > kRowsShown && !everything_) continue;
      row(kind, fmt::format("{} {}", printable(one.name), printable(one.version)), says(one));
    }
    if (count > kRowsShown && !everything_) {
      row(kind, fmt::format("and {} more (-v shows all)", count - kRowsShown), "");
    }
  }

  size_t count_of(Wholeness state) const {
    return static_cast<size_t>(std::ranges::count_if(
        environment_.distributions,
        [&](const Distribution& one) { return one.files.wholeness == state; }));
  }

  void distributions() {
    line("");
    line(fmt::format("{}: {} whole, {} damaged, {} modified, {} not known to be whole",
                     counted(environment_.distributions.size(), "distribution", "distributions"),
                     count_of(Wholeness::kWhole), count_of(Wholeness::kDamaged),
                     count_of(Wholeness::kModified), count_of(Wholeness::kUnknown)));
    rows_of(
        "damaged", [](const auto& one) { return one.files.wholeness == Wholeness::kDamaged; },
        [](const Distribution& one) {
          return fmt::format("{} of {} files are gone, such as {}",
                             with_thousands(one.files.gone_count), with_thousands(one.files.needed),
                             printable(one.files.gone.front()));
        });
    rows_of(
        "modified", [](const auto& one) { return !one.files.modified.empty(); },
        [](const Distribution& one) {
          return fmt::format("{} of {} files have another size than installed, such as {}",
                             with_thousands(one.files.modified.size()),
                             with_thousands(one.files.needed),
                             printable(one.files.modified.front()));
        });
    rows_of(
        "foreign", [](const auto& one) { return !one.built_for.empty(); },
        [](const Distribution& one) { return "built for " + one.built_for; });
    rows_of(
        "duplicated", [](const auto& one) { return !one.duplicates.empty(); },
        [&](const Distribution& one) {
          std::string text = shown(one.metadata_path) + " counts;";
          for (const std::string& other : one.duplicates) text += ' ' + shown(other);
          return text;
        });
    rows_of(
        "editable", [](const auto& one) { return !one.editable_folder.empty(); },
        [&](const Distribution& one) { return "in " + shown(one.editable_folder); });
    absent();
    if (!everything_) return;
    rows_of(
        "present", [](const auto&) { return true; },
        [](const Distribution& one) {
          std::string names;
          for (const std::string& name : one.top_level) {
            names += (names.empty() ? "" : ", ") + printable(name);
          }
          if (names.empty()) return std::string("provides no known name");
          return fmt::format("provides {} (by {})", names, one.evidence);
        });
  }

  void absent() {
    size_t count = 0;
    for (const DeclaredDependency* one : report_.absent) {
      if (++count > kRowsShown && !everything_) continue;
      std::string why = "declared in " + printable(one->file);
      if (!one->group.empty()) why += fmt::format(", group {}", printable(one->group));
      if (!one->marker.empty()) why += fmt::format(", only where {}", printable(one->marker));
      row("absent", printable(one->name), why);
    }
    if (count > kRowsShown && !everything_) {
      row("absent", fmt::format("and {} more (-v shows all)", count - kRowsShown), "");
    }
  }

  void notes() {
    if (environment_.notes.empty()) return;
    line("");
    for (const std::string& note : environment_.notes) line("note: " + printable(note));
  }

  const EnvironmentReport& report_;
  const PythonEnvironment& environment_;
  const bool everything_;
  std::string& out_;
};

}  // namespace

void write_environment_text(const EnvironmentReport& report, const ReportOptions& options,
                            std::string& out) {
  EnvironmentText(report, options, out).write(options.detail != Detail::kSummary);
}

}  // namespace headwater::report
