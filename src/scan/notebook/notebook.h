#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/file_facts.h"
#include "scan/python/scanner.h"

namespace headwater::scan {

/// The facts of a Jupyter notebook (nbformat 4): its code cells one after the other, as one module
/// whose lines FileFacts::cells() maps back. A notebook of another language has no facts. A cell
/// that does not lex is left out: a notebook is run cell by cell, and such a cell may be a draft.
/// kMalformed if it is no notebook that can be read; `path` is for the error. 64 bytes that may be
/// read must follow `bytes`.
Result<FileFacts> scan_notebook(std::string_view bytes, const std::string& path,
                                PythonScanner& scanner);

}  // namespace headwater::scan
