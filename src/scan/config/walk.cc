#include "scan/config/walk.h"

namespace headwater::scan {
namespace {

/// Recursion is as deep as the tree, which kMostConfigDepth bounds.
template <typename OnText, typename OnTable>
void go_through(const ConfigValue& value, std::string_view key, std::string& path,
                const OnText& on_text, const OnTable& on_table) {
  if (value.is_text()) return on_text(value, key, path);
  if (value.is_table()) on_table(value, path);
  const size_t size = path.size();
  for (size_t i = 0; i < value.items.size(); ++i) {
    if (value.is_table()) {
      if (!path.empty()) path += '.';
      path += value.keys[i];
    } else {
      path += '[' + std::to_string(i) + ']';
    }
    go_through(value.items[i], value.is_table() ? std::string_view(value.keys[i]) : key, path,
               on_text, on_table);
    path.resize(size);
  }
}

}  // namespace

void for_each_text(const ConfigValue& document,
                   const std::function<void(const ConfigValue& value, std::string_view key,
                                            const std::string& path)>& visit) {
  std::string path;
  go_through(document, "", path, visit, [](const ConfigValue&, const std::string&) {});
}

void for_each_table(
    const ConfigValue& document,
    const std::function<void(const ConfigValue& table, const std::string& path)>& visit) {
  std::string path;
  go_through(
      document, "", path, [](const ConfigValue&, std::string_view, const std::string&) {}, visit);
}

}  // namespace headwater::scan
