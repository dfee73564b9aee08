#include "scan/python/path_edit_reader.h"

#include "scan/python/path_edit_walker.h"
#include "scan/python/syntax/parser.h"

namespace headwater::scan {
namespace {

/// How a file comes by the search path.
enum class Access : uint8_t { kNone, kBySys, kBySysOrSite, kOtherwise };

/// By `import sys`, `import site` or something that is called so: then the text says `sys.path`.
/// Otherwise by `from sys import path`, `import sys as s`, `from site import addsitedir`.
Access access_to_search_path(const FactsBuilder& facts) {
  Access access = Access::kNone;
  for (const Import& import : facts.imports) {
    const std::string_view module = facts.names[import.module];
    const bool is_holder = module == "sys" || module == "site";
    for (uint32_t i = 0; i < import.name_count; ++i) {
      const ImportedName& imported = facts.imported_names[import.first_name + i];
      const std::string_view name = facts.names[imported.name];
      const std::string_view called = facts.names[imported.as_name];
      const bool is_searched_for = name == "path" || name == "addsitedir";
      if (is_holder && (import.is_from ? is_searched_for : imported.has_as)) {
        return Access::kOtherwise;
      }
      if (module == "site" || called == "site" || name == "*") {
        access = Access::kBySysOrSite;
      } else if ((module == "sys" || called == "sys") && access == Access::kNone) {
        access = Access::kBySys;
      }
    }
  }
  return access;
}

}  // namespace

void read_path_edits(std::string_view text, bool is_broken, FactsBuilder& facts) {
  // The imports are asked first: they are at hand, and to search every text costs as much as half
  // of its scan.
  const Access access = access_to_search_path(facts);
  if (access == Access::kNone) return;
  const bool is_named = access != Access::kOtherwise;
  if (is_named && !names_search_path(text, access == Access::kBySysOrSite)) return;
  const ParsedModule module = is_broken ? ParsedModule() : parse_decoded(text);
  if (is_broken || module.too_deep || !module.verdict.errors.empty()) {
    // The tree may end anywhere.
    facts.path_edits.push_back({1, facts.names.intern(""), true, false, false});
    return;
  }
  PathEditWalker(module.tree, is_named ? text : std::string_view(), facts).run();
}

}  // namespace headwater::scan
