#include "triage/json_record.h"

#include <simdjson.h>

namespace headwater::triage {

namespace json = simdjson::ondemand;

struct JsonRecord::Parsed {
  json::parser parser;
  json::document document;

  bool is_alive = true;  // simdjson may not ask a document again in which it has met no JSON

  /// Whether there is a value at all.
  bool find(std::string_view pointer, json::value& value) {
    return is_alive && is_right(document.at_pointer(pointer).get(value));
  }

  bool is_right(simdjson::error_code error) {
    const bool is_of_type = error == simdjson::SUCCESS || error == simdjson::NO_SUCH_FIELD ||
                            error == simdjson::INCORRECT_TYPE ||
                            error == simdjson::INVALID_JSON_POINTER;
    is_alive &= is_of_type;
    return error == simdjson::SUCCESS;
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
  parsed_->is_alive = !error;
  return error ? simdjson::error_message(error) : "";
}

bool JsonRecord::is_whole() const { return parsed_->is_alive; }

std::optional<std::string> JsonRecord::text(std::string_view pointer) {
  json::value value;
  std::string_view found;
  if (!parsed_->find(pointer, value) || !parsed_->is_right(value.get_string().get(found)))
    return std::nullopt;
  return std::string(found);
}

std::optional<uint64_t> JsonRecord::number(std::string_view pointer) {
  json::value value;
  uint64_t found = 0;
  if (!parsed_->find(pointer, value) || !parsed_->is_right(value.get_uint64().get(found)))
    return std::nullopt;
  return found;
}

std::optional<std::vector<std::string>> JsonRecord::texts(std::string_view pointer) {
  json::value value;
  json::array all;
  if (!parsed_->find(pointer, value) || !parsed_->is_right(value.get_array().get(all)))
    return std::nullopt;
  std::vector<std::string> found;
  for (auto element : all) {
    std::string_view text;
    if (!parsed_->is_right(element.get_string().get(text))) return std::nullopt;
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
  return parsed_->find(pointer, value) && parsed_->is_right(value.get_object().get(object));
}

}  // namespace headwater::triage
