#include "pipeline/simulations.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/bytes.h"
#include "base/hash.h"
#include "pipeline/read_files.h"

namespace headwater::pipeline {
namespace {

std::vector<std::string> sorted(const std::unordered_set<std::string>& files) {
  std::vector<std::string> all(files.begin(), files.end());
  std::ranges::sort(all);
  return all;
}

bool have_common(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  return std::ranges::any_of(
      one, [&](const std::string& path) { return std::ranges::binary_search(other, path); });
}

}  // namespace

uint64_t SimulationKey::hash() const {
  ByteWriter text;
  text.put(environment), text.put(first_roots), text.put(modules), text.put(most_causes);
  text.put(sorted(in_doubt));
  text.put(run_only != nullptr);
  if (run_only != nullptr) text.put(sorted(*run_only));
  return hash_of(std::move(text).take());
}

const KeptSimulation* Simulations::known(uint64_t key, const attribute::IsAskedFor& asked) const {
  if (worlds_ == nullptr || !worlds_->last) return nullptr;
  const std::vector<KeptSimulation>& all = worlds_->last->simulations;
  const auto found = std::ranges::find(all, key, &KeptSimulation::key);
  if (found == all.end() || have_common(worlds_->changed, found->read)) return nullptr;
  const bool is_answered_alike = std::ranges::all_of(found->questions, [&](const auto& each) {
    return asked(each.module, each.name) == each.is_asked_for;
  });
  return is_answered_alike ? &*found : nullptr;
}

OutcomeTable Simulations::get(const SimulationKey& key, const attribute::IsAskedFor& asked,
                              const Simulate& simulate) {
  if (worlds_ == nullptr) return simulate(files_, asked);
  const uint64_t hash = key.hash();
  if (const KeptSimulation* const same = known(hash, asked)) return made_.emplace_back(*same).table;
  ReadFiles read(files_);
  KeptSimulation made;
  made.key = hash;
  std::mutex mutex;
  made.table = simulate(read.files(), [&](std::string_view module, std::string_view name) {
    const bool answer = asked(module, name);
    const std::lock_guard lock(mutex);
    made.questions.push_back({std::string(module), std::string(name), answer});
    return answer;
  });
  made.read = read.take_read();
  return made_.emplace_back(std::move(made)).table;
}

}  // namespace headwater::pipeline
