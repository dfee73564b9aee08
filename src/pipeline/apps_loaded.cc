#include "pipeline/apps_loaded.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string_view>
#include <vector>

#include "base/paths.h"

namespace headwater::pipeline {
namespace {

using Names = std::set<std::string, std::less<>>;

constexpr uint64_t kMostBytes = 1 << 20;
/// Files of one installed app that are read.
constexpr size_t kMostFiles = 5000;
/// Characters between the brackets of a call.
constexpr size_t kLongestCall = 1000;

bool is_identifier_char(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_identifier(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_identifier_char);
}

/// The texts between quotes of a call's arguments, with what stands before each: `related_name=`.
struct Literal {
  std::string_view text;
  std::string_view before;
};
std::vector<Literal> literals_of(std::string_view arguments) {
  std::vector<Literal> found;
  size_t last = 0;
  for (size_t at = 0; at < arguments.size(); ++at) {
    const char quote = arguments[at];
    if (quote != '"' && quote != '\'') continue;
    const size_t end = arguments.find(quote, at + 1);
    if (end == std::string_view::npos) break;
    found.push_back({arguments.substr(at + 1, end - at - 1), arguments.substr(last, at - last)});
    last = at = end;
  }
  return found;
}

/// What is between the bracket at `open` and the one that closes it.
std::string_view arguments_at(std::string_view text, size_t open) {
  size_t depth = 0;
  const size_t end = std::min(text.size(), open + kLongestCall);
  for (size_t at = open; at < end; ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return text.substr(open + 1, at - open - 1);
  }
  return {};
}

/// What code asks of apps and packages by name.
struct Asked {
  Names of_apps{};      // submodules of every installed app
  Names of_packages{};  // submodules of any package: which ones is not known
  Names modules{};      // by their whole names
};

/// `autodiscover_tasks()` of Celery: of the packages that it is given, or of the installed apps.
void add_tasks(std::string_view arguments, Asked& asked) {
  std::string name = "tasks";
  std::vector<std::string_view> packages;
  for (const Literal& literal : literals_of(arguments)) {
    if (literal.before.find("related_name") != std::string_view::npos) {
      name = literal.text;
    } else {
      packages.push_back(literal.text);
    }
  }
  for (const std::string_view package : packages) {
    asked.modules.insert(std::string(package) + '.' + name);
  }
  if (!packages.empty()) return;
  asked.of_apps.insert(name);
  if (arguments.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    asked.of_packages.insert(name);
  }
}

/// `import_module(f"{app.name}.signals")`, `import_module("%s.signals" % app)`
void add_computed(std::string_view arguments, Asked& asked) {
  for (const Literal& literal : literals_of(arguments)) {
    const size_t dot = literal.text.rfind('.');
    if (dot == std::string_view::npos || dot == 0) continue;
    const char before = literal.text[dot - 1];
    const bool is_computed =
        before == '}' || (before == 's' && dot > 1 && literal.text[dot - 2] == '%');
    const std::string_view last = literal.text.substr(dot + 1);
    if (is_computed && is_identifier(last)) asked.of_apps.emplace(last);
  }
}

/// The calls of a text whose name has `word` in it.
void for_each_call(
    std::string_view text, std::string_view word,
    const std::function<void(std::string_view callee, std::string_view arguments)>& visit) {
  for (size_t at = text.find(word); at != std::string_view::npos;) {
    size_t begin = at, end = at + word.size();
    while (begin > 0 && is_identifier_char(text[begin - 1])) --begin;
    while (end < text.size() && is_identifier_char(text[end])) ++end;
    if (end < text.size() && text[end] == '(') {
      visit(text.substr(begin, end - begin), arguments_at(text, end));
    }
    at = text.find(word, end);
  }
}

/// Those calls that go through apps for a submodule of a name: `autodiscover_modules("admin")`,
/// `module_has_submodule(app.module, "hooks")`.
void add_asked(std::string_view text, Asked& asked) {
  const auto add_names = [&](std::string_view callee, std::string_view arguments) {
    if (callee == "autodiscover_tasks") return add_tasks(arguments, asked);
    for (const Literal& literal : literals_of(arguments)) {
      if (is_identifier(literal.text)) asked.of_apps.emplace(literal.text);
    }
  };
  for_each_call(text, "autodiscover", add_names);
  for_each_call(text, "submodule", add_names);
  for_each_call(text, "import_module", [&](std::string_view, std::string_view arguments) {
    add_computed(arguments, asked);
  });
}

class Apps {
 public:
  Apps(const FileSystem& files, const StageOutputs& made) : files_(files), made_(made) {}

  std::unordered_set<std::string> run() {
    find_installed();
    for (uint32_t file = 0; file < made_.tree.files.size(); ++file) see_layout(file);
    std::unordered_set<std::string> loaded = started();
    if (apps_.empty() && !imports_celery_) return loaded;
    read_sources();
    for (const std::string& module : made_.resolved.module_name) {
      if (is_loaded(module)) loaded.insert(module);
    }
    return loaded;
  }

