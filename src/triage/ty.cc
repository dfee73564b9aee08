#include "triage/readers.h"
#include "triage/words.h"

namespace headwater::triage {
namespace {

/// GitLab's code quality format: ty has no JSON of its own. Others write it too, so that it is ty's
/// only where a description begins with the name of its rule.
bool recognises(std::string_view path, JsonRecord* first) {
  if (!path.empty() || first == nullptr) return false;
  const auto rule = first->text("/check_name");
  const auto description = first->text("/description");
  return rule && description && description->starts_with(*rule + ": ") &&
         first->has("/location/path");
}

bool read(std::string_view path, JsonRecord& record, const Sink& sink) {
  if (!path.empty()) return true;
  ToolEntry entry;
  const auto file = record.text("/location/path");
  const auto rule = record.text("/check_name");
  const auto description = record.text("/description");
  if (!file || !rule || !description) return false;
  entry.file = *file;
  entry.rule = *rule;
  const size_t begin = description->starts_with(*rule + ": ") ? rule->size() + 2 : 0;
  entry.message = first_line(std::string_view(*description).substr(begin));
  entry.line = static_cast<uint32_t>(record.number("/location/positions/begin/line").value_or(0));
  const std::vector<std::string> words = quoted_words(entry.message);
  if (entry.message.starts_with("Cannot resolve import") && !words.empty()) {
    entry.about = ToolEntry::About::kImport;
    entry.module = words[0];
  } else if (entry.message.starts_with("Module `") && words.size() >= 2 &&
             entry.message.find(" has no member ") != std::string::npos) {
    entry.about = ToolEntry::About::kImport;
    entry.module = words[0];
    entry.symbols = {words[1]};
  } else if (entry.rule == "invalid-syntax") {
    entry.about = ToolEntry::About::kSyntax;
  }
  sink(std::move(entry));
  return true;
}

}  // namespace

constinit const JsonFormat kTy{"ty", recognises, read};

}  // namespace headwater::triage
