#include <simdjson.h>

#include <charconv>

#include "base/paths.h"
#include "base/text.h"
#include "environment/distributions.h"

namespace headwater::environment {
namespace {

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr ==
            text.data() + i + 3) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::string editable_folder_of(std::string_view direct_url_json) {
  const simdjson::padded_string padded(direct_url_json);
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  if (parser.iterate(padded).get(document)) return {};
  std::string_view url;
  if (document["url"].get(url)) return {};
  bool editable = false;
  if (document["dir_info"]["editable"].get(editable) || !editable) return {};
  for (const std::string_view scheme : {"file://localhost/", "file:///"}) {
    if (url.starts_with(scheme)) {
      return normalize_path(percent_decoded(url.substr(scheme.size() - 1)));
    }
  }
  return {};
}

}  // namespace headwater::environment
