#include "scan/python/scanner.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <string>

#include "scan/python/block_parser.h"
#include "scan/python/path_edit_reader.h"
#include "scan/python/source_encoding.h"
#include "scan/python/suppressions.h"

namespace headwater::scan {

FileFacts PythonScanner::scan(std::string_view bytes) {
  facts_.clear();
  facts_.content_hash = XXH3_64bits(bytes.data(), bytes.size());
  const DecodedSource source = decode_source(bytes, transcoded_);
  if (source.fault) facts_.syntax_faults.push_back(*source.fault);
  scan_text(source.text);
  read_path_edits(bytes, facts_);
  return facts_.build();
}

FileFacts PythonScanner::scan_cells(std::string_view text, uint64_t content_hash,
                                    std::span<const NotebookCell> cells) {
  facts_.clear();
  facts_.content_hash = content_hash;
  facts_.cells.assign(cells.begin(), cells.end());
  scan_text(text);
  return facts_.build();
}

void PythonScanner::scan_text(std::string_view text) {
  index_.build(text, classes_);
  BlockParser(text, index_, facts_).run();
  find_suppressions(text, index_, facts_);
}

FileFacts scan_python(std::string_view bytes) { return PythonScanner().scan(bytes); }

}  // namespace headwater::scan
