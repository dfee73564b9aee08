#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/file_facts.h"
#include "scan/python/byte_classes.h"
#include "scan/python/syntax/survey.h"

namespace headwater::scan {

/// Reads Python files one after the other and keeps its working memory from file to file. One per
/// thread.
class PythonScanner {
 public:
  /// `strict`: parse every file, not only those that look as if they might not compile.
  explicit PythonScanner(const ByteClasses& classes = best_byte_classes(), bool strict = false)
      : classes_(classes), strict_(strict) {}

  /// What one file says: imports of any depth, the module's bindings, names in strings. Tolerates
  /// any bytes. Linear in the file's size.
  FileFacts scan(std::string_view bytes);

  /// The code cells of a notebook as one text; `content_hash` is the notebook's own.
  FileFacts scan_cells(std::string_view text, uint64_t content_hash,
                       std::span<const NotebookCell> cells);

 private:
  /// False where an import may not compile.
  bool scan_text(std::string_view text);

  const ByteClasses& classes_;
  bool strict_;
  ByteIndex index_;
  Survey survey_;
  std::string transcoded_;
  FactsBuilder facts_;  // grown in place; what is handed out is a copy of the exact size
};

/// The same for a single file.
FileFacts scan_python(std::string_view bytes);

}  // namespace headwater::scan
