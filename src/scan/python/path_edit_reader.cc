#include "scan/python/path_edit_reader.h"

#include "scan/python/path_edit_walker.h"
#include "scan/python/syntax/parser.h"

namespace headwater::scan {
namespace {

/// `from sys import path`, `import sys as s`, `from site import addsitedir`
bool names_it_otherwise(const FactsBuilder& facts) {
  for (const Import& import : facts.imports) {
    const std::string_view module = facts.names[import.module];
    if (module != "sys" && module != "site") continue;
    for (uint32_t i = 0; i < import.name_count; ++i) {
      const ImportedName& imported = facts.imported_names[import.first_name + i];
      const std::string_view name = facts.names[imported.name];
      const bool is_searched_for = name == "path" || name == "addsitedir";
      if (import.is_from ? is_searched_for : imported.has_as) return true;
    }
  }
  return false;
}

}  // namespace

void read_path_edits(std::string_view bytes, FactsBuilder& facts) {
  const bool speaks_of_it = bytes.find("sys.path") != std::string_view::npos ||
                            bytes.find("site.addsitedir") != std::string_view::npos ||
                            names_it_otherwise(facts);
  if (!speaks_of_it) return;
  const ParsedModule module = parse_module(bytes);
  if (module.too_deep || !module.verdict.errors.empty()) {
    // The tree may end anywhere.
    facts.path_edits.push_back({1, facts.names.intern(""), true, false, false});
    return;
  }
  PathEditWalker(module.tree, facts).run();
}

}  // namespace headwater::scan
