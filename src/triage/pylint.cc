#include "triage/readers.h"
#include "triage/words.h"

namespace headwater::triage {
namespace {

constexpr std::string_view kJson2Path = "messages";

/// `json` is an array, `json2` an object with one.
bool recognises(std::string_view path, JsonRecord* first) {
  if (!path.empty() && path != kJson2Path) return false;
  if (first == nullptr) return path == kJson2Path;
  return first->has("/message-id") || first->has("/messageId");
}

void understand(ToolEntry& entry) {
  using enum ToolEntry::About;
  const std::vector<std::string> words = quoted_words(entry.message);
  if (entry.rule == "E0401" || entry.rule == "F0401") {
    entry.about = kImport;
    if (!words.empty()) entry.module = words[0];
  } else if (entry.rule == "E0611" && words.size() >= 2) {
    entry.about = kImport;
    entry.symbols = {words[0]};
    entry.module = words[1];
  } else if (entry.rule == "E0402") {
    entry.about = kImport;
  } else if (entry.rule == "E0001" && entry.message.starts_with("Cannot import ")) {
    entry.about = kImport;  // what the statement imports does not compile
    if (!words.empty()) entry.module = words[0];
  } else if (entry.rule == "E0001") {
    entry.about = kSyntax;
  }
}

bool read(std::string_view path, JsonRecord& record, const Sink& sink) {
  if (!path.empty() && path != kJson2Path) return true;
  const auto file = record.text("/path");
  if (!file) return path.empty() && record.has("/messages");  // the whole of an empty json2
  ToolEntry entry;
  entry.file = *file;
  entry.message = first_line(record.text("/message").value_or(""));
  entry.line = static_cast<uint32_t>(record.number("/line").value_or(0));
  const auto rule = record.text("/message-id");
  entry.rule = rule ? *rule : record.text("/messageId").value_or("");
  understand(entry);
  sink(std::move(entry));
  return true;
}

}  // namespace

constinit const JsonFormat kPylint{"pylint", recognises, read};

}  // namespace headwater::triage
