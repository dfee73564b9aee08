#include "report/dump_environment.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/json_text.h"

namespace headwater::report {
namespace {

constexpr std::array<std::string_view, 7> kSourceNames = {"none",
                                                          "option",
                                                          "virtual-env-variable",
                                                          "nearest-folder",
                                                          "standard-library-only",
                                                          "conda-variable",
                                                          "lock-files"};
constexpr std::array<std::string_view, 4> kSearchPathNames = {
    "standard-library", "extension-modules", "site-packages", "path-line"};

template <typename Items, typename Append>
void append_list(std::string& out, const Items& items, Append&& append) {
  out += '[';
  for (const auto& item : items) {
    if (out.back() != '[') out += ',';
    append(item);
  }
  out += ']';
}

void append_text(std::string& out, std::string_view key, std::string_view value) {
  append_json_key(out, key);
  append_json_string(out, value);
}

void append_texts(std::string& out, std::string_view key, const std::vector<std::string>& values) {
  append_json_key(out, key);
  append_list(out, values, [&](const std::string& value) { append_json_string(out, value); });
}

void append_set(std::string& out, std::string_view key,
                const std::unordered_set<std::string>& values) {
  std::vector<std::string> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  append_texts(out, key, sorted);
}

void append_distribution(std::string& out, const Distribution& distribution) {
  out += '{';
  append_json_path(out, "editable_folder", distribution.editable_folder);
  append_text(out, "evidence", distribution.evidence);
  append_json_path(out, "metadata_path", distribution.metadata_path);
  append_text(out, "name", distribution.name);
  append_text(out, "normalized_name", distribution.normalized_name);
  append_texts(out, "requires_dist", distribution.requires_dist);
  append_texts(out, "top_level", distribution.top_level);
  append_text(out, "version", distribution.version);
  out += '}';
}

void append_standard_library(std::string& out, const StandardLibrary& library) {
  out += '{';
  append_set(out, "builtin_names", library.builtin_names);
  append_texts(out, "folders", library.folders);
  append_set(out, "names", library.names);
  append_set(out, "unshadowable", library.unshadowable);
  out += '}';
}

}  // namespace

void append_environment_json(std::string& out, const PythonEnvironment& environment) {
  out += '{';
  append_json_key(out, "distributions");
  append_list(out, environment.distributions,
              [&](const Distribution& one) { append_distribution(out, one); });
  append_json_key(out, "editable_modules");
  append_list(out, environment.editable_modules, [&](const EditableModule& module) {
    out += '{';
    append_text(out, "name", module.name);
    append_json_path(out, "path", module.path);
    out += '}';
  });
  append_text(out, "implementation", environment.implementation);
  append_texts(out, "notes", environment.notes);
  append_text(out, "platform", environment.platform);
  append_json_path(out, "prefix", environment.prefix);
  append_text(
      out, "python",
      std::to_string(environment.version.major) + '.' + std::to_string(environment.version.minor));
  append_json_key(out, "search_path");
  append_list(out, environment.search_path, [&](const SearchPathEntry& entry) {
    out += '{';
    append_text(out, "kind", kSearchPathNames[static_cast<size_t>(entry.kind)]);
    append_json_path(out, "path", entry.path);
    out += '}';
  });
  append_text(out, "source", kSourceNames[static_cast<size_t>(environment.source)]);
  append_json_key(out, "standard_library");
  append_standard_library(out, environment.standard_library);
  append_text(out, "why", environment.why);
  out += '}';
}

}  // namespace headwater::report
