#include "triage/readers.h"
#include "triage/words.h"

namespace headwater::triage {
namespace {

constexpr std::string_view kPath = "generalDiagnostics";

bool recognises(std::string_view path, JsonRecord*) { return path == kPath; }

/// Lines count from 0. What breaks Python's grammar has no rule.
bool read(std::string_view path, JsonRecord& record, const Sink& sink) {
  if (path != kPath) return true;
  ToolEntry entry;
  const auto file = record.text("/file");
  const auto message = record.text("/message");
  if (!file || !message) return false;
  entry.file = *file;
  entry.message = first_line(*message);
  entry.rule = record.text("/rule").value_or("");
  if (const auto line = record.number("/range/start/line")) {
    entry.line = static_cast<uint32_t>(*line + 1);
  }
  const std::vector<std::string> words = quoted_words(entry.message);
  if (entry.message.starts_with("Import \"") && !words.empty() &&
      (entry.rule == "reportMissingImports" || entry.rule == "reportMissingModuleSource")) {
    entry.about = ToolEntry::About::kImport;
    entry.module = words[0];
  } else if (entry.message.ends_with("is unknown import symbol") && !words.empty()) {
    entry.about = ToolEntry::About::kImport;
    entry.symbols = {words[0]};
  } else if (entry.rule.empty() && record.text("/severity") == "error") {
    entry.about = ToolEntry::About::kSyntax;
    entry.rule = "syntax";
  }
  sink(std::move(entry));
  return true;
}

}  // namespace

constinit const JsonFormat kPyright{"pyright", recognises, read};

}  // namespace headwater::triage
