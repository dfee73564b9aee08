#include "environment/wheel_tags.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "base/paths.h"
#include "base/text.h"

namespace headwater::environment {
namespace {

/// `39` of cp39 and `312` of cp312: one digit, then the minor version.
std::optional<PythonVersion> version_of_digits(std::string_view digits) {
  if (digits.size() < 2 || digits[0] < '2' || digits[0] > '9') return std::nullopt;
  PythonVersion version{digits[0] - '0', 0};
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data() + 1, end, version.minor);
  if (error != std::errc() || rest == digits.data() + 1) return std::nullopt;
  return version;
}

/// The interpreter in `.cpython-39-x86_64-linux-gnu.so`, `.cp39-win_amd64.pyd`,
/// `.pypy39-pp73-x86_64-linux-gnu.so`. None for `.so`, `.abi3.so` and the like, which any may load.
struct ExtensionTag {
  std::string implementation;
  PythonVersion version;
};

std::optional<ExtensionTag> tag_of_extension(std::string_view file) {
  const std::string_view name = file_name(file);
  const std::string_view suffix = name.substr(std::min(name.find('.'), name.size()));
  constexpr std::pair<std::string_view, std::string_view> kPrefixes[] = {
      {".cpython-", "cpython"}, {".cp", "cpython"}, {".pypy", "pypy"}};
  for (const auto& [prefix, implementation] : kPrefixes) {
    if (!suffix.starts_with(prefix)) continue;
    if (const auto version = version_of_digits(suffix.substr(prefix.size()))) {
      return ExtensionTag{std::string(implementation), *version};
    }
  }
  return std::nullopt;
}

std::string words_for(const ExtensionTag& tag) {
  const std::string name = tag.implementation == "pypy" ? "PyPy " : "CPython ";
  return name + std::to_string(tag.version.major) + '.' + std::to_string(tag.version.minor);
}

/// `linux-x86_64` for manylinux_2_17_x86_64; empty where the tag does not say it.
std::string platform_of_tag(std::string_view tag) {
  const std::string_view platform = tag.substr(tag.rfind('-') + 1);
  if (platform.starts_with("macosx")) return "macos";
  if (platform.starts_with("win")) return "windows";
  if (platform.find("linux") == std::string_view::npos) return {};
  for (const std::string_view machine : {"x86_64", "aarch64"}) {
    if (platform.ends_with(machine)) return "linux-" + std::string(machine);
  }
  return {};
}

std::string foreign_interpreter(const std::vector<RecordedFile>& files, const BuildTarget& target) {
  if (target.version.major == 0) return {};
  std::string needed;
  for (const RecordedFile& file : files) {
    if (!is_extension_file(file.path)) continue;
    const auto tag = tag_of_extension(file.path);
    if (!tag) continue;
    if (tag->implementation == target.implementation && tag->version == target.version) return {};
    if (needed.empty()) needed = words_for(*tag);
  }
  return needed;
}

std::string foreign_platform(const std::vector<RecordedFile>& files,
                             const std::vector<std::string>& tags, const BuildTarget& target) {
  const bool has_extensions = std::any_of(files.begin(), files.end(), [](const RecordedFile& file) {
    return is_extension_file(file.path);
  });
  if (target.platform.empty() || tags.empty() || !has_extensions) return {};
  std::string needed;
  for (const std::string& tag : tags) {
    const std::string platform = platform_of_tag(tag);
    // musl's and other machines' names are compared only where both are known.
    const bool is_comparable =
        !platform.starts_with("linux") || !target.platform.starts_with("linux") ||
        target.platform == "linux-x86_64" || target.platform == "linux-aarch64";
    if (platform.empty() || !is_comparable || platform == target.platform) return {};
    needed = platform == "macos" ? "macOS" : platform == "windows" ? "Windows" : platform;
  }
  return needed;
}

}  // namespace

std::vector<std::string> wheel_tags(std::string_view wheel) {
  std::vector<std::string> tags;
  for (const std::string_view line : split_lines(wheel)) {
    if (lowered(line.substr(0, 4)) == "tag:") tags.emplace_back(trimmed(line.substr(4)));
  }
  return tags;
}

std::string foreign_build(const std::vector<RecordedFile>& files,
                          const std::vector<std::string>& tags, const BuildTarget& target) {
  std::string needed = foreign_interpreter(files, target);
  return needed.empty() ? foreign_platform(files, tags, target) : needed;
}

PythonVersion version_of_tags(const std::vector<std::vector<std::string>>& tag_lists) {
  std::map<PythonVersion, size_t> votes;
  for (const std::vector<std::string>& tags : tag_lists) {
    for (const std::string& tag : tags) {
      const size_t dash = tag.find('-');
      const std::string python = tag.substr(0, dash);
      if (!python.starts_with("cp") || dash == std::string::npos) continue;
      if (tag.compare(dash + 1, python.size(), python) != 0) continue;
      if (const auto version = version_of_digits(std::string_view(python).substr(2))) {
        ++votes[*version];
        break;
      }
    }
  }
  PythonVersion best;
  size_t most = 0;
  for (const auto& [version, count] : votes) {
    if (count >= most) best = version;
    most = std::max(most, count);
  }
  return best;
}

}  // namespace headwater::environment
