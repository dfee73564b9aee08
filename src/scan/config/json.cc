#include "scan/config/json.h"

#include <simdjson.h>

#include <algorithm>

#include "scan/config/columns.h"
#include "scan/config/logging_tables.h"
#include "scan/config/own_keys.h"
#include "scan/config/paths.h"
#include "scan/config/readers.h"

namespace headwater::scan {
namespace {

using Kind = ConfigValue::Kind;

/// Comments and trailing commas become blanks: every byte stays where it is.
std::string plain_json(std::string_view text) {
  std::string plain(text);
  size_t comma = std::string::npos;  // the last one, with nothing but blanks behind it
  for (size_t i = 0; i < plain.size(); ++i) {
    const char c = plain[i];
    if (c == '"') {
      for (++i; i < plain.size() && plain[i] != '"'; ++i) i += plain[i] == '\\';
      comma = std::string::npos;
    } else if (c == '/' && i + 1 < plain.size() && (plain[i + 1] == '/' || plain[i + 1] == '*')) {
      const bool is_block = plain[i + 1] == '*';
      size_t end = is_block ? plain.find("*/", i + 2) : plain.find('\n', i);
      end = end == std::string::npos ? plain.size() : end + (is_block ? 2 : 0);
      for (; i < end; ++i) plain[i] = plain[i] == '\n' ? '\n' : ' ';
      --i;
    } else if (c == ',') {
      comma = i;
    } else if ((c == ']' || c == '}') && comma != std::string::npos) {
      plain[comma] = ' ';
      comma = std::string::npos;
    } else if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
      comma = std::string::npos;
    }
  }
  return plain;
}

class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text), columns_(text) {
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') lines_.push_back(i + 1);
    }
  }

  std::optional<ConfigValue> run() {
    const simdjson::padded_string padded(text_);
    simdjson::ondemand::parser parser(kMostConfigBytes);
    simdjson::ondemand::document document;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return std::nullopt;
    begin_ = padded.data();
    ConfigValue value;
    simdjson::ondemand::value root;
    if (document.get_value().get(root) != simdjson::SUCCESS) return std::nullopt;
    if (!read(root, 0, value)) return std::nullopt;
    return value;
  }

 private:
  void set_place(simdjson::ondemand::value& from, ConfigValue& value) {
    const auto offset = static_cast<size_t>(from.raw_json_token().data() - begin_);
    const auto after = std::ranges::upper_bound(lines_, offset);
    value.line = static_cast<uint32_t>(after - lines_.begin());
    value.column = columns_.column(*std::prev(after), offset);
  }

  bool read(simdjson::ondemand::value from, size_t depth, ConfigValue& value) {
    if (depth >= kMostConfigDepth || ++count_ > kMostConfigValues) return false;
    set_place(from, value);
    simdjson::ondemand::json_type type;
    if (from.type().get(type) != simdjson::SUCCESS) return false;
    switch (type) {
      case simdjson::ondemand::json_type::object:
        value.kind = Kind::kTable;
        return read_table(from, depth, value);
      case simdjson::ondemand::json_type::array:
        value.kind = Kind::kList;
        return read_list(from, depth, value);
      case simdjson::ondemand::json_type::string: {
        std::string_view text;
        if (from.get_string().get(text) != simdjson::SUCCESS) return false;
        value.kind = Kind::kText;
        value.text = text;
        return true;
      }
      default:
        return true;
    }
  }

  bool read_table(simdjson::ondemand::value& from, size_t depth, ConfigValue& table) {
    simdjson::ondemand::object object;
    if (from.get_object().get(object) != simdjson::SUCCESS) return false;
    for (auto field : object) {
      std::string_view key;
      simdjson::ondemand::value of_key;
      if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
      table.keys.emplace_back(key);
      if (field.value().get(of_key) != simdjson::SUCCESS) return false;
      if (!read(of_key, depth + 1, table.items.emplace_back())) return false;
    }
    return true;
  }

  bool read_list(simdjson::ondemand::value& from, size_t depth, ConfigValue& list) {
    simdjson::ondemand::array array;
    if (from.get_array().get(array) != simdjson::SUCCESS) return false;
    for (auto element : array) {
      simdjson::ondemand::value item;
      if (element.get(item) != simdjson::SUCCESS) return false;
      if (!read(item, depth + 1, list.items.emplace_back())) return false;
    }
    return true;
  }

  std::string_view text_;
  Columns columns_;
  std::vector<size_t> lines_{0};  // where each begins
  const char* begin_ = nullptr;
  size_t count_ = 0;
};

}  // namespace

std::optional<ConfigValue> parse_json(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string plain = plain_json(text);
  return JsonReader(plain).run();
}

void read_json_strings(const ConfigSource& source, std::vector<ConfigString>& out) {
  const bool is_for_logging = is_logging_file(source.path);
  if (!is_for_logging && !source.wants_paths && !mentions_own_key(source)) return;
  const auto document = parse_json(source.text);
  if (!document) return;
  if (is_for_logging) add_logging_tables(*document, out);
  add_own_keys(*document, source.own_keys, out);
  if (source.wants_paths) add_paths(*document, out);
}

}  // namespace headwater::scan
