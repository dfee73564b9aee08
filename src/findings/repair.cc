#include "findings/repair.h"

#include <fmt/format.h>

#include "model/requirement.h"

namespace headwater::findings {
namespace {

/// Declared and absent: whatever installs what is declared.
std::string install_declared(Installer installer, const std::string& distribution,
                             const std::string& declared_in) {
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
  return pip + (declared_in.ends_with(".txt") ? "-r " + declared_in : distribution);
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
    case Installer::kUvPip:
    case Installer::kPip:
      break;
  }
  return "pdm remove";
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

}  // namespace

std::string repair_command(const World& world, std::string_view code,
                           const std::string& distribution, const std::string& declared_in) {
  if (distribution.empty()) return {};
  const Installer installer = world.environment.installer;
  if (code == "HW211" || code == "HW212" || code == "HW213") {
    const Distribution* const installed =
        world.installed.named(normalized_distribution_name(distribution));
    return installed ? reinstall(installer, *installed) : std::string();
  }
  // What is declared wrongly is a decision: only a manager of the declarations can be told it.
  const bool edits_declarations = installer == Installer::kUv || installer == Installer::kPoetry ||
                                  installer == Installer::kPdm;
  if (code.starts_with("HW5") && !edits_declarations) return {};
  if (code == "HW502") return fmt::format("{} {}", remove_command(installer), distribution);
  if (code == "HW201") return install_declared(installer, distribution, declared_in);
  return fmt::format("{} {}", add_command(installer), distribution);
}

}  // namespace headwater::findings
