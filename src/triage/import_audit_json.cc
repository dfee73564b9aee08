#include "triage/readers.h"
#include "triage/words.h"

namespace headwater::triage {
namespace {

/// Broken imports by category: `details`, or `core_fixes` beside `script_candidates`.
bool is_path(std::string_view path) {
  return path.starts_with("details/") || path.starts_with("core_fixes/") ||
         path.starts_with("script_candidates/");
}

bool recognises(std::string_view path, JsonRecord* first) {
  return is_path(path) && (first == nullptr || (first->has("/module") && first->has("/symbols")));
}

bool read(std::string_view path, JsonRecord& record, const Sink& sink) {
  if (!is_path(path)) return true;
  ToolEntry entry;
  const auto file = record.text("/file");
  const auto module = record.text("/module");
  if (!file || !module) return false;
  entry.about = ToolEntry::About::kImport;
  entry.rule = path.substr(path.find('/') + 1);
  entry.file = *file;
  entry.module = *module;
  entry.line = static_cast<uint32_t>(record.number("/line").value_or(0));
  entry.symbols = record.texts("/symbols").value_or(std::vector<std::string>());
  entry.message = first_line(record.text("/error").value_or(""));
  sink(std::move(entry));
  return true;
}

}  // namespace

constinit const JsonFormat kImportAuditJson{"import audit", recognises, read};

}  // namespace headwater::triage
