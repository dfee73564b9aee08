#pragma once

#include <string_view>

#include "model/file_facts.h"
#include "scan/python/source_text.h"

namespace headwater::scan {

/// Finds `# headwater: ignore`, `ignore[CODE,...]` and `ignore-file[CODE,...]` in the comments of
/// `text`, whose imports `facts` has already. A text without the letters `headwater:` costs one
/// search for them.
void find_suppressions(std::string_view text, const ByteIndex& index, FactsBuilder& facts);

}  // namespace headwater::scan
