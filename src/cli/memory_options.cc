#include "cli/memory_options.h"

#include <fmt/format.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <vector>

#include "cli/cache_folder.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "pipeline/environment_variables.h"

namespace headwater::cli {
namespace {

/// With NULs between, so that no two lists of words give the same.
std::string joined(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) text += word + '\0';
  return text;
}

/// What the process may read: a file that is as it was may be another's who may not.
std::string rights() {
  std::string text = fmt::format("{} {}", geteuid(), getegid());
  std::vector<gid_t> groups(static_cast<size_t>(std::max(getgroups(0, nullptr), 0)));
  groups.resize(
      static_cast<size_t>(std::max(getgroups(static_cast<int>(groups.size()), groups.data()), 0)));
  for (const gid_t group : groups) text += fmt::format(" {}", group);
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct capabilities[_LINUX_CAPABILITY_U32S_3] = {};
  if (syscall(SYS_capget, &header, capabilities) == 0) {
    text += fmt::format(" {:x}", capabilities[0].effective);
  }
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
  memory.subject =
      joined(std::vector<std::string>{here, options.paths.front(), commit.empty() ? "" : "git"});
  memory.tells_contents = options.affected;
  memory.keeps_world = options.command->name == "check" && commit.empty();
  const pipeline::EnvironmentVariables variables = pipeline::environment_variables();
  memory.request =
      joined(std::vector<std::string>{memory.subject, options.command_line, variables.virtual_env,
                                      variables.conda_prefix, joined(variables.stores), commit, key,
                                      fmt::format("{} {}", report.color, report.width), rights()});
  return memory;
}

}  // namespace headwater::cli
