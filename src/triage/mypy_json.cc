#include "triage/mypy_message.h"
#include "triage/readers.h"
#include "triage/words.h"

namespace headwater::triage {
namespace {

/// JSON lines.
bool recognises(std::string_view path, JsonRecord* first) {
  return path.empty() && first != nullptr && first->has("/hint") && first->has("/severity") &&
         first->has("/file") && first->has("/code");
}

bool read(std::string_view, JsonRecord& record, const Sink& sink) {
  ToolEntry entry;
  const auto file = record.text("/file");
  const auto message = record.text("/message");
  if (!file || !message) return false;
  if (record.text("/severity") == "note") return true;  // goes on with what stands before it
  entry.file = *file;
  entry.message = first_line(*message);
  entry.line = static_cast<uint32_t>(record.number("/line").value_or(0));
  entry.rule = record.text("/code").value_or("");
  understand_mypy(entry);
  sink(std::move(entry));
  return true;
}

}  // namespace

constinit const JsonFormat kMypyJson{"mypy", recognises, read};

}  // namespace headwater::triage
