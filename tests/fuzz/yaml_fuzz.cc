// Any bytes: the reader ends, and what it takes is bounded.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scan/config/hydra.h"
#include "scan/config/yaml.h"

namespace {

size_t checked_size(const headwater::scan::ConfigValue& value, size_t depth) {
  if (depth > headwater::scan::kMostConfigDepth) std::abort();
  if (value.is_table() && value.keys.size() != value.items.size()) std::abort();
  size_t size = 1;
  for (const auto& item : value.items) size += checked_size(item, depth + 1);
  return size;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto documents = headwater::scan::parse_yaml(text)) {
    size_t all = 0;
    for (const auto& document : *documents) all += checked_size(document, 0);
    if (all > 2 * headwater::scan::kMostConfigValues) std::abort();
  }
  std::vector<headwater::scan::HydraFile> files;
  files.push_back(headwater::scan::read_hydra_file("conf/a.yaml", text));
  const std::set<std::string, std::less<>> folders = {"conf"};
  const headwater::scan::HydraTree tree(files, folders, true);
  std::vector<headwater::scan::ConfigString> strings;
  tree.add_strings(files[0], strings);
  return 0;
}
