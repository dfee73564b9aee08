#include "findings/absent.h"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>

#include "model/distribution_index.h"
#include "model/requirement.h"

namespace headwater::findings {

std::vector<const DeclaredDependency*> absent_distributions(const ProjectLayout& layout,
                                                            const PythonEnvironment& environment,
                                                            const ProjectEnvironments& others) {
  std::vector<std::unique_ptr<const DistributionIndex>> installed;  // nullptr: nothing is known
  const auto index = [&](const PythonEnvironment& one) {
    installed.push_back(one.has_packages() ? std::make_unique<const DistributionIndex>(one)
                                           : nullptr);
  };
  index(environment);
  for (const ProjectEnvironment& own : others) index(own.environment);
  std::set<std::string> own;
  for (const Project& project : layout.projects) {
    own.insert(normalized_distribution_name(project.name));
  }
  std::vector<const DeclaredDependency*> absent;
  for (const Project& project : layout.projects) {
    const auto& there = installed[environment_of(others, project.folder)];
    if (!there) continue;
    for (const DeclaredDependency& dependency : project.dependencies) {
      const bool is_known = dependency.kind == DependencyKind::kBuild ||
                            own.contains(dependency.normalized_name) ||
                            there->named(dependency.normalized_name) != nullptr;
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
