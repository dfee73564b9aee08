#include "triage/readers.h"

namespace headwater::triage {
namespace {

constexpr std::string_view kPath = "categorization/";

bool recognises(std::string_view path, JsonRecord* first) {
  return path.starts_with(kPath) && (first == nullptr || first->has("/complexity"));
}

/// What is to become of scripts: of no import, so that its entries are counted by category alone.
bool read(std::string_view path, JsonRecord& record, const Sink& sink) {
  if (!path.starts_with(kPath)) return true;
  ToolEntry entry;
  const auto file = record.text("/file");
  if (!file) return false;
  entry.file = *file;
  entry.rule = path.substr(kPath.size());
  sink(std::move(entry));
  return true;
}

}  // namespace

constinit const JsonFormat kScriptAudit{"script audit", recognises, read};

}  // namespace headwater::triage
