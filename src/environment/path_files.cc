#include "environment/path_files.h"

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"

namespace headwater::environment {
namespace {

constexpr uint64_t kMaxPathFileBytes = 4 << 20;

/// A Python string literal of one line, as repr() writes it; advances `text` past it.
bool take_literal(std::string_view& text, std::string& out) {
  text = trimmed(text);
  if (text.empty() || (text[0] != '\'' && text[0] != '"')) return false;
  const char quote = text[0];
  out.clear();
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == quote) {
      text.remove_prefix(i + 1);
      return true;
    }
    if (text[i] == '\\') {
      // repr() escapes the quote, the backslash and what cannot be printed; no path that matters
      // has the last.
      if (++i == text.size() || (text[i] != '\\' && text[i] != '\'' && text[i] != '"'))
        return false;
    }
    out += text[i];
  }
  return false;
}

bool take(std::string_view& text, char expected) {
  text = trimmed(text);
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::vector<EditableModule> parse_editable_mapping(std::string_view finder_source) {
  for (std::string_view line : split_lines(finder_source)) {
    if (!line.starts_with("MAPPING")) continue;
    line.remove_prefix(std::min(line.find('='), line.size()));
    if (!take(line, '=') || !take(line, '{')) return {};
    std::vector<EditableModule> modules;
    while (!take(line, '}')) {
      EditableModule module;
      if (!take_literal(line, module.name) || !take(line, ':') ||
          !take_literal(line, module.path)) {
        return {};
      }
      modules.push_back(std::move(module));
      take(line, ',');
    }
    return modules;
  }
  return {};
}

SitePath::SitePath(const FileSystem& files, const std::vector<std::string>& known)
    : files_(files), known_(known) {}

bool SitePath::add(const std::string& path, SearchPathKind kind) {
  if (std::find(known_.begin(), known_.end(), path) != known_.end()) return false;
  known_.push_back(path);
  entries.push_back({path, kind});
  return true;
}

void SitePath::add_site(const std::string& folder) {
  if (!files_.is_folder(folder)) {
    notes.push_back(folder + " is no folder: nothing can be imported from it");
    return;
  }
  add(folder, SearchPathKind::kSitePackages);
  const auto listing = files_.list(folder);
  if (!listing) {
    notes.push_back(folder + " cannot be listed: " + listing.error().detail);
    return;
  }
  std::vector<std::string> names;
  for (const DirectoryEntry& entry : *listing) {
    if (entry.name.ends_with(".pth") && !entry.name.starts_with('.')) names.push_back(entry.name);
  }
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) read_path_file(folder, name);
}

void SitePath::read_path_file(const std::string& folder, const std::string& name) {
  const std::string file = join_path(folder, name);
  const auto text = files_.read(file, kMaxPathFileBytes);
  if (!text) {
    notes.push_back(file + " cannot be read: " + text.error().detail);
    return;
  }
  std::string_view rest = *text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  for (const std::string_view line : split_lines(rest)) {
    if (line.starts_with('#') || trimmed(line).empty()) continue;
    if (line.starts_with("import ") || line.starts_with("import\t")) {
      read_import_line(folder, name, line);
      continue;
    }
    if (line.find('\0') != std::string_view::npos) {
      notes.push_back(file + " is no text: the rest of it is ignored, as Python does");
      return;
    }
    // Only the end is stripped: a path that begins with a space is one.
    const size_t end = line.find_last_not_of(" \t\f\v") + 1;
    const std::string path = normalize_path(join_path(folder, line.substr(0, end)));
    const auto found = files_.status(path);
    if (!found) continue;
    if (found->type == EntryType::kFolder) {
      add(path, SearchPathKind::kPathLine);
    } else {
      notes.push_back(path + ", named by " + name + ", is no folder: a zipped egg is not read");
    }
  }
}

void SitePath::read_import_line(const std::string& folder, const std::string& name,
                                std::string_view line) {
  // setuptools: `import __editable___shop_1_0_finder; __editable___shop_1_0_finder.install()`
  std::string_view module = trimmed(line.substr(sizeof("import") - 1));
  module = module.substr(0, module.find_first_of(" ;\t"));
  if (module.starts_with("__editable__") && module.ends_with("_finder")) {
    const auto source =
        files_.read(join_path(folder, std::string(module) + ".py"), kMaxPathFileBytes);
    std::vector<EditableModule> found;
    if (source) found = parse_editable_mapping(*source);
    if (!found.empty()) {
      editable_modules.insert(editable_modules.end(), found.begin(), found.end());
      return;
    }
  }
  // setuptools ships this one, which only changes how distutils is found.
  if (module == "os" && line.find("_distutils_hack") != std::string_view::npos) return;
  notes.push_back(join_path(folder, name) + " runs code at start-up, which is not followed");
}

}  // namespace headwater::environment
