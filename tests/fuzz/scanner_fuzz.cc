// Any bytes: every implementation of the byte classes gives the same facts, and the facts hold
// together: positions lie in the text, ids are valid, source order is kept.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "report/dump_facts.h"
#include "scan/python/scanner.h"

namespace {

using headwater::FileFacts;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_positions(const FileFacts& facts, size_t size) {
  uint32_t last = 0;
  for (const auto& import : facts.imports()) {
    require(import.offset >= last && import.offset < import.end && import.end <= size);
    require(import.line >= 1 && import.column >= 1);
    require(import.first_name + import.name_count <= facts.imported_names().size());
    require(static_cast<size_t>(import.module) < facts.name_count());
    last = import.offset;
  }
  last = 0;
  for (const auto& binding : facts.bindings()) {
    require(binding.line >= 1 && binding.line >= last);
    require(static_cast<size_t>(binding.name) < facts.name_count());
    last = binding.line;
  }
  for (const auto& star : facts.stars()) require(star.import < facts.imports().size());
}

std::string printed(const FileFacts& facts) {
  std::string out;
  headwater::report::append_known_facts_json(out, "f.py", facts);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string first;
  for (const auto& classes : headwater::scan::byte_classes()) {
    if (!classes.is_supported()) continue;
    const FileFacts facts = headwater::scan::PythonScanner(classes).scan(text);
    check_positions(facts, size * 4 + 16);  // a file in another encoding is counted as UTF-8
    const std::string out = printed(facts);
    if (first.empty()) first = out;
    require(first == out);
  }
  return 0;
}
