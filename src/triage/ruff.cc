#include "triage/readers.h"
#include "triage/words.h"

namespace headwater::triage {
namespace {

bool recognises(std::string_view path, JsonRecord* first) {
  return path.empty() && first != nullptr && first->has("/filename") && first->has("/location/row");
}

/// Of all its rules the only one about whether a module imports is that its file compiles.
bool read(std::string_view path, JsonRecord& record, const Sink& sink) {
  if (!path.empty()) return true;
  ToolEntry entry;
  const auto file = record.text("/filename");
  if (!file) return false;
  entry.file = *file;
  entry.message = first_line(record.text("/message").value_or(""));
  entry.line = static_cast<uint32_t>(record.number("/location/row").value_or(0));
  entry.rule = record.text("/code").value_or("invalid-syntax");
  if (entry.rule == "invalid-syntax" || entry.rule == "E999") {
    entry.about = ToolEntry::About::kSyntax;
  }
  sink(std::move(entry));
  return true;
}

}  // namespace

constinit const JsonFormat kRuff{"ruff", recognises, read};

}  // namespace headwater::triage
