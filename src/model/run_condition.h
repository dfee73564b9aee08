#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace headwater {

/// Values of sys.platform, as a bit set.
using Platforms = uint8_t;
inline constexpr Platforms kLinux = 1;
inline constexpr Platforms kDarwin = 2;
inline constexpr Platforms kWin32 = 4;
inline constexpr Platforms kOtherPlatform = 8;  // any; environments of these are not read
inline constexpr Platforms kEveryPlatform = kLinux | kDarwin | kWin32 | kOtherPlatform;

/// By a value of sys.platform, such as "win32".
Platforms platform_of(std::string_view name);

/// A Python's version as one number that orders them.
constexpr uint16_t packed_version(int major, int minor) {
  return static_cast<uint16_t>(major * 256 + minor);
}

/// On which Pythons, and how, the tests of `sys.version_info`, `sys.platform` and `__name__` around
/// code let it run, and constants: `if False:`.
struct RunWindow {
  uint16_t since = 0;            // packed_version(), inclusive
  uint16_t before = UINT16_MAX;  // exclusive
  Platforms platforms = kEveryPlatform;
  bool only_as_script = false;  // where `__name__ == "__main__"`

  bool is_of_every_version() const { return since == 0 && before == UINT16_MAX; }
  bool is_everywhere() const {
    return is_of_every_version() && platforms == kEveryPlatform && !only_as_script;
  }
  bool is_never() const { return platforms == 0; }
  /// Whether a version and a platform, one bit, decide it; 0 is one that is not known.
  bool is_decided_by(uint16_t version, Platforms platform) const {
    if (is_never()) return true;
    return (version != 0 || is_of_every_version()) &&
           (platform != 0 || platforms == kEveryPlatform);
  }
  bool holds(uint16_t version, Platforms platform) const {
    return (is_of_every_version() || (version >= since && version < before)) &&
           (platforms == kEveryPlatform || (platforms & platform) != 0);
  }
  RunWindow operator&(const RunWindow& other) const {
    return {std::max(since, other.since), std::min(before, other.before),
            static_cast<Platforms>(platforms & other.platforms),
            only_as_script || other.only_as_script};
  }
};

/// What is known of when an import statement in a branch runs.
struct RunCondition {
  uint32_t import;  // into FileFacts::imports
  RunWindow window;
  bool is_whole;  // nothing else decides whether it runs; guards aside
};
static_assert(sizeof(RunCondition) == 12);

}  // namespace headwater
