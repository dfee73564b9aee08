#include "environment/path_files.h"

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"
#include "environment/editable_finders.h"
#include "environment/start_up_imports.h"

namespace headwater::environment {
namespace {

constexpr uint64_t kMaxPathFileBytes = 4 << 20;

/// What virtualenv and old pips write, and which imports nothing of ours.
bool only_changes_tools(std::string_view line) { return trimmed(line) == "import _virtualenv"; }

/// setuptools' distutils-precedence.pth.
bool serves_distutils(std::string_view line) {
  return line.find("_distutils_hack") != std::string_view::npos;
}

/// `google.cloud` of `...['sitedir'], *('google', 'cloud'));importlib = ...`: setuptools'
/// -nspkg.pth makes a namespace package of a folder, which any Python since 3.3 finds by itself.
std::string namespace_of(std::string_view line) {
  constexpr std::string_view kMark = "f_locals['sitedir'], *(";
  const size_t mark = line.find(kMark);
  if (!line.starts_with("import sys, types, os;") || mark == std::string_view::npos) return {};
  const size_t begin = mark + kMark.size();
  const size_t end = line.find(')', begin);
  std::string dotted;
  for (std::string_view part : split_trimmed(line.substr(begin, end - begin), ',')) {
    if (part.size() < 3) return {};
    part = part.substr(1, part.size() - 2);
    dotted.append(dotted.empty() ? "" : ".").append(part);
  }
  return dotted;
}

}  // namespace

/// One line, where it stands.
struct SitePath::Line {
  const std::string& folder;
  const std::string& name;
  uint32_t number;
  std::string_view text;
};

SitePath::SitePath(const FileSystem& files, const std::vector<std::string>& known)
    : files_(files), known_(known) {}

bool SitePath::add(const std::string& path, SearchPathKind kind) {
  if (std::find(known_.begin(), known_.end(), path) != known_.end()) return false;
  known_.push_back(path);
  entries.push_back({path, kind});
  return true;
}

void SitePath::say(const Line& line, std::string does, bool is_followed) {
  lines.push_back({join_path(line.folder, line.name), line.number, std::move(does), is_followed});
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
  uint32_t number = 0;
  for (const std::string_view text_of_line : split_lines(rest)) {
    const Line line{folder, name, ++number, text_of_line};
    if (line.text.starts_with('#') || trimmed(line.text).empty()) continue;
    if (line.text.find('\0') != std::string_view::npos) {
      notes.push_back(file + " is no text: the rest of it is ignored, as Python does");
      return;
    }
    if (line.text.starts_with("import ") || line.text.starts_with("import\t")) {
      read_import_line(line);
    } else {
      read_path_line(line);
    }
  }
}

void SitePath::read_path_line(const Line& line) {
  // Only the end is stripped: a path that begins with a space is one.
  const size_t end = line.text.find_last_not_of(" \t\f\v") + 1;
  const std::string path = normalize_path(join_path(line.folder, line.text.substr(0, end)));
  const auto found = files_.status(path);
  if (!found) return say(line, "names " + path + ", which is not there");
  if (found->type != EntryType::kFolder) {
    zipped_eggs.push_back(path);
    notes.push_back(path + ", named by " + line.name + ", is no folder: a zipped egg is not read");
    return say(line, "names " + path + ", a zipped egg that is not read", false);
  }
  const bool is_new = add(path, SearchPathKind::kPathLine);
  say(line, is_new ? "adds " + path : "names " + path + ", which is on the path already");
}

bool SitePath::read_editable_finder(const Line& line, std::string_view module) {
  const bool is_setuptools = module.starts_with("__editable__") && module.ends_with("_finder");
  const bool is_editables = module.starts_with("_editable_impl_");
  if (!is_setuptools && !is_editables) return false;
  const auto source =
      files_.read(join_path(line.folder, std::string(module) + ".py"), kMaxPathFileBytes);
  if (!source) return false;
  const std::vector<EditableModule> found =
      is_setuptools ? parse_editable_mapping(*source) : parse_editables_redirector(*source);
  if (found.empty()) return false;
  editable_modules.insert(editable_modules.end(), found.begin(), found.end());
  for (const EditableModule& one : found) say(line, "serves " + one.name + " from " + one.path);
  return true;
}

void SitePath::read_import_line(const Line& line) {
  const std::vector<std::string> names = environment::start_up_imports(line.text);
  start_up_imports.insert(start_up_imports.end(), names.begin(), names.end());
  // setuptools: `import __editable___shop_1_0_finder; __editable___shop_1_0_finder.install()`
  std::string_view module = trimmed(line.text.substr(sizeof("import") - 1));
  module = module.substr(0, module.find_first_of(" ;\t"));
  if (read_editable_finder(line, module)) return;
  if (const std::string name = namespace_of(line.text); !name.empty()) {
    return say(line, "makes a namespace package of " + name);
  }
  if (serves_distutils(line.text)) {
    served_names.emplace_back("distutils");
    return say(line, "serves setuptools' copy of distutils");
  }
  if (only_changes_tools(line.text)) return say(line, "changes how tools are found");
  // easy-install.pth: what stands between these two lines goes to the front of the path.
  if (line.text.starts_with("import sys; sys.__plen = len(sys.path)")) {
    eggs_begin_ = entries.size();
    return say(line, "remembers where the path ends");
  }
  if (line.text.starts_with("import sys; new=sys.path[sys.__plen:]; del sys.path[sys.__plen:]")) {
    eggs_begin_ = std::max(eggs_begin_, eggs_in_front_);
    const auto at = [&](size_t i) { return entries.begin() + static_cast<ptrdiff_t>(i); };
    const size_t moved = entries.size() - eggs_begin_;
    std::rotate(at(eggs_in_front_), at(eggs_begin_), entries.end());
    eggs_in_front_ += moved;
    return say(line, "moves what was added since to the front");
  }
  start_up_callees.insert(start_up_callees.end(), names.begin(), names.end());
  say(line, "runs code that is not followed", false);
  notes.push_back(join_path(line.folder, line.name) +
                  " runs code at start-up, which is not followed");
}

}  // namespace headwater::environment
