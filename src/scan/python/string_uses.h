#pragma once

#include <span>
#include <string_view>

#include "model/file_facts.h"
#include "scan/python/byte_classes.h"
#include "scan/python/lexer.h"

namespace headwater::scan {

/// Adds the string literals of the file that libraries take for names of code: what `mock.patch`
/// replaces, settings of Django, modules of Celery. Looks at nothing but the imports and bindings
/// in `facts` if these show no such library, which is so for most files. `lines`: the logical
/// lines, or none if they are not known.
void find_string_uses(std::string_view text, const ByteIndex& index,
                      std::span<const LineStart> lines, FactsBuilder& facts);

}  // namespace headwater::scan
