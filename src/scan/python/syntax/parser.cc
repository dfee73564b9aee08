#include "scan/python/syntax/parser.h"
namespace headwater::scan {
ParsedModule parse_module(std::string_view) {
  return {.tree = {}, .verdict = {}, .too_deep = true};
}
}  // namespace headwater::scan
