#include "scan/python/scanner.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <string>

#include "scan/python/block_parser.h"
#include "scan/python/source_encoding.h"

namespace headwater::scan {

namespace {

void clear(FileFacts& facts) {
  facts.names.clear();
  facts.imports.clear();
  facts.imported_names.clear();
  facts.bindings.clear();
  facts.module_names.clear();
  facts.stars.clear();
  facts.exports.clear();
  facts.string_references.clear();
  facts.syntax_faults.clear();
  facts.dynamic_markers = 0;
  facts.exports_state = ExportsState::kAbsent;
  facts.has_getattr = false;
}

/// Copies of vectors have no room to grow: an audit holds the facts of every file.
FileFacts compact(const FileFacts& facts) {
  FileFacts out;
  out.content_hash = facts.content_hash;
  out.names = facts.names.frozen();
  out.imports = facts.imports;
  out.imported_names = facts.imported_names;
  out.bindings = facts.bindings;
  out.module_names = facts.module_names;
  out.stars = facts.stars;
  out.exports = facts.exports;
  out.string_references = facts.string_references;
  out.syntax_faults = facts.syntax_faults;
  out.dynamic_markers = facts.dynamic_markers;
  out.exports_state = facts.exports_state;
  out.has_getattr = facts.has_getattr;
  return out;
}

}  // namespace

FileFacts PythonScanner::scan(std::string_view bytes) {
  clear(facts_);
  facts_.content_hash = XXH3_64bits(bytes.data(), bytes.size());
  const DecodedSource source = decode_source(bytes, transcoded_);
  if (source.fault) facts_.syntax_faults.push_back(*source.fault);
  index_.build(source.text, classes_);
  BlockParser(source.text, index_, facts_).run();
  return compact(facts_);
}

FileFacts scan_python(std::string_view bytes) { return PythonScanner().scan(bytes); }

}  // namespace headwater::scan
