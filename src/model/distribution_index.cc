#include "model/distribution_index.h"

#include <algorithm>

namespace headwater {
namespace {

/// `a.b` of a/b/__init__.py and `a.b.c` of a/b/c.py or a/b/c.cpython-312-x86_64-linux-gnu.so; stubs
/// are no modules.
std::string module_of_file(std::string_view path) {
  if (path.ends_with(".pyi")) return {};
  const size_t slash = path.rfind('/');
  const size_t name_at = slash == std::string_view::npos ? 0 : slash + 1;
  const std::string_view name = path.substr(name_at, path.find('.', name_at) - name_at);
  std::string dotted(name == "__init__" ? path.substr(0, name_at == 0 ? 0 : slash)
                                        : path.substr(0, name_at + name.size()));
  std::replace(dotted.begin(), dotted.end(), '/', '.');
  return dotted;
}

}  // namespace

DistributionIndex::DistributionIndex(const PythonEnvironment& environment)
    : environment_(environment) {
  for (uint32_t i = 0; i < environment.distributions.size(); ++i) {
    const Distribution& distribution = environment.distributions[i];
    for (const std::string& module : distribution.modules) by_module_[module].push_back(i);
    // A shared namespace is no package of its own: what top_level.txt calls one counts where no
    // longer name does.
    for (const std::string& name : distribution.top_level) {
      std::vector<uint32_t>& providers = by_module_[name];
      if (providers.empty() || providers.back() != i) providers.push_back(i);
    }
    for (const std::string& file : distribution.files.gone) {
      if (std::string module = module_of_file(file); !module.empty()) {
        lost_.try_emplace(std::move(module), i);
      }
    }
    for (const std::string& file : distribution.unloadable) {
      lost_.try_emplace(module_of_file(file), i);
    }
  }
}

std::vector<const Distribution*> DistributionIndex::providers(std::string_view dotted) const {
  for (;;) {
    const auto found = by_module_.find(dotted);
    if (found != by_module_.end()) {
      std::vector<const Distribution*> all;
      for (const uint32_t i : found->second) all.push_back(&environment_.distributions[i]);
      return all;
    }
    const size_t dot = dotted.rfind('.');
    if (dot == std::string_view::npos) return {};
    dotted = dotted.substr(0, dot);
  }
}

const Distribution* DistributionIndex::provider(std::string_view dotted) const {
  const std::vector<const Distribution*> all = providers(dotted);
  return all.size() == 1 ? all.front() : nullptr;
}

const Distribution* DistributionIndex::lost(std::string_view dotted) const {
  if (!has_losses()) return nullptr;
  const auto found = lost_.find(std::string(dotted));
  return found == lost_.end() ? nullptr : &environment_.distributions[found->second];
}

bool DistributionIndex::may_lack_modules(std::string_view dotted) const {
  return has_losses() && std::ranges::any_of(providers(dotted), &Distribution::lacks_modules);
}

const Distribution* DistributionIndex::named(std::string_view normalized_name) const {
  const auto& all = environment_.distributions;
  const auto found = std::lower_bound(
      all.begin(), all.end(), normalized_name,
      [](const Distribution& one, std::string_view name) { return one.normalized_name < name; });
  return found != all.end() && found->normalized_name == normalized_name ? &*found : nullptr;
}

}  // namespace headwater
