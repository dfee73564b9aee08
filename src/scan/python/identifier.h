#pragma once

#include <string_view>

#include "model/file_facts.h"

namespace headwater::scan {

/// Interns an identifier or dotted name as CPython knows it. Of its normalization (NFKC) this does
/// the letters of Latin-1, of which the micro sign is the one that people write.
NameId intern_identifier(NameTable& names, std::string_view written);

}  // namespace headwater::scan
