#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "base/paths.h"
#include "base/text.h"
#include "environment/distributions.h"

namespace headwater::environment {
namespace {

/// The first field of a line of comma-separated values (PEP 376: RECORD is written by csv).
std::string first_field(std::string_view line) {
  if (!line.starts_with('"')) return std::string(line.substr(0, line.find(',')));
  std::string out;
  for (size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '"' && (++i == line.size() || line[i] != '"')) break;
    out += line[i];
  }
  return out;
}

bool is_identifier(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  });
}

bool is_importable_file(std::string_view name) {
  return name.ends_with(".py") || name.ends_with(".so") || name.ends_with(".pyd");
}

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

std::vector<std::string> top_level_of_record(std::string_view record) {
  std::vector<std::string> names;
  while (!record.empty()) {
    const size_t end = std::min(record.find('\n'), record.size());
    std::string_view line = record.substr(0, end);
    record.remove_prefix(std::min(end + 1, record.size()));
    // Packages write hundreds of lines with one beginning: look at the name only when it changes.
    if (!names.empty() && line.starts_with(names.back()) && line.size() > names.back().size() &&
        line[names.back().size()] == '/') {
      continue;
    }
    const std::string path = first_field(trimmed(line));
    if (!is_importable_file(path)) continue;
    const size_t slash = path.find('/');
    const std::string name =
        slash == std::string::npos ? path.substr(0, path.find('.')) : path.substr(0, slash);
    if (is_identifier(name) && name != "__pycache__") names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

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
