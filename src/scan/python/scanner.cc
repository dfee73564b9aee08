#include "scan/python/scanner.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "scan/python/block_parser.h"

namespace headwater::scan {

FileFacts scan_python(std::string_view text) {
  FileFacts facts;
  facts.content_hash = XXH3_64bits(text.data(), text.size());
  BlockParser(text, facts).run();
  return facts;
}

}  // namespace headwater::scan
