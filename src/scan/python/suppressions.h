#pragma once

#include <string_view>

#include "model/file_facts.h"
#include "scan/python/source_text.h"

namespace headwater::scan {

/// Whether some `#` of the text has the mark of the comments below right behind it.
bool may_have_pragmas(std::string_view text);

/// Finds `# headwater: ignore`, `ignore[CODE,...]` and `ignore-file[CODE,...]` in the comments of
/// `text`, whose imports `facts` has already.
void find_suppressions(std::string_view text, const ByteIndex& index, FactsBuilder& facts);

}  // namespace headwater::scan
