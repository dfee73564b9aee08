#include "findings/absent.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "model/distribution_index.h"
#include "model/requirement.h"

namespace headwater::findings {

std::vector<const DeclaredDependency*> absent_distributions(const ProjectLayout& layout,
                                                            const PythonEnvironment& environment) {
  if (!environment.has_packages()) return {};
  const DistributionIndex installed(environment);
  std::set<std::string> own;
  for (const Project& project : layout.projects) {
    own.insert(normalized_distribution_name(project.name));
  }
  std::vector<const DeclaredDependency*> absent;
  for (const Project& project : layout.projects) {
    for (const DeclaredDependency& dependency : project.dependencies) {
      const bool is_known = dependency.kind == DependencyKind::kBuild ||
                            own.contains(dependency.normalized_name) ||
                            installed.named(dependency.normalized_name) != nullptr;
      if (!is_known) absent.push_back(&dependency);
    }
  }
  const auto key = [](const DeclaredDependency* one) {
    return std::tie(one->normalized_name, one->file, one->group, one->marker);
  };
  std::stable_sort(absent.begin(), absent.end(),
                   [&](const auto* left, const auto* right) { return key(left) < key(right); });
  absent.erase(
      std::unique(absent.begin(), absent.end(),
                  [&](const auto* left, const auto* right) { return key(left) == key(right); }),
      absent.end());
  return absent;
}

}  // namespace headwater::findings
