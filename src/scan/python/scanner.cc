#include "scan/python/scanner.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <string>

#include "scan/python/block_parser.h"
#include "scan/python/source_encoding.h"

namespace headwater::scan {

FileFacts PythonScanner::scan(std::string_view bytes) {
  facts_.clear();
  facts_.content_hash = XXH3_64bits(bytes.data(), bytes.size());
  const DecodedSource source = decode_source(bytes, transcoded_);
  if (source.fault) facts_.syntax_faults.push_back(*source.fault);
  index_.build(source.text, classes_);
  BlockParser(source.text, index_, facts_).run();
  return facts_.build();
}

FileFacts scan_python(std::string_view bytes) { return PythonScanner().scan(bytes); }

}  // namespace headwater::scan
