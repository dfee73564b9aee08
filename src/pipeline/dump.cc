#include "pipeline/dump.h"

namespace headwater::pipeline {
std::span<const std::string_view> dump_stages() {
  static constexpr std::string_view kStages[] = {"imports", "bindings",    "facts",
                                                 "files",   "environment", "resolutions"};
  return kStages;
}
}  // namespace headwater::pipeline
