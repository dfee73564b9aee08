#include "triage/readers.h"
#include "triage/words.h"

namespace headwater::triage {
namespace {

constexpr std::string_view kPath = "errors";

bool recognises(std::string_view path, JsonRecord* first) {
  return path == kPath && (first == nullptr || first->has("/concise_description"));
}

void understand(ToolEntry& entry) {
  using enum ToolEntry::About;
  const std::vector<std::string> words = quoted_words(entry.message);
  if (entry.rule == "parse-error" || entry.rule == "invalid-syntax") {
    entry.about = kSyntax;
  } else if (entry.rule == "missing-module-attribute" && words.size() >= 2) {
    entry.about = kImport;  // Could not import `x` from `m`
    entry.symbols = {words[0]};
    entry.module = words[1];
  } else if (entry.rule.find("import") != std::string::npos ||
             entry.rule.starts_with("missing-source")) {
    entry.about = kImport;
    if (!words.empty()) entry.module = words[0];
  }
}

bool read(std::string_view path, JsonRecord& record, const Sink& sink) {
  if (path != kPath) return true;
  ToolEntry entry;
  const auto file = record.text("/path");
  const auto message = record.text("/concise_description");
  if (!file || !message) return false;
  entry.file = *file;
  entry.message = first_line(*message);
  entry.line = static_cast<uint32_t>(record.number("/line").value_or(0));
  entry.rule = record.text("/name").value_or("");
  understand(entry);
  sink(std::move(entry));
  return true;
}

}  // namespace

constinit const JsonFormat kPyrefly{"pyrefly", recognises, read};

}  // namespace headwater::triage
