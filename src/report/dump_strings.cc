#include "report/dump_strings.h"

#include "base/json_text.h"
#include "base/paths.h"

namespace headwater::report {
namespace {

std::string_view text_of(NameUse use) {
  switch (use) {
    case NameUse::kModule:
      return "module";
    case NameUse::kProgram:
      return "program";
    case NameUse::kObject:
      return "object";
    case NameUse::kModuleOrObject:
      return "module-or-object";
    case NameUse::kAttribute:
      return "attribute";
    case NameUse::kTask:
      return "task";
    case NameUse::kModel:
      return "model";
    case NameUse::kPath:
      return "path";
    case NameUse::kForeignPath:
      return "foreign-path";
  }
  return "";
}

std::string_view text_of(StringTarget::State state) {
  switch (state) {
    case StringTarget::State::kThere:
      return "there";
    case StringTarget::State::kNoModule:
      return "no-module";
    case StringTarget::State::kNoAttribute:
      return "no-attribute";
    case StringTarget::State::kNoFile:
      return "no-file";
    case StringTarget::State::kUnknown:
      return "unknown";
  }
  return "";
}

void append_row(std::string& out, std::string_view root, const NamedString& string,
                const StringTarget& target) {
  out += '{';
  append_json_number(out, "column", string.column);
  append_json_path(out, "file", string.file);
  append_json_text_or_null(out, "key", string.key);
  append_json_number(out, "line", string.line);
  append_json_text_or_null(out, "missing", target.missing);
  append_json_text_or_null(out, "module", target.module);
  append_json_text(out, "name", string.name);
  append_json_text(out, "reader", string.reader);
  append_json_text(out, "state", text_of(target.state));
  if (!target.file.empty()) {
    append_json_path(out, "target_file",
                     is_within(target.file, root) ? relative_path(target.file, root) : target.file);
  }
  append_json_text(out, "use", text_of(string.use));
  const std::string_view why =
      string.unknown_because.empty() ? target.why : std::string_view(string.unknown_because);
  append_json_text_or_null(out, "why", why);
  out += "}\n";
}

}  // namespace

void append_strings_json(std::string& out, std::string_view root,
                         const std::vector<NamedString>& strings,
                         const std::vector<StringTarget>& targets) {
  for (size_t i = 0; i < strings.size(); ++i) append_row(out, root, strings[i], targets[i]);
}

}  // namespace headwater::report
