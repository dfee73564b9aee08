#include "environment/locate.h"

#include "base/paths.h"

namespace headwater::environment {
namespace {

constexpr const char* kConfiguration = "pyvenv.cfg";

/// The version that `bin/python3` of a prefix is, told by the name of the file that it links to.
std::optional<PythonVersion> version_of_interpreter(const FileSystem& files,
                                                    const std::string& interpreter) {
  const auto real = files.real_path(interpreter);
  return real ? version_in_name(file_name(*real)) : std::nullopt;
}

std::optional<LocatedEnvironment> locate_prefix(const FileSystem& files, const std::string& prefix,
                                                std::optional<PythonVersion> version) {
  LocatedEnvironment located;
  located.prefix = prefix;
  if (const auto text = files.read(join_path(prefix, kConfiguration))) {
    located.virtual_environment = parse_virtual_environment_file(*text);
    located.installation = find_installation(files, prefix, located.virtual_environment->version);
    return located;
  }
  if (!version) version = version_of_interpreter(files, join_path(prefix, "bin/python3"));
  located.installation = find_installation(files, prefix, version);
  if (!located.installation) return std::nullopt;
  return located;
}

bool holds_distributions(const FileSystem& files, const std::string& folder) {
  const auto listing = files.list(folder);
  if (!listing) return false;
  for (const DirectoryEntry& entry : *listing) {
    if (entry.name.ends_with(".dist-info") || entry.name.ends_with(".egg-info")) return true;
  }
  return false;
}

Result<LocatedEnvironment> locate_folder(const FileSystem& files, const std::string& folder,
                                         const std::string& subject) {
  if (auto found = locate_prefix(files, folder, std::nullopt)) return std::move(*found);
  const std::string_view name = file_name(folder);
  const bool is_named = name == "site-packages" || name == "dist-packages";
  if (is_named) {
    // lib/python3.11/site-packages stands for the environment around it; Lib/site-packages too.
    const std::string above(parent_path(folder));
    for (const std::string_view prefix : {parent_path(parent_path(above)), parent_path(above)}) {
      if (is_virtual_environment(files, std::string(prefix))) {
        return std::move(*locate_prefix(files, std::string(prefix), std::nullopt));
      }
    }
  }
  if (is_named || holds_distributions(files, folder)) {
    LocatedEnvironment located;
    located.prefix = folder;
    located.is_package_folder = true;
    return located;
  }
  std::string remedy = "give the folder that `python -m venv` or the like made, or `none`";
  for (const char* inner : {".venv", "venv"}) {
    const std::string candidate = join_path(folder, inner);
    if (is_virtual_environment(files, candidate)) remedy = "did you mean " + candidate + "?";
  }
  return fail(ErrorCode::kUsage, subject,
              folder +
                  " is no Python environment: it has no pyvenv.cfg and no "
                  "lib/python*/site-packages; " +
                  remedy);
}

Result<LocatedEnvironment> locate_interpreter(const FileSystem& files, const std::string& path,
                                              const std::string& subject) {
  const std::string_view name = file_name(path);
  const bool is_named = name.starts_with("python") || name.starts_with("pypy");
  const auto prefix_of = [](std::string_view file) {
    return std::string(parent_path(parent_path(file)));
  };
  if (is_named) {
    const auto version = version_of_interpreter(files, path);
    if (auto found = locate_prefix(files, prefix_of(path), version)) return std::move(*found);
    if (const auto real = files.real_path(path)) {
      if (auto found = locate_prefix(files, prefix_of(*real), version)) return std::move(*found);
    }
  }
  return fail(ErrorCode::kUsage, subject,
              path +
                  " is a file and no interpreter of a Python environment; give the "
                  "environment's folder");
}

}  // namespace

bool is_virtual_environment(const FileSystem& files, const std::string& folder) {
  return files.is_file(join_path(folder, kConfiguration));
}

Result<LocatedEnvironment> locate_environment(const FileSystem& files, const std::string& path,
                                              const std::string& subject) {
  const auto status = files.status(path);
  if (!status) {
    const bool absent = status.error().code == ErrorCode::kNotFound;
    return fail(status.error().code, subject,
                absent ? path + " does not exist; make the environment or give another one"
                       : path + " cannot be read: " + status.error().detail);
  }
  return status->type == EntryType::kFolder ? locate_folder(files, path, subject)
                                            : locate_interpreter(files, path, subject);
}

}  // namespace headwater::environment
