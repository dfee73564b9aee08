#include "environment/lock_files.h"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/paths.h"
#include "model/known_distributions.h"
#include "model/requirement.h"

namespace headwater::environment {
namespace {

constexpr uint64_t kMaxLockBytes = 256 << 20;

/// One row per kind of lock file.
struct LockFormat {
  std::string_view file;
  std::string_view packages;  // the array of tables
  std::string_view version;   // where the format's own version stands
  int newest_major;           // that is known
  Installer installer;
};

constexpr LockFormat kFormats[] = {
    {"uv.lock", "package", "version", 1, Installer::kUv},
    {"poetry.lock", "package", "metadata.lock-version", 2, Installer::kPoetry},
    {"pdm.lock", "package", "metadata.lock_version", 4, Installer::kPdm},
    {"pylock.toml", "packages", "lock-version", 1, Installer::kPip},
};

const LockFormat* format_of(std::string_view name) {
  for (const LockFormat& format : kFormats) {
    if (format.file == name) return &format;
  }
  // PEP 751: pylock.*.toml
  return name.starts_with("pylock.") && name.ends_with(".toml") ? &kFormats[3] : nullptr;
}

/// The format's version as it is written, and its first number; -1 if there is none.
std::pair<std::string, int> format_version(const toml::table& document, const LockFormat& format) {
  const auto node = document.at_path(format.version);
  std::string text;
  if (const auto number = node.value<int64_t>()) text = std::to_string(*number);
  if (const auto string = node.value<std::string>()) text = *string;
  int major = -1;
  std::from_chars(text.data(), text.data() + text.size(), major);
  return {text, major};
}

void read_packages_of(const toml::table& document, const LockFormat& format,
                      const std::string& path, LockFile& lock) {
  const toml::array* const packages = document.at_path(format.packages).as_array();
  if (packages == nullptr) return;
  for (const toml::node& node : *packages) {
    const toml::table* const package = node.as_table();
    if (package == nullptr) continue;
    Distribution locked;
    locked.name = (*package)["name"].value_or(std::string());
    if (locked.name.empty()) continue;
    locked.version = (*package)["version"].value_or(std::string());
    locked.normalized_name = normalized_distribution_name(locked.name);
    locked.metadata_path = path;
    locked.evidence = format.file;
    lock.distributions.push_back(std::move(locked));
  }
}

/// What a distribution is imported as: by the table of known ones, else by its own name.
void add_import_names(const Distribution& locked, std::set<std::string>& certain,
                      std::set<std::string>& possible) {
  for (const std::string_view name : known_import_names(locked.normalized_name)) {
    const size_t first = name.find('.');
    if (first == name.npos) {
      certain.emplace(name);
    } else {
      possible.emplace(name.substr(0, first));
    }
  }
  std::string as_module = locked.normalized_name;
  std::replace(as_module.begin(), as_module.end(), '-', '_');
  certain.insert(as_module);
  certain.insert(locked.name);  // `PyQt5` is imported as it is written
  for (const std::string_view prefix : {"python_", "py"}) {
    if (as_module.starts_with(prefix)) possible.insert(as_module.substr(prefix.size()));
  }
  // azure-storage-blob lies in the namespace `azure`.
  if (const size_t first = as_module.find('_'); first != std::string::npos) {
    possible.insert(as_module.substr(0, first));
  }
}

std::vector<std::string> lock_names(const FileSystem& files, const std::string& folder) {
  std::vector<std::string> names;
  const auto listing = files.list(folder);
  if (!listing) return names;
  for (const DirectoryEntry& entry : *listing) {
    if (format_of(entry.name)) names.push_back(entry.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void finish(PythonEnvironment& environment) {
  auto& all = environment.distributions;
  std::stable_sort(all.begin(), all.end(), [](const Distribution& left, const Distribution& right) {
    return left.normalized_name < right.normalized_name;
  });
  // uv locks one distribution in several versions for several platforms.
  all.erase(std::unique(all.begin(), all.end(),
                        [](const Distribution& left, const Distribution& right) {
                          return left.normalized_name == right.normalized_name;
                        }),
            all.end());
  std::set<std::string> certain;
  std::set<std::string> possible;
  for (Distribution& locked : all) {
    std::set<std::string> own;
    add_import_names(locked, own, possible);
    locked.top_level.assign(own.begin(), own.end());
    certain.insert(own.begin(), own.end());
  }
  environment.locked_names.assign(certain.begin(), certain.end());
  environment.opaque_names.assign(possible.begin(), possible.end());
}

}  // namespace

LockFile parse_lock_file(std::string_view text, const std::string& name, const std::string& path) {
  LockFile lock;
  const LockFormat* const format = format_of(name);
  if (format == nullptr) return lock;
  try {
    const toml::table document = toml::parse(text, path);
    const auto [written, major] = format_version(document, *format);
    read_packages_of(document, *format, path, lock);
    if (major > format->newest_major) {
      lock.is_complete = false;
      lock.notes.push_back(path + " is of format " + written + ", newer than " +
                           std::to_string(format->newest_major) +
                           ", the newest that is known: what it lacks is unknown");
    }
  } catch (const toml::parse_error& error) {
    lock.is_complete = false;
    lock.notes.push_back(path + ':' + std::to_string(error.source().begin.line) + " is no TOML: " +
                         std::string(error.description()) + "; what it locks is unknown");
  }
  return lock;
}

PythonEnvironment read_lock_environment(const FileSystem& files, const EnvironmentOptions& options,
                                        const std::vector<std::string>& folders) {
  PythonEnvironment environment;
  environment.source = EnvironmentSource::kLockFiles;
  bool is_complete = true;
  std::string read;
  for (const std::string& folder : folders) {
    for (const std::string& name : lock_names(files, folder)) {
      const std::string path = join_path(folder, name);
      const auto text = files.read(path, kMaxLockBytes);
      LockFile lock;
      if (text) {
        lock = parse_lock_file(*text, name, path);
      } else {
        lock.is_complete = false;
        lock.notes.push_back(path + " cannot be read: " + text.error().detail);
      }
      read += (read.empty() ? "" : ", ") + name;
      is_complete &= lock.is_complete;
      auto& all = environment.distributions;
      all.insert(all.end(), lock.distributions.begin(), lock.distributions.end());
      auto& notes = environment.notes;
      notes.insert(notes.end(), lock.notes.begin(), lock.notes.end());
    }
    // The nearest folder that has lock files decides.
    if (!read.empty()) break;
  }
  if (read.empty() || !is_complete) {
    for (const std::string& name : options.declared) {
      Distribution declared;
      declared.name = declared.normalized_name = name;
      declared.evidence = "declaration";
      environment.distributions.push_back(std::move(declared));
    }
  }
  environment.lock_is_complete = !read.empty() && is_complete;
  environment.why = read.empty() ? "no lock file: what is declared is installed"
                                 : "locked by " + read + ", as --env lock says";
  finish(environment);
  return environment;
}

Installer installer_of(const FileSystem& files, const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) {
    for (const LockFormat& format : kFormats) {
      if (format.installer == Installer::kPip) continue;
      if (files.is_file(join_path(folder, std::string(format.file)))) return format.installer;
    }
  }
  return Installer::kPip;
}

}  // namespace headwater::environment
