#pragma once

#include <string_view>

#include "model/file_facts.h"
#include "scan/python/source_text.h"

namespace headwater::scan {

/// Whether the comment at `hash` may be one of those below. A cheap look.
bool may_be_pragma(std::string_view text, size_t hash);

/// Finds `# headwater: ignore`, `ignore[CODE,...]` and `ignore-file[CODE,...]` in the comments of
/// `text`, whose imports `facts` has already.
void find_suppressions(std::string_view text, const ByteIndex& index, FactsBuilder& facts);

}  // namespace headwater::scan
