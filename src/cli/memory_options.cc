#include "cli/memory_options.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "cli/cache_folder.h"
#include "cli/output.h"

namespace headwater::cli {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

/// With NULs between, so that no two lists of words give the same.
std::string joined(std::initializer_list<std::string> words) {
  std::string text;
  for (const std::string& word : words) text += word + '\0';
  return text;
}

}  // namespace

std::optional<pipeline::MemoryOptions> memory_options(const Options& options,
                                                      const std::string& commit,
                                                      const std::string& key) {
  if (!options.use_cache) return std::nullopt;
  pipeline::MemoryOptions memory;
  memory.folder = cache_folder(options);
  if (memory.folder.empty()) return std::nullopt;
  std::error_code gone;
  const std::string here = std::filesystem::current_path(gone).string();
  const report::ReportOptions report = report_options(options);
  memory.subject = joined({here, options.paths.front(), commit.empty() ? "" : "git"});
  memory.request = joined({memory.subject, options.command_line, variable("VIRTUAL_ENV"),
                           variable("CONDA_PREFIX"), commit, key,
                           fmt::format("{} {} {}", report.color, report.width, geteuid())});
  return memory;
}

}  // namespace headwater::cli
