#pragma once

#include <string>
#include <string_view>

#include "model/file_facts.h"

namespace headwater::report {

/// The writers of `headwater dump`: JSONL with sorted keys and no blanks. `file` is the path as on
/// disk, relative to the root. Of a file that certainly does not parse each appends `{"error",
/// "file", "line"}` instead; one that parses and does not compile (`return` outside a function) has
/// rows.

/// A row for each `import` alias and each `from` statement, in source order.
void append_imports_json(std::string& out, std::string_view file, const FileFacts& facts);
/// One row: what the module binds.
void append_bindings_json(std::string& out, std::string_view file, const FileFacts& facts);
/// One row: everything that the scan knows, with columns and ends, and why the file does not
/// compile.
void append_facts_json(std::string& out, std::string_view file, const FileFacts& facts);
/// The same for any file: what the scan took from one that does not compile.
void append_known_facts_json(std::string& out, std::string_view file, const FileFacts& facts);

}  // namespace headwater::report
