#include "scan/python/scanner.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <string>

#include "scan/python/block_parser.h"
#include "scan/python/source_encoding.h"

namespace headwater::scan {

FileFacts scan_python(std::string_view bytes) {
  FileFacts facts;
  facts.content_hash = XXH3_64bits(bytes.data(), bytes.size());
  std::string storage;
  const DecodedSource source = decode_source(bytes, storage);
  if (source.fault) facts.syntax_faults.push_back(*source.fault);
  BlockParser(source.text, facts).run();
  return facts;
}

}  // namespace headwater::scan
