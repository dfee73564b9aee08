// Any bytes are data for the scanner: it neither crashes nor names a place outside of them.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scan/python/scanner.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const headwater::FileFacts facts = headwater::scan::scan_python(text);
  uint32_t last = 0;
  for (const headwater::Import& import : facts.imports) {
    require(import.offset >= last && import.offset < import.end && import.end <= size);
    require(import.line >= 1 && import.column >= 1);
    require(import.first_name + import.name_count <= facts.imported_names.size());
    last = import.offset;
  }
  return 0;
}
