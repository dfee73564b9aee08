#include <functional>

#include "project/declaration.h"
#include "project/setup_script.h"

namespace headwater::project {
namespace {

using Kind = ScriptValue::Kind;
using Visit = std::function<void(const std::string&)>;

/// The texts of a list; a text alone is split into lines, as setuptools does.
void for_each_text(const ScriptValue* value, const Visit& visit) {
  if (value == nullptr) return;
  if (value->kind == Kind::kText) visit(value->text);
  if (value->kind != Kind::kList) return;
  for (const ScriptValue& item : value->items) {
    if (item.kind == Kind::kText) visit(item.text);
  }
}

void read_roots(const SetupScript& script, Declaration& declaration) {
  const ScriptValue* folders = script.argument("package_dir");
  for (size_t i = 0; folders != nullptr && i < folders->keys.size(); ++i) {
    if (folders->items[i].kind != Kind::kText) continue;
    add_package_dir(declaration, folders->keys[i], folders->items[i].text, "setup.py: package_dir");
  }
  for (const std::string& where : script.find_where) {
    if (!where.empty() && where != ".") add_root(declaration, where, "setup.py: find_packages");
  }
  if (declaration.project.roots.empty() && script.argument("py_modules") != nullptr) {
    add_root(declaration, "", "setup.py: py_modules");
  }
}

void read_extensions(const std::string& text, const SetupScript& script, Declaration& declaration) {
  for (const std::string_view word :
       {"ext_modules", "cffi_modules", "rust_extensions", "skbuild"}) {
    declaration.builds_extensions |= text.find(word) != std::string::npos;
  }
  const ScriptValue* package = script.argument("ext_package");
  if (package != nullptr) declaration.extension_package = package->text + '.';
  for (const std::string& name : script.extensions) {
    declaration.project.generated_modules.push_back(declaration.extension_package + name);
  }
  for_each_text(script.argument("cffi_modules"), [&](const std::string& builder) {
    declaration.cffi_builders.push_back(builder.substr(0, builder.find(':')));
  });
}

}  // namespace

void read_setup_py(const std::string& text, const std::string& file, Declaration& declaration) {
  const SetupScript script = read_script(text);
  Project& project = declaration.project;
  const auto take = [&](std::string& field, std::string_view argument) {
    const ScriptValue* value = script.argument(argument);
    if (field.empty() && value != nullptr) field = value->text;
  };
  take(project.name, "name");
  take(project.requires_python, "python_requires");
  read_roots(script, declaration);
  read_extensions(text, script, declaration);
  for_each_text(script.argument("install_requires"),
                [&](const auto& line) { add_dependency(declaration, line, file, ""); });
  const ScriptValue* extras = script.argument("extras_require");
  for (size_t i = 0; extras != nullptr && i < extras->keys.size(); ++i) {
    for_each_text(&extras->items[i], [&](const auto& line) {
      add_dependency(declaration, line, file, extras->keys[i], DependencyKind::kExtra);
    });
  }
}

}  // namespace headwater::project
