#include "project/extensions.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/paths.h"
#include "base/text.h"
#include "model/requirement.h"

namespace headwater::project {
namespace {

constexpr uint64_t kMaxBuildFileBytes = 1 << 20;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_identifier(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_word) && !(text[0] >= '0' && text[0] <= '9');
}

/// `.name`: the build file does not say in which package.
void add_module(Declaration& declaration, std::string_view package, std::string_view name) {
  if (!is_identifier(name)) return;
  declaration.project.generated_modules.push_back(std::string(package) + std::string(name));
}

/// Calls visit(arguments) with what follows the bracket of each call of a function of this name.
template <typename Visit>
void for_each_call(std::string_view text, std::string_view function, Visit&& visit) {
  for (size_t at = text.find(function); at != std::string_view::npos;
       at = text.find(function, at + function.size())) {
    const size_t open = text.find_first_not_of(" \t", at + function.size());
    if (at > 0 && is_word(text[at - 1])) continue;
    if (open != std::string_view::npos && text[open] == '(') visit(text.substr(open + 1));
  }
}

/// The text literal that stands first, or "".
std::string_view leading_literal(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || (text[0] != '\'' && text[0] != '"')) return {};
  const size_t end = text.find(text[0], 1);
  return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
}

/// To the bracket that closes the call, with those in texts counted like any others.
std::string_view within_brackets(std::string_view arguments) {
  int depth = 1;
  for (size_t at = 0; at < arguments.size(); ++at) {
    depth += arguments[at] == '(';
    depth -= arguments[at] == ')';
    if (depth == 0) return arguments.substr(0, at);
  }
  return arguments;
}

/// Without what follows a `#` of each line.
std::string without_comments(std::string_view text) {
  std::string code;
  for (const std::string_view line : split_lines(text)) {
    code.append(line.substr(0, line.find('#'))).append(1, '\n');
  }
  return code;
}

void add_names_in_texts(std::string_view text, Declaration& declaration) {
  for (const std::string_view line : split_lines(text)) {
    size_t begin = line.find('\'');
    while (begin != std::string_view::npos) {
      const size_t end = line.find('\'', begin + 1);
      if (end == std::string_view::npos) break;
      add_module(declaration, ".", line.substr(begin + 1, end - begin - 1));
      begin = line.find('\'', end + 1);
    }
  }
}

/// The name of the module that a build makes of the source or template, or "".
std::string_view module_of_source(std::string_view file) {
  constexpr std::array<std::string_view, 8> kEndings = {".py.in", ".pyx", ".pyx.in", ".pyx.tp",
                                                        ".c",     ".cpp", ".cc",     ".cxx"};
  const size_t dot = file.find('.');
  if (dot == std::string_view::npos) return {};
  const bool is_source = std::ranges::find(kEndings, file.substr(dot)) != kEndings.end();
  return is_source ? file.substr(0, dot) : std::string_view();
}

}  // namespace

bool builds_extension_modules(std::string_view requirement) {
  constexpr std::array<std::string_view, 11> kTools = {
      "cffi",           "cmake",          "cython",   "maturin",      "meson-python",
      "nanobind",       "py-build-cmake", "pybind11", "scikit-build", "scikit-build-core",
      "setuptools-rust"};
  const std::string name = normalized_distribution_name(requirement_name(requirement));
  return std::ranges::find(kTools, name) != kTools.end();
}

void read_cffi_builder(std::string_view text, Declaration& declaration) {
  for_each_call(text, "set_source", [&](std::string_view arguments) {
    const std::string_view name = leading_literal(arguments);
    if (name.empty()) return;
    declaration.project.generated_modules.push_back(declaration.extension_package +
                                                    std::string(name));
  });
}

void read_meson_build(std::string_view text, Declaration& declaration) {
  const std::string code = without_comments(text);
  bool is_computed = false;
  for_each_call(code, "extension_module", [&](std::string_view rest) {
    const std::string_view arguments = within_brackets(rest);
    const std::string_view name = leading_literal(arguments);
    is_computed |= name.empty();
    const size_t keyword = arguments.find("subdir:");
    if (keyword == std::string_view::npos) {
      // Variables may hold keywords.
      const bool is_whole = arguments.find("kwargs:") == std::string_view::npos;
      return add_module(declaration, is_whole ? "" : ".", name);
    }
    std::string package(leading_literal(arguments.substr(keyword + 7)));
    std::ranges::replace(package, '/', '.');
    add_module(declaration, package + '.', name);
  });
  if (is_computed) add_names_in_texts(code, declaration);
}

void read_cmake_lists(std::string_view text, Declaration& declaration) {
  const std::string code = lowered(without_comments(text));
  const std::string in_case = without_comments(text);
  for (const std::string_view function :
       {"pybind11_add_module", "nanobind_add_module", "python_add_library", "python3_add_library",
        "python_extension_module"}) {
    for_each_call(code, function, [&](std::string_view rest) {
      const auto begin = static_cast<size_t>(rest.data() - code.data());
      const std::string_view arguments = trimmed(std::string_view(in_case).substr(begin));
      const size_t end = std::min(arguments.find_first_of(" \t\r\n)"), arguments.size());
      add_module(declaration, "", arguments.substr(0, end));
      add_module(declaration, ".", arguments.substr(0, end));
    });
  }
}

void add_extension_modules(const FileSystem& files, std::string_view tree_root,
                           const ListedFolder& folder, Declaration& declaration) {
  if (!declaration.builds_extensions) return;
  const auto read = [&](std::string_view name, auto&& reader) {
    const std::string path = join_path(tree_root, join_path(folder.path, name));
    if (const auto text = files.read(path, kMaxBuildFileBytes)) reader(*text, declaration);
  };
  folder.for_each([&](std::string_view name, EntryType type) {
    if (type != EntryType::kFile) return;
    if (name == "meson.build") read(name, read_meson_build);
    if (name == "CMakeLists.txt") read(name, read_cmake_lists);
    std::string_view module = module_of_source(name);
    if (module.empty()) return;
    const auto add = [&](std::string_view stem) {
      declaration.project.generated_files.push_back(
          join_path(folder.path, std::string(stem) + ".so"));
    };
    add(module);
    constexpr std::string_view kSuffix = "module";  // as CPython's own sources are called
    if (!module.ends_with(kSuffix) || module == kSuffix) return;
    module.remove_suffix(kSuffix.size());
    add(module);
  });
}

}  // namespace headwater::project
