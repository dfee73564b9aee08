#include "scripts_audit/names.h"

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"

namespace headwater::scripts_audit {
namespace {

constexpr std::string_view kWords[] = {"backfill", "convert", "debug",   "deprecated", "fix",
                                       "fixup",    "hotfix",  "legacy",  "migrate",    "migration",
                                       "old",      "oneoff",  "onetime", "patch",      "prototype",
                                       "scratch",  "temp",    "tmp",     "upgrade"};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

std::string one_time_word(std::string_view path) {
  const std::string name = lowered(file_name(path));
  const std::string_view stem = std::string_view(name).substr(0, name.find('.'));
  for (size_t at = 0; at < stem.size();) {
    size_t end = at;
    while (end < stem.size() && is_letter(stem[end])) ++end;
    const std::string_view word = stem.substr(at, end - at);
    if (std::ranges::find(kWords, word) != std::end(kWords)) return std::string(word);
    at = end + 1;
  }
  return {};
}

}  // namespace headwater::scripts_audit
