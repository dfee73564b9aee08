#include "triage/json_record.h"

#include <simdjson.h>

namespace headwater::triage {

namespace json = simdjson::ondemand;

struct JsonRecord::Parsed {
  json::parser parser;
  json::document document;

  /// Whether there is a value at all.
  bool find(std::string_view pointer, json::value& value) {
    return !document.at_pointer(pointer).get(value);
  }
};

JsonRecord::JsonRecord() : parsed_(std::make_unique<Parsed>()) {}
JsonRecord::~JsonRecord() = default;

std::string JsonRecord::parse(std::string& text) {
  text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  auto error =
      parsed_->parser.iterate(text.data(), text.size(), text.capacity()).get(parsed_->document);
  json::object object;
  if (!error) error = parsed_->document.get_object().get(object);
  return error ? simdjson::error_message(error) : "";
}

std::optional<std::string> JsonRecord::text(std::string_view pointer) {
  json::value value;
  std::string_view found;
  if (!parsed_->find(pointer, value) || value.get_string().get(found)) return std::nullopt;
  return std::string(found);
}

std::optional<uint64_t> JsonRecord::number(std::string_view pointer) {
  json::value value;
  uint64_t found = 0;
  if (!parsed_->find(pointer, value) || value.get_uint64().get(found)) return std::nullopt;
  return found;
}

std::optional<std::vector<std::string>> JsonRecord::texts(std::string_view pointer) {
  json::value value;
  json::array all;
  if (!parsed_->find(pointer, value) || value.get_array().get(all)) return std::nullopt;
  std::vector<std::string> found;
  for (auto element : all) {
    std::string_view text;
    if (element.get_string().get(text)) return std::nullopt;
    found.emplace_back(text);
  }
  return found;
}

bool JsonRecord::has(std::string_view pointer) {
  json::value value;
  return parsed_->find(pointer, value);
}

bool JsonRecord::has_object(std::string_view pointer) {
  json::value value;
  json::object object;
  return parsed_->find(pointer, value) && !value.get_object().get(object);
}

}  // namespace headwater::triage
