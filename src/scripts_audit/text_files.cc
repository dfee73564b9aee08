#include "scripts_audit/text_files.h"

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"

namespace headwater::scripts_audit {
namespace {

struct NamedFile {
  std::string_view name;
  ReferenceKind kind;
};

/// By the whole name.
constexpr NamedFile kNames[] = {
    {"Makefile", ReferenceKind::kBuild},
    {"makefile", ReferenceKind::kBuild},
    {"GNUmakefile", ReferenceKind::kBuild},
    {"justfile", ReferenceKind::kBuild},
    {"Justfile", ReferenceKind::kBuild},
    {"Taskfile.yml", ReferenceKind::kBuild},
    {"Taskfile.yaml", ReferenceKind::kBuild},
    {"CMakeLists.txt", ReferenceKind::kBuild},
    {"meson.build", ReferenceKind::kBuild},
    {"package.json", ReferenceKind::kBuild},
    {"tox.ini", ReferenceKind::kBuild},
    {"pytest.ini", ReferenceKind::kBuild},
    {"pyproject.toml", ReferenceKind::kPackaging},
    {"setup.cfg", ReferenceKind::kPackaging},
    {".pre-commit-config.yaml", ReferenceKind::kHook},
    {".pre-commit-hooks.yaml", ReferenceKind::kHook},
    {"lefthook.yml", ReferenceKind::kHook},
    {".gitlab-ci.yml", ReferenceKind::kCi},
    {".travis.yml", ReferenceKind::kCi},
    {"action.yml", ReferenceKind::kCi},
    {"action.yaml", ReferenceKind::kCi},
    {"azure-pipelines.yml", ReferenceKind::kCi},
    {"Jenkinsfile", ReferenceKind::kCi},
    {"bitbucket-pipelines.yml", ReferenceKind::kCi},
    {".cirrus.yml", ReferenceKind::kCi},
    {"appveyor.yml", ReferenceKind::kCi},
    {".readthedocs.yaml", ReferenceKind::kCi},
    {".readthedocs.yml", ReferenceKind::kCi},
    {"Dockerfile", ReferenceKind::kContainer},
    {"Containerfile", ReferenceKind::kContainer},
    {"compose.yml", ReferenceKind::kContainer},
    {"compose.yaml", ReferenceKind::kContainer},
    {"docker-compose.yml", ReferenceKind::kContainer},
    {"docker-compose.yaml", ReferenceKind::kContainer},
    {"Procfile", ReferenceKind::kContainer},
    {"crontab", ReferenceKind::kScheduler},
    {".env", ReferenceKind::kShell},
    {".envrc", ReferenceKind::kShell},
};

/// By the end of the name.
constexpr NamedFile kEnds[] = {
    {".mk", ReferenceKind::kBuild},
    {".cmake", ReferenceKind::kBuild},
    {".Dockerfile", ReferenceKind::kContainer},
    {".dockerfile", ReferenceKind::kContainer},
    {".service", ReferenceKind::kScheduler},
    {".timer", ReferenceKind::kScheduler},
    {".cron", ReferenceKind::kScheduler},
    {".crontab", ReferenceKind::kScheduler},
    {".sh", ReferenceKind::kShell},
    {".bash", ReferenceKind::kShell},
    {".zsh", ReferenceKind::kShell},
    {".ps1", ReferenceKind::kShell},
    {".bat", ReferenceKind::kShell},
    {".sbatch", ReferenceKind::kShell},
    {".slurm", ReferenceKind::kShell},
    {".md", ReferenceKind::kDocs},
    {".rst", ReferenceKind::kDocs},
    {".adoc", ReferenceKind::kDocs},
    {".json", ReferenceKind::kConfig},
    {".yaml", ReferenceKind::kConfig},
    {".yml", ReferenceKind::kConfig},
    {".toml", ReferenceKind::kConfig},
    {".ini", ReferenceKind::kConfig},
    {".cfg", ReferenceKind::kConfig},
    {".conf", ReferenceKind::kConfig},
};

/// What was, not what is: a file or a folder that is called so.
bool is_change_log(std::string_view folder, std::string_view name) {
  constexpr std::string_view kLogs[] = {
      "changelog", "changelogs",    "changes",       "history",  "news",    "newsfragments",
      "release",   "release-notes", "release_notes", "releases", "whatsnew"};
  const auto is_log = [&](std::string_view text) {
    return std::ranges::find(kLogs, lowered(text)) != std::end(kLogs);
  };
  for (; !folder.empty(); folder = parent_path(folder)) {
    if (is_log(file_name(folder))) return true;
  }
  return is_log(name.substr(0, name.find('.')));
}

/// Of `ci.yml.j2` what it is a template of: `ci.yml`.
std::string_view without_template(std::string_view name) {
  for (const std::string_view end : {".j2", ".jinja", ".tpl", ".tmpl", ".template", ".in"}) {
    if (name.ends_with(end)) return name.substr(0, name.size() - end.size());
  }
  return name;
}

bool is_yaml(std::string_view name) { return name.ends_with(".yml") || name.ends_with(".yaml"); }

bool is_of_ci(std::string_view folder) {
  for (; !folder.empty(); folder = parent_path(folder)) {
    const std::string_view name = file_name(folder);
    if (name == ".github" || name == ".circleci" || name == ".gitlab" || name == ".buildkite")
      return true;
  }
  return false;
}

}  // namespace

std::optional<ReferenceKind> kind_of_text(std::string_view folder, std::string_view whole_name) {
  const std::string_view name = without_template(whole_name);
  const auto whole = std::ranges::find(kNames, name, &NamedFile::name);
  if (whole != std::end(kNames)) return whole->kind;
  if (name.starts_with("Dockerfile.") || name.starts_with("Containerfile."))
    return ReferenceKind::kContainer;
  if (is_yaml(name)) {
    if (name.starts_with("docker-compose.") || name.starts_with("compose."))
      return ReferenceKind::kContainer;
    if (is_of_ci(folder)) return ReferenceKind::kCi;
  }
  if (file_name(folder).starts_with("cron.") || file_name(folder) == "cron")
    return ReferenceKind::kScheduler;
  for (const NamedFile& end : kEnds) {
    if (!name.ends_with(end.name)) continue;
    if (end.kind == ReferenceKind::kDocs && is_change_log(folder, name)) return std::nullopt;
    return end.kind;
  }
  return std::nullopt;
}

Reading reading_of(std::string_view path, ReferenceKind kind) {
  if (kind == ReferenceKind::kConfig) return Reading::kPaths;
  const std::string_view name = file_name(path);
  const bool has_settings = name == "pyproject.toml" || name == "setup.cfg";
  return has_settings ? Reading::kEntries : Reading::kCommands;
}

}  // namespace headwater::scripts_audit
