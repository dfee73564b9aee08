#include "model/naming_file.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "base/paths.h"

namespace headwater {
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
    {".pytest.ini", ReferenceKind::kBuild},
    {"pytest.toml", ReferenceKind::kBuild},
    {".pytest.toml", ReferenceKind::kBuild},
    {"pyproject.toml", ReferenceKind::kPackaging},
    {"setup.cfg", ReferenceKind::kPackaging},
    {".pre-commit-config.yaml", ReferenceKind::kHook},
    {".pre-commit-hooks.yaml", ReferenceKind::kHook},
    {"lefthook.yml", ReferenceKind::kHook},
    {".gitlab-ci.yml", ReferenceKind::kCi},
    {".travis.yml", ReferenceKind::kCi},
    {"action.yml", ReferenceKind::kCi},
    {"action.yaml", ReferenceKind::kCi},
    {"Jenkinsfile", ReferenceKind::kCi},
    {"bitbucket-pipelines.yml", ReferenceKind::kCi},
    {".cirrus.yml", ReferenceKind::kCi},
    {"appveyor.yml", ReferenceKind::kCi},
    {".readthedocs.yaml", ReferenceKind::kCi},
    {".readthedocs.yml", ReferenceKind::kCi},
    {"Dockerfile", ReferenceKind::kContainer},
    {"Containerfile", ReferenceKind::kContainer},
    {"Procfile", ReferenceKind::kContainer},
    {"crontab", ReferenceKind::kScheduler},
    {".env", ReferenceKind::kShell},
    {".envrc", ReferenceKind::kShell},
    {".flaskenv", ReferenceKind::kShell},
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

/// By the beginning of the name.
constexpr NamedFile kBegins[] = {
    {"Dockerfile.", ReferenceKind::kContainer}, {"Containerfile.", ReferenceKind::kContainer},
    {"Procfile.", ReferenceKind::kContainer},   {"Makefile.", ReferenceKind::kBuild},
    {".env.", ReferenceKind::kShell},
};

/// The same of YAML.
constexpr NamedFile kYamlBegins[] = {
    {"docker-compose", ReferenceKind::kContainer},
    {"compose.", ReferenceKind::kContainer},
    {"azure-pipelines", ReferenceKind::kCi},
};

/// GitHub has forms and settings beside its workflows.
bool is_of_ci(std::string_view folder) {
  bool runs = false;
  for (; !folder.empty(); folder = parent_path(folder)) {
    const std::string_view name = file_name(folder);
    runs = runs || name == "workflows" || name == "actions";
    if (name == ".circleci" || name == ".gitlab" || name == ".buildkite") return true;
    if (name == ".github") return runs;
  }
  return false;
}

std::optional<ReferenceKind> kind_at_beginning(std::span<const NamedFile> rows,
                                               std::string_view name) {
  for (const NamedFile& row : rows) {
    if (name.starts_with(row.name)) return row.kind;
  }
  return std::nullopt;
}

}  // namespace

bool is_yaml(std::string_view path) { return path.ends_with(".yml") || path.ends_with(".yaml"); }

std::optional<ReferenceKind> kind_of_naming_file(std::string_view folder, std::string_view name) {
  const auto whole = std::ranges::find(kNames, name, &NamedFile::name);
  if (whole != std::end(kNames)) return whole->kind;
  if (const auto kind = kind_at_beginning(kBegins, name)) return kind;
  if (is_yaml(name)) {
    if (const auto kind = kind_at_beginning(kYamlBegins, name)) return kind;
    if (is_of_ci(folder)) return ReferenceKind::kCi;
  }
  if (file_name(folder).starts_with("cron.") || file_name(folder) == "cron") {
    return ReferenceKind::kScheduler;
  }
  for (const NamedFile& end : kEnds) {
    if (name.ends_with(end.name)) return end.kind;
  }
  return std::nullopt;
}

}  // namespace headwater
