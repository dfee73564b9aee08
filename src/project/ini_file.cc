#include "project/ini_file.h"

#include "base/text.h"

namespace headwater::project {

IniFile parse_ini(std::string_view text) {
  IniFile file;
  std::string section;
  std::string* value = nullptr;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (const std::string_view line : split_lines(text)) {
    const std::string_view content = trimmed(line);
    if (content.starts_with('#') || content.starts_with(';')) continue;
    if (content.empty()) continue;
    const bool is_indented = line.front() == ' ' || line.front() == '\t';
    if (is_indented && value != nullptr) {
      *value += '\n';
      *value += content;
      continue;
    }
    value = nullptr;
    if (content.front() == '[' && content.back() == ']') {
      section = content.substr(1, content.size() - 2);
      continue;
    }
    const size_t separator = content.find_first_of("=:");
    if (separator == std::string_view::npos) continue;
    value = &file[section][lowered(trimmed(content.substr(0, separator)))];
    *value = trimmed(content.substr(separator + 1));
  }
  return file;
}

std::string_view ini_value(const IniFile& file, const std::string& section,
                           const std::string& key) {
  const auto found_section = file.find(section);
  if (found_section == file.end()) return {};
  const auto found = found_section->second.find(key);
  return found == found_section->second.end() ? std::string_view{} : found->second;
}

}  // namespace headwater::project
