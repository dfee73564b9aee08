#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json_text.h"

namespace headwater::report {

/// `"key":` and the bracket, which the caller closes.
inline void open_json(std::string& out, std::string_view key, char bracket) {
  append_json_key(out, key);
  out += bracket;
}

/// `"key":[...]`; `append` appends one of the items.
template <typename Items, typename Append>
void append_json_list(std::string& out, std::string_view key, const Items& items,
                      const Append& append) {
  open_json(out, key, '[');
  for (bool is_first = true; const auto& item : items) {
    if (!is_first) out += ',';
    is_first = false;
    append(item);
  }
  out += ']';
}

inline void append_json_strings(std::string& out, std::string_view key,
                                std::span<const std::string> values) {
  append_json_list(out, key, values,
                   [&](const std::string& value) { append_json_string(out, value); });
}

inline void append_json_bool(std::string& out, std::string_view key, bool value) {
  append_json_key(out, key);
  out += value ? "true" : "false";
}

}  // namespace headwater::report
