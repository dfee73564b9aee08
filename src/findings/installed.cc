#include "findings/installed.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace headwater::findings {
namespace {

std::string title(const Distribution& distribution) {
  if (distribution.version.empty()) return distribution.name;
  return fmt::format("{} {}", distribution.name, distribution.version);
}

std::string python_of(const PythonEnvironment& environment) {
  return fmt::format("Python {}.{}{}{}", environment.version.major, environment.version.minor,
                     environment.platform.empty() ? "" : " on ", environment.platform);
}

/// How bad it is: the worst of several providers explains the failure.
int badness(const Distribution& distribution) {
  if (!distribution.built_for.empty()) return 3;
  if (distribution.files.wholeness == Wholeness::kDamaged) return 2;
  return distribution.files.wholeness == Wholeness::kModified ? 1 : 0;
}

InstalledFault fault_of(std::string_view code, const Distribution& distribution,
                        std::string message, bool is_certain) {
  return {code, &distribution, std::move(message), "reinstall it", is_certain};
}

InstalledFault foreign_build(const World& world, const Distribution& distribution,
                             bool is_certain) {
  return fault_of("HW213", distribution, loss_text(world, distribution), is_certain);
}

/// The distribution says that it provides the very module, and it is not there.
std::optional<InstalledFault> absent_all_the_same(const Distribution& distribution,
                                                  std::string_view dotted) {
  const auto names = [&](const std::vector<std::string>& all) {
    return std::ranges::find(all, dotted) != all.end();
  };
  if (!names(distribution.modules) && !names(distribution.top_level)) return std::nullopt;
  const bool is_whole = distribution.files.wholeness == Wholeness::kWhole;
  return fault_of(is_whole ? "HW214" : "HW211", distribution,
                  fmt::format("{} is installed without {}, which its {} names", title(distribution),
                              dotted, distribution.evidence),
                  false);
}

}  // namespace

std::string damage_text(const Distribution& distribution) {
  const RecordedState& files = distribution.files;
  if (files.gone_count == 0) {
    return fmt::format("{} is damaged: {} of its tests are gone", title(distribution),
                       with_thousands(files.gone.size()));
  }
  return fmt::format("{} is damaged: {} of {} files {} gone", title(distribution),
                     with_thousands(files.gone_count), with_thousands(files.needed),
                     files.gone_count == 1 ? "is" : "are");
}

std::string loss_text(const World& world, const Distribution& distribution) {
  if (distribution.built_for.empty()) return damage_text(distribution);
  return fmt::format("{} is built for {}, the environment is {}", title(distribution),
                     distribution.built_for, python_of(world.environment));
}

std::optional<InstalledFault> installed_fault(const World& world, std::string_view dotted) {
  if (const Distribution* lost = world.installed.lost(dotted)) {
    return lost->built_for.empty() ? fault_of("HW211", *lost, damage_text(*lost), true)
                                   : foreign_build(world, *lost, true);
  }
  const std::vector<const Distribution*> providers = world.installed.providers(dotted);
  if (providers.empty()) return std::nullopt;
  const Distribution& worst = **std::ranges::max_element(
      providers, {}, [](const Distribution* provider) { return badness(*provider); });
  if (!worst.built_for.empty()) return foreign_build(world, worst, false);
  switch (worst.files.wholeness) {
    case Wholeness::kDamaged:
      return fault_of("HW211", worst, damage_text(worst), false);
    case Wholeness::kModified: {
      const size_t count = worst.files.modified.size();
      return fault_of("HW212", worst,
                      fmt::format("{} is modified: {} of {} files {} another size than installed",
                                  title(worst), with_thousands(count),
                                  with_thousands(worst.files.needed), count == 1 ? "has" : "have"),
                      false);
    }
    case Wholeness::kWhole:
    case Wholeness::kUnknown:
      return absent_all_the_same(worst, dotted);
  }
  return std::nullopt;
}

}  // namespace headwater::findings
