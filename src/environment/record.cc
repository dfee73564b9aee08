#include "environment/record.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/paths.h"
#include "base/text.h"

namespace headwater::environment {
namespace {

bool is_identifier(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  });
}

bool can_be_imported(std::string_view path) {
  return path.ends_with(".py") || path.ends_with(".pyi") || is_extension_file(path);
}

bool is_test(std::string_view path) {
  const std::string_view name = file_name(path);
  if (name.starts_with("test_") || name.ends_with("_test.py") || name == "conftest.py") return true;
  for (std::string_view folder = parent_path(path); !folder.empty(); folder = parent_path(folder)) {
    const std::string_view part = file_name(folder);
    if (part == "tests" || part == "test") return true;
  }
  return false;
}

/// Whether normalize_path would change it.
bool is_plain(std::string_view path) {
  return !path.starts_with('/') && !path.starts_with('.') && path.find("//") == path.npos &&
         path.find("/.") == path.npos;
}

/// A line of comma-separated values whose path is quoted: csv writes `""` for a quote in it. False
/// where the quote does not end on its line.
bool take_quoted(std::string_view& line, std::string& path) {
  for (size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '"') {
      if (i + 1 == line.size() || line[i + 1] != '"') {
        line.remove_prefix(i + 1);
        return true;
      }
      ++i;
    }
    path += line[i];
  }
  return false;
}

int64_t size_in(std::string_view hash_and_size) {
  const size_t comma = hash_and_size.rfind(',');
  if (comma == std::string_view::npos) return -1;
  const std::string_view digits = trimmed(hash_and_size.substr(comma + 1));
  int64_t size = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size();
  return is_number && size >= 0 ? size : -1;
}

/// `pkg/__init__.py` and the like for its folder.
bool is_init(std::string_view path) {
  const std::string_view name = file_name(path);
  return name.starts_with("__init__.") && !name.ends_with(".pyi");
}

std::string_view module_name(std::string_view file) { return file.substr(0, file.find('.')); }

}  // namespace

bool is_extension_file(std::string_view path) {
  return path.ends_with(".so") || path.ends_with(".pyd");
}

Record::Record(std::string text, std::string_view site_folder) : text_(std::move(text)) {
  std::string_view rest = text_;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with('"')) {
      std::string path;
      if (take_quoted(line, path) && can_be_imported(path)) {
        add(made_.emplace_back(std::move(path)), size_in(line), site_folder);
      }
      continue;
    }
    const std::string_view path = line.substr(0, line.find(','));
    if (can_be_imported(path)) add(path, size_in(line.substr(path.size())), site_folder);
  }
  std::sort(files_.begin(), files_.end(),
            [](const RecordedFile& a, const RecordedFile& b) { return a.path < b.path; });
}

std::unique_ptr<const Record> Record::of_installed_files(std::string text,
                                                         std::string_view metadata_folder,
                                                         std::string_view site_folder) {
  std::unique_ptr<Record> record(new Record);
  record->text_ = std::move(text);
  for (const std::string_view line : split_lines(record->text_)) {
    const std::string_view path = trimmed(line);
    if (path.empty() || !can_be_imported(path)) continue;
    std::string& whole = record->made_.emplace_back(join_path(metadata_folder, path));
    record->add(whole, -1, site_folder);
  }
  std::sort(record->files_.begin(), record->files_.end(),
            [](const RecordedFile& a, const RecordedFile& b) { return a.path < b.path; });
  return record;
}

void Record::add(std::string_view path, int64_t size_bytes, std::string_view site_folder) {
  if (path.find('\0') != std::string_view::npos) return;
  if (!is_plain(path)) {
    // Scripts lie in `../../../bin`, and a hostile file may name anything: what leaves the site
    // folder is never looked at.
    const std::string whole = normalize_path(join_path(site_folder, path));
    if (!is_within(whole, site_folder) || whole == site_folder) return;
    path = made_.emplace_back(relative_path(whole, site_folder));
  }
  const std::string_view top = path.substr(0, path.find('/'));
  if (top.ends_with(".dist-info") || top.ends_with(".egg-info") || top == "__pycache__") return;
  files_.push_back({path, size_bytes, is_test(path)});
}

std::vector<std::string> top_level_of(const std::vector<RecordedFile>& files) {
  std::vector<std::string> names;
  for (const RecordedFile& file : files) {
    if (file.path.ends_with(".pyi")) continue;
    const size_t slash = file.path.find('/');
    const std::string_view name =
        slash == std::string_view::npos ? module_name(file.path) : file.path.substr(0, slash);
    // The files are sorted, so that those of one package stand together.
    if (!names.empty() && names.back() == name) continue;
    if (is_identifier(name)) names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> modules_of(const std::vector<RecordedFile>& files) {
  std::unordered_set<std::string_view> packages;
  for (const RecordedFile& file : files) {
    if (is_init(file.path)) packages.insert(parent_path(file.path));
  }
  std::vector<std::string> names;
  std::string_view last_folder = "?";
  bool folder_is_done = false;
  for (const RecordedFile& file : files) {
    if (file.path.ends_with(".pyi")) continue;
    const std::string_view folder = parent_path(file.path);
    if (folder == last_folder && folder_is_done) continue;
    last_folder = folder;
    folder_is_done = false;
    std::string dotted;
    bool is_name = true;
    for (size_t slash = folder.empty() ? folder.npos : 0; slash != folder.npos;) {
      const size_t begin = slash == 0 ? 0 : slash + 1;
      slash = folder.find('/', begin);
      const std::string_view part = folder.substr(begin, slash - begin);
      is_name &= is_identifier(part);
      dotted.append(dotted.empty() ? "" : ".").append(part);
      if (packages.contains(folder.substr(0, slash))) {
        folder_is_done = true;
        break;
      }
    }
    if (!folder_is_done) {
      const std::string_view name = module_name(file_name(file.path));
      is_name &= is_identifier(name);
      dotted.append(dotted.empty() ? "" : ".").append(name);
    }
    if (is_name && (names.empty() || names.back() != dotted)) names.push_back(std::move(dotted));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace headwater::environment
