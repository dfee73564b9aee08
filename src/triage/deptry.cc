#include "triage/readers.h"
#include "triage/words.h"

namespace headwater::triage {
namespace {

bool recognises(std::string_view path, JsonRecord* first) {
  return path.empty() && first != nullptr && first->has("/error/code") && first->has("/module");
}

/// DEP001 says that nothing declares what is imported: so it may be absent. The others are about
/// declarations of what is there.
bool read(std::string_view path, JsonRecord& record, const Sink& sink) {
  if (!path.empty()) return true;
  ToolEntry entry;
  const auto file = record.text("/location/file");
  const auto rule = record.text("/error/code");
  if (!file || !rule) return false;
  entry.file = *file;
  entry.rule = *rule;
  entry.message = first_line(record.text("/error/message").value_or(""));
  entry.line = static_cast<uint32_t>(record.number("/location/line").value_or(0));
  if (entry.rule == "DEP001") {
    entry.about = ToolEntry::About::kImport;
    entry.module = record.text("/module").value_or("");
  }
  sink(std::move(entry));
  return true;
}

}  // namespace

constinit const JsonFormat kDeptry{"deptry", recognises, read};

}  // namespace headwater::triage
