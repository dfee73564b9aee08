#include "scan/config/own_keys.h"

#include <algorithm>

#include "scan/config/walk.h"

namespace headwater::scan {
namespace {

bool has_shape(std::string_view text, NameUse use) {
  if (use == NameUse::kPath) return !text.empty() && !is_template(text);
  return is_dotted_name(text) || (use == NameUse::kModule && is_dotted_name(text, true));
}

}  // namespace

bool mentions_own_key(const ConfigSource& source) {
  return std::ranges::any_of(source.own_keys, [&](const OwnStringKey& own) {
    return source.text.find(own.key) != std::string_view::npos;
  });
}

void add_own_keys(const ConfigValue& document, std::span<const OwnStringKey> keys,
                  std::vector<ConfigString>& out) {
  if (keys.empty()) return;
  for_each_text(
      document, [&](const ConfigValue& value, std::string_view key, const std::string& path) {
        if (path.starts_with("tool.headwater.")) return;
        for (const OwnStringKey& own : keys) {
          if (own.key != key || !has_shape(value.text, own.use)) continue;
          out.push_back(
              {value.line, value.column, path, value.text, "tool.headwater.strings", own.use});
          return;
        }
      });
}

}  // namespace headwater::scan
