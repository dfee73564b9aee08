#include "base/paths.h"
#include "base/text.h"
#include "project/declaration.h"
#include "project/ini_file.h"

namespace headwater::project {
namespace {

void read_roots(const IniFile& ini, Declaration& declaration) {
  for (const std::string_view line : split_lines(ini_value(ini, "options", "package_dir"))) {
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view package = trimmed(line.substr(0, equals));
    add_package_dir(declaration, package, trimmed(line.substr(equals + 1)),
                    "setup.cfg: options.package_dir");
  }
  const std::string_view where = ini_value(ini, "options.packages.find", "where");
  if (!where.empty()) add_root(declaration, where, "setup.cfg: options.packages.find");
  const bool has_modules = !ini_value(ini, "options", "py_modules").empty();
  if (has_modules && declaration.project.roots.empty()) {
    add_root(declaration, "", "setup.cfg: options.py_modules");
  }
}

}  // namespace

void read_setup_cfg(const std::string& text, const std::string& file, Declaration& declaration) {
  const IniFile ini = parse_ini(text);
  Project& project = declaration.project;
  if (project.name.empty()) project.name = ini_value(ini, "metadata", "name");
  if (project.requires_python.empty()) {
    project.requires_python = ini_value(ini, "options", "python_requires");
  }
  read_roots(ini, declaration);
  const auto add = [&](std::string_view requirements, const std::string& group,
                       DependencyKind kind) {
    constexpr std::string_view kFiles = "file:";
    if (requirements.starts_with(kFiles)) {
      for (const auto name : split_trimmed(requirements.substr(kFiles.size()), ',')) {
        add_requirement_file(declaration, name, group, kind);
      }
      return;
    }
    for (const std::string_view line : split_lines(requirements)) {
      add_dependency(declaration, line, file, group, kind);
    }
  };
  add(ini_value(ini, "options", "install_requires"), "", DependencyKind::kProduct);
  if (const auto extras = ini.find("options.extras_require"); extras != ini.end()) {
    for (const auto& [extra, requirements] : extras->second) {
      add(requirements, extra, DependencyKind::kExtra);
    }
  }
  for (const std::string_view path :
       split_trimmed(ini_value(ini, "tool:pytest", "pythonpath"), ' ')) {
    add_test_path(declaration, path, "setup.cfg: tool:pytest.pythonpath");
  }
}

}  // namespace headwater::project
