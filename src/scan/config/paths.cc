#include "scan/config/paths.h"

#include <algorithm>
#include <array>

#include "scan/config/walk.h"

namespace headwater::scan {
namespace {

bool is_of_path(char c) {
  return c == '_' || c == '-' || c == '.' || c == '/' || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Homes of people and of their machines; `/opt`, `/var` and the like are anybody's.
bool is_foreign(std::string_view text) {
  constexpr std::array<std::string_view, 4> kHomes = {"/home/", "/Users/", "/workspaces/",
                                                      "/root/"};
  const auto begins = [&](std::string_view home) {
    return text.starts_with(home) && text.size() > home.size();
  };
  const auto may_be = [](char c) { return is_of_path(c) || c == ' ' || c == '\\'; };
  const bool is_of_windows =
      text.size() > 3 && text[1] == ':' && text[2] == '\\' &&
      ((text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z'));
  return (is_of_windows && std::ranges::all_of(text.substr(2), may_be)) ||
         (std::ranges::any_of(kHomes, begins) && std::ranges::all_of(text, may_be));
}

/// A file in a folder, with an ending that texts and scripts have.
bool is_of_repository(std::string_view text) {
  constexpr std::array<std::string_view, 9> kEnds = {".yaml", ".yml", ".json", ".toml", ".sh",
                                                     ".py",   ".cfg", ".ini",  ".txt"};
  const auto ends = [&](std::string_view end) { return text.ends_with(end); };
  return text.find('/') != std::string_view::npos && !text.starts_with('/') &&
         text.find("//") == std::string_view::npos && !text.starts_with("..") &&
         std::ranges::all_of(text, is_of_path) && std::ranges::any_of(kEnds, ends);
}

}  // namespace

void add_path(std::string_view text, std::string key, uint32_t line, uint32_t column,
              std::vector<ConfigString>& out) {
  if (is_template(text)) return;
  const bool is_of_another = is_foreign(text);
  if (!is_of_another && !is_of_repository(text)) return;
  out.push_back({line, column, std::move(key), std::string(text), "path",
                 is_of_another ? NameUse::kForeignPath : NameUse::kPath});
}

void add_paths(const ConfigValue& document, std::vector<ConfigString>& out) {
  for_each_text(document, [&](const ConfigValue& value, std::string_view, const std::string& path) {
    add_path(value.text, path, value.line, value.column, out);
  });
}

}  // namespace headwater::scan
