#include "pipeline/init.h"

#include <fmt/format.h>

#include "base/atomic_file.h"
#include "base/paths.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {
namespace {

/// As a TOML basic string.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string list_of_roots(const ProjectLayout& layout) {
  std::string text;
  for (const SourceRoot& root : layout.roots) {
    text += (text.empty() ? "" : ", ") + quoted(root.path.empty() ? "." : root.path);
  }
  return text;
}

std::string environment_of(const StageOutputs& made) {
  const std::string& prefix = made.environment.prefix;
  if (prefix.empty()) return ".venv";
  return is_within(prefix, made.root) ? std::string(relative_path(prefix, made.root)) : prefix;
}

std::string keys(const StageOutputs& made) {
  const PythonVersion version = made.environment.version;
  return fmt::format(
      "# Every key is optional; what is not set is found by each audit anew.\n"
      "# Where modules are searched, in this order ({}):\n"
      "# roots = [{}]\n"
      "# The environment to judge by: a folder, \"lock\" or \"none\" ({}):\n"
      "# env = {}\n"
      "# The version to judge by where no environment says so:\n"
      "# python-version = \"{}.{}\"\n"
      "# Left out, as lines of a .gitignore would:\n"
      "# exclude = [\"build/\"]\n"
      "# Modules that are there, whatever the disk says (plug-ins, import hooks):\n"
      "# known-modules = [\"plugins.*\"]\n"
      "# Codes and prefixes to look for, and not to (headwater explain lists them):\n"
      "# select = [\"HW\"]\n"
      "# ignore = [\"HW104\"]\n"
      "# Keys of configuration files whose texts name code: \"object\", \"module\", \"any\" or "
      "\"path\":\n"
      "# strings = {{class_path = \"object\"}}\n"
      "# What is known and put off, by module, code or path, until a day:\n"
      "# deferrals = [{{module = \"ui\", reason = \"moves to its own repository\", until = "
      "\"2027-01-31\"}}]\n"
      "# What is known and fails no check (headwater baseline create writes it):\n"
      "# baseline = \"headwater-baseline.txt\"\n"
      "# Exit with 1 for faults of the repository alone:\n"
      "# fail-on = \"fault\"\n"
      "# Larger files are not read:\n"
      "# max-file-size = \"64M\"\n",
      made.layout.why, list_of_roots(made.layout), made.environment.why,
      quoted(environment_of(made)), version.major, version.minor);
}

}  // namespace

Result<Initialized> initialize(const FileSystem& files, const AuditOptions& options,
                               Statistics& statistics, Progress& progress) {
  const auto made = run_stages(Stage::kEnvironment, files, options, statistics, progress);
  if (!made) return tl::unexpected(made.error());
  if (!made->configuration.file.empty()) {
    return fail(ErrorCode::kUsage, made->configuration.file,
                "configures headwater already; edit it, or remove its part first");
  }
  Initialized done{"headwater.toml", keys(*made)};
  std::string text = done.text;
  const std::string project = join_path(made->root, "pyproject.toml");
  if (files.is_file(project)) {
    auto before = files.read(project);
    if (!before) return tl::unexpected(before.error());
    done.file = "pyproject.toml";
    done.text = "[tool.headwater]\n" + done.text;
    const bool is_open = !before->empty() && !before->ends_with('\n');
    text = *before + (is_open ? "\n\n" : before->empty() ? "" : "\n") + done.text;
  }
  const auto written = write_file_atomically(join_path(made->root, done.file), text);
  if (!written) return tl::unexpected(written.error());
  return done;
}

}  // namespace headwater::pipeline
