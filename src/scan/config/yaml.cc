#include "scan/config/yaml.h"

#include <yaml.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "base/paths.h"
#include "scan/config/logging_tables.h"
#include "scan/config/own_keys.h"
#include "scan/config/paths.h"
#include "scan/config/readers.h"

namespace headwater::scan {
namespace {

using Kind = ConfigValue::Kind;

struct EventDeleter {
  void operator()(yaml_event_t* event) const {
    yaml_event_delete(event);
    delete event;
  }
};
using Event = std::unique_ptr<yaml_event_t, EventDeleter>;

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// Whether a tag says no more than the shape does.
bool is_plain_tag(const yaml_char_t* tag) {
  return tag == nullptr || text_of(tag).starts_with("tag:yaml.org,2002:") || text_of(tag) == "!";
}

class YamlParser {
 public:
  explicit YamlParser(std::string_view text) {
    is_made_ = yaml_parser_initialize(&parser_) == 1;
    if (!is_made_) return;
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  ~YamlParser() {
    if (is_made_) yaml_parser_delete(&parser_);
  }
  YamlParser(const YamlParser&) = delete;
  YamlParser& operator=(const YamlParser&) = delete;

  std::optional<std::vector<ConfigValue>> run() {
    std::vector<ConfigValue> documents;
    while (is_made_) {
      const Event event = next();
      if (!event) return std::nullopt;
      if (event->type == YAML_STREAM_END_EVENT) return documents;
      if (event->type != YAML_DOCUMENT_START_EVENT) continue;
      anchors_.clear();
      const Event first = next();
      if (!first || !read(*first, 0, documents.emplace_back())) return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  /// nullptr: no YAML from here on.
  Event next() {
    auto event = std::make_unique<yaml_event_t>();
    if (yaml_parser_parse(&parser_, event.get()) != 1) return nullptr;
    return Event(event.release());
  }

  static void set_place(const yaml_event_t& event, ConfigValue& value) {
    value.line = static_cast<uint32_t>(event.start_mark.line) + 1;
    value.column = static_cast<uint32_t>(event.start_mark.column) + 1;
  }

  static size_t size_of(const ConfigValue& value) {
    size_t size = 1;
    for (const ConfigValue& item : value.items) size += size_of(item);
    return size;
  }
  static size_t depth_of(const ConfigValue& value) {
    size_t depth = 0;
    for (const ConfigValue& item : value.items) depth = std::max(depth, depth_of(item));
    return depth + 1;
  }

  /// False: it is not to be read on.
  bool read(const yaml_event_t& event, size_t depth, ConfigValue& value) {
    if (depth >= kMostConfigDepth || ++count_ > kMostConfigValues) return false;
    set_place(event, value);
    switch (event.type) {
      case YAML_SCALAR_EVENT:
        if (is_plain_tag(event.data.scalar.tag)) {
          value.kind = Kind::kText;
          value.text.assign(reinterpret_cast<const char*>(event.data.scalar.value),
                            event.data.scalar.length);
        }
        keep(event.data.scalar.anchor, value);
        return true;
      case YAML_SEQUENCE_START_EVENT:
        value.kind = Kind::kList;
        return read_list(depth, value) && keep(event.data.sequence_start.anchor, value);
      case YAML_MAPPING_START_EVENT:
        value.kind = Kind::kTable;
        return read_table(depth, value) && keep(event.data.mapping_start.anchor, value);
      case YAML_ALIAS_EVENT:
        return copy(text_of(event.data.alias.anchor), depth, value);
      default:
        return false;
    }
  }

  bool keep(const yaml_char_t* anchor, const ConfigValue& value) {
    if (anchor == nullptr) return true;
    // What is kept is paid for as what it is copied to.
    count_ += size_of(value);
    anchors_.insert_or_assign(std::string(text_of(anchor)), value);
    return count_ <= kMostConfigValues;
  }

  /// The places stay those of the anchor: there is what has to be mended.
  bool copy(std::string_view anchor, size_t depth, ConfigValue& value) {
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end()) return false;
    count_ += size_of(known->second);
    if (count_ > kMostConfigValues) return false;
    if (depth + depth_of(known->second) > kMostConfigDepth) return false;
    value = known->second;
    return true;
  }

  bool read_list(size_t depth, ConfigValue& list) {
    for (;;) {
      const Event event = next();
      if (!event) return false;
      if (event->type == YAML_SEQUENCE_END_EVENT) return true;
      if (!read(*event, depth + 1, list.items.emplace_back())) return false;
    }
  }

  bool read_table(size_t depth, ConfigValue& table) {
    std::vector<ConfigValue> merged;
    for (;;) {
      const Event key_event = next();
      if (!key_event) return false;
      if (key_event->type == YAML_MAPPING_END_EVENT) break;
      ConfigValue key;
      if (!read(*key_event, depth + 1, key)) return false;
      const Event event = next();
      ConfigValue value;
      if (!event || !read(*event, depth + 1, value)) return false;
      if (key.is_text() && key.text == "<<" && !value.is_text()) {
        merged.push_back(std::move(value));
      } else {
        table.keys.push_back(key.is_text() ? std::move(key.text) : std::string());
        table.items.push_back(std::move(value));
      }
    }
    if (merged.empty()) return true;
    std::set<std::string> known(table.keys.begin(), table.keys.end());
    for (ConfigValue& one : merged) {
      if (one.is_table()) merge(std::move(one), known, table);
      for (size_t i = 0; one.is_list() && i < one.items.size(); ++i) {
        if (one.items[i].is_table()) merge(std::move(one.items[i]), known, table);
      }
    }
    return true;
  }

  /// Keys that are there already, which are `known`, win.
  static void merge(ConfigValue from, std::set<std::string>& known, ConfigValue& table) {
    for (size_t i = 0; i < from.keys.size(); ++i) {
      if (!known.insert(from.keys[i]).second) continue;
      table.keys.push_back(std::move(from.keys[i]));
      table.items.push_back(std::move(from.items[i]));
    }
  }

  yaml_parser_t parser_;
  bool is_made_ = false;
  size_t count_ = 0;
  std::map<std::string, ConfigValue, std::less<>> anchors_;  // of the document
};

}  // namespace

std::optional<std::vector<ConfigValue>> parse_yaml(std::string_view text) {
  return YamlParser(text).run();
}

void read_yaml_strings(const ConfigSource& source, std::vector<ConfigString>& out) {
  const bool may_name =
      is_logging_file(source.path) || source.wants_paths || mentions_own_key(source);
  const auto documents = may_name ? parse_yaml(source.text) : std::nullopt;
  if (!documents) return;
  for (const ConfigValue& document : *documents) {
    if (is_logging_file(source.path)) add_logging_tables(document, out);
    add_own_keys(document, source.own_keys, out);
    if (source.wants_paths) add_paths(document, out);
  }
}

}  // namespace headwater::scan
