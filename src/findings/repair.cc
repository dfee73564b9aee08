#include "findings/repair.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/paths.h"
#include "model/requirement.h"

namespace headwater::findings {
namespace {

/// Whether a name or version can stand in a command for pasting: metadata is anybody's text.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text,
                             [](char c) {
                               const bool is_letter =
                                   (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                               return is_letter || (c >= '0' && c <= '9') ||
                                      std::string_view("._-+!").find(c) != std::string_view::npos;
                             }) &&
         !text.starts_with('-');
}

/// A file's name as a shell takes it.
std::string quoted(const std::string& path) {
  const bool is_safe = std::ranges::all_of(
      path, [](char c) { return is_plain(std::string_view(&c, 1)) || c == '/' || c == '-'; });
  if (is_safe && !path.starts_with('-')) return path;
  std::string out = "'";
  for (const char c : path) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + '\'';
}

/// What pip takes for a project of the repository; empty if the distribution is none.
std::string own_project(const World& world, const std::string& distribution) {
  const std::string wanted = normalized_distribution_name(distribution);
  for (const Project& project : world.layout.projects) {
    if (normalized_distribution_name(project.name) != wanted) continue;
    return project.folder.empty() ? "-e ." : "-e " + quoted("./" + project.folder);
  }
  return {};
}

/// Declared and absent: whatever installs what is declared.
std::string install_declared(const World& world, const std::string& distribution,
                             const std::string& declared_in) {
  const Installer installer = world.environment.installer;
  switch (installer) {
    case Installer::kUv:
      return "uv sync";
    case Installer::kPoetry:
      return "poetry install";
    case Installer::kPdm:
      return "pdm install";
    case Installer::kUvPip:
    case Installer::kPip:
      break;
  }
  const std::string pip = installer == Installer::kUvPip ? "uv pip install " : "pip install ";
  if (const std::string own = own_project(world, distribution); !own.empty()) return pip + own;
  return pip + (declared_in.ends_with(".txt") ? "-r " + quoted(declared_in) : distribution);
}

/// Undeclared: installing alone is lost with the next synchronisation.
std::string_view add_command(Installer installer) {
  switch (installer) {
    case Installer::kUv:
      return "uv add";
    case Installer::kPoetry:
      return "poetry add";
    case Installer::kPdm:
      return "pdm add";
    case Installer::kUvPip:
      return "uv pip install";
    case Installer::kPip:
      break;
  }
  return "pip install";
}

std::string_view remove_command(Installer installer) {
  switch (installer) {
    case Installer::kUv:
      return "uv remove";
    case Installer::kPoetry:
      return "poetry remove";
    case Installer::kPdm:
      return "pdm remove";
    case Installer::kUvPip:
    case Installer::kPip:
      break;  // they keep no declarations
  }
  return {};
}

std::string reinstall(Installer installer, const Distribution& installed) {
  const std::string exact = installed.version.empty()
                                ? installed.name
                                : fmt::format("{}=={}", installed.name, installed.version);
  switch (installer) {
    case Installer::kUv:
      return fmt::format("uv sync --reinstall-package {}", installed.name);
    case Installer::kUvPip:
      return fmt::format("uv pip install --reinstall {}", exact);
    case Installer::kPoetry:
      return fmt::format("poetry run pip install --force-reinstall --no-deps {}", exact);
    case Installer::kPdm:
      return fmt::format("pdm run python -m pip install --force-reinstall --no-deps {}", exact);
    case Installer::kPip:
      break;
  }
  return fmt::format("pip install --force-reinstall --no-deps {}", exact);
}

std::string command_in(const World& world, std::string_view code, const std::string& distribution,
                       const std::string& declared_in) {
  if (distribution.empty() || !is_plain(distribution)) return {};
  const Installer installer = world.environment.installer;
  if (code == "HW211" || code == "HW212" || code == "HW213") {
    const Distribution* const installed =
        world.installed.named(normalized_distribution_name(distribution));
    const bool is_usable = installed && is_plain(installed->name) && is_plain(installed->version);
    return is_usable ? reinstall(installer, *installed) : std::string();
  }
  // What is declared wrongly is a decision: only a manager of the declarations can be told it.
  const bool edits_declarations = installer == Installer::kUv || installer == Installer::kPoetry ||
                                  installer == Installer::kPdm;
  if (code.starts_with("HW5") && !edits_declarations) return {};
  if (code == "HW502") return fmt::format("{} {}", remove_command(installer), distribution);
  if (code == "HW201") return install_declared(world, distribution, declared_in);
  return fmt::format("{} {}", add_command(installer), distribution);
}

/// The same for a project's own environment, to be typed in the repository's folder.
std::string for_project(const World& world, const std::string& command) {
  if (command.empty() || world.environment_number == 0) return command;
  const ProjectEnvironment& own = world.project_environments[world.environment_number - 1];
  const std::string_view prefix = relative_path(own.environment.prefix, world.tree.root);
  constexpr std::string_view kUvPip = "uv pip install";
  if (command.starts_with("pip ")) {
    return fmt::format("{}/bin/python -m {}", quoted(std::string(prefix)), command);
  }
  if (command.starts_with(kUvPip)) {
    return fmt::format("{} --python {}{}", kUvPip, quoted(std::string(prefix)),
                       command.substr(kUvPip.size()));
  }
  return fmt::format("cd {} && {}", quoted(own.folder), command);
}

}  // namespace

std::string repair_command(const World& world, std::string_view code,
                           const std::string& distribution, const std::string& declared_in) {
  return for_project(world, command_in(world, code, distribution, declared_in));
}

}  // namespace headwater::findings