 private:
  /// By the settings.
  void find_installed() {
    for (size_t i = 0; i < made_.strings.size(); ++i) {
      if (made_.strings[i].key != "INSTALLED_APPS") continue;
      // Where the app itself is not installed here.
      if (made_.strings[i].name.starts_with("django.contrib.admin")) asked_.of_apps.insert("admin");
      const StringTarget& target = made_.resolved.strings[i];
      if (target.module.empty() || target.file.empty()) continue;
      // `shop.apps.ShopConfig` is of `shop`.
      const bool is_package = file_name(target.file) == "__init__.py";
      const size_t dot = target.module.rfind('.');
      if (!is_package && dot == std::string::npos) continue;
      apps_.insert(is_package ? target.module : target.module.substr(0, dot));
      if (target.origin == ModuleOrigin::kThirdParty) {
        folders_.emplace(parent_path(target.file));
      }
    }
  }

  bool imports(const FileFacts& facts, std::string_view package) const {
    return std::ranges::any_of(facts.imports(), [&](const Import& import) {
      const std::string_view module = facts.name(import.module);
      return import.level == 0 && module.starts_with(package) &&
             (module.size() == package.size() || module[package.size()] == '.');
    });
  }

  /// Where settings are put together by code, the files that apps alone have tell them.
  void see_layout(uint32_t file) {
    const FileFacts& facts = made_.scanned.facts[file];
    imports_celery_ = imports_celery_ || imports(facts, "celery");
    const std::string& module = made_.resolved.module_name[file];
    if (module.ends_with(".apps") && imports(facts, "django.apps")) {
      apps_.insert(module.substr(0, module.size() - 5));
    }
    for (const std::string_view part :
         {".migrations.", ".management.commands.", ".templatetags."}) {
      const size_t at = module.rfind(part);
      if (at != std::string::npos && imports(facts, "django")) apps_.insert(module.substr(0, at));
    }
  }

  /// manage.py, wsgi.py and their like.
  std::unordered_set<std::string> started() const {
    std::unordered_set<std::string> modules;
    for (const NamedString& string : made_.strings) {
      if (string.file_id == UINT32_MAX || string.key != "DJANGO_SETTINGS_MODULE") continue;
      modules.insert(made_.resolved.module_name[string.file_id]);
    }
    return modules;
  }

  void read(const std::string& path) {
    const auto text = files_.read(path, kMostBytes);
    if (text) add_asked(*text, asked_);
  }

  void read_sources() {
    for (const SourceFile& file : made_.tree.files) {
      if (file.kind == FileKind::kPython) read(join_path(made_.tree.root, file.path));
    }
    std::string_view last;
    for (const std::string& folder : folders_) {  // sorted: a folder comes before what is in it
      if (!last.empty() && is_within(folder, last)) continue;
      last = folder;
      size_t left = kMostFiles;
      read_folder(folder, left);
    }
  }

  void read_folder(const std::string& folder, size_t& left) {
    const auto entries = files_.list(folder);
    if (!entries) return;
    for (const DirectoryEntry& entry : *entries) {
      if (left == 0) return;
      const std::string path = join_path(folder, entry.name);
      if (entry.type == EntryType::kFolder) {
        read_folder(path, left);
      } else if (entry.name.ends_with(".py")) {
        --left;
        read(path);
      }
    }
  }

  bool is_loaded(std::string_view module) const {
    if (asked_.modules.contains(module)) return true;
    const size_t last = module.rfind('.');
    if (last != std::string_view::npos && asked_.of_packages.contains(module.substr(last + 1))) {
      return true;
    }
    for (size_t dot = last; dot != std::string_view::npos && dot > 0;
         dot = module.rfind('.', dot - 1)) {
      if (apps_.contains(module.substr(0, dot)) && is_of_app(module.substr(dot + 1))) return true;
    }
    return false;
  }

  /// Whether Django, or who asks every app for it, loads this submodule of an app
  /// (docs.djangoproject.com, "Applications", "Migrations", "Custom django-admin commands",
  /// "Custom template tags").
  bool is_of_app(std::string_view rest) const {
    constexpr std::array<std::string_view, 2> kModules = {"apps", "models"};
    constexpr std::array<std::string_view, 3> kFolders = {"migrations", "management.commands",
                                                          "templatetags"};
    if (std::ranges::find(kModules, rest) != kModules.end()) return true;
    if (asked_.of_apps.contains(rest)) return true;
    return std::ranges::any_of(kFolders, [&](std::string_view folder) {
      return rest == folder || (rest.starts_with(folder) && rest[folder.size()] == '.');
    });
  }

  const FileSystem& files_;
  const StageOutputs& made_;
  Names apps_;                     // packages, by their dotted names
  std::set<std::string> folders_;  // of those that are not the repository's; absolute
  Asked asked_;
  bool imports_celery_ = false;
};

}  // namespace

std::unordered_set<std::string> modules_loaded_of_apps(const FileSystem& files,
                                                       const StageOutputs& made) {
  return Apps(files, made).run();
}

}  // namespace headwater::pipeline
