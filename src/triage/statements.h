#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "model/import_graph.h"
#include "model/resolved_tree.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"
#include "model/tool_report.h"

namespace headwater::triage {

/// The import statements of the repository by what a report says of them.
class Statements {
 public:
  /// The arguments outlive it. Files are read again, one at a time.
  Statements(const FileSystem& files, const SourceTree& tree, const ScannedTree& scanned,
             const ResolvedTree& resolved)
      : files_(files), tree_(tree), scanned_(scanned), resolved_(resolved) {}

  /// The statement at the line that imports what the entry names: into the facts of the file.
  /// kNothing: there is none.
  uint32_t at(uint32_t file, uint32_t line, const ToolEntry& entry);
  /// The only one of the file that does, wherever it is.
  uint32_t anywhere(uint32_t file, const ToolEntry& entry) const;
  /// The statement at the line, whatever it imports.
  uint32_t at_line(uint32_t file, uint32_t line);
  /// Whether the line still reads as the report quotes it.
  bool reads(uint32_t file, uint32_t line, std::string_view quoted);

  /// The rows of a statement in the resolution.
  std::span<const Resolution> rows(uint32_t file, uint32_t statement) const;
  /// The absolute dotted name that the statement asks for; as it is written where none can be
  /// formed.
  std::string module(uint32_t file, uint32_t statement) const;
  std::string as_written(uint32_t file, uint32_t statement) const;

 private:
  bool says(uint32_t file, uint32_t statement, const ToolEntry& entry) const;
  bool names_module(const std::string& asked, const Import& import, const FileFacts& facts,
                    std::string_view named) const;
  bool covers(const Import& import, uint32_t line) const;
  void open(uint32_t file);

  const FileSystem& files_;
  const SourceTree& tree_;
  const ScannedTree& scanned_;
  const ResolvedTree& resolved_;
  uint32_t open_ = kNothing;  // the file that text_ is of
  std::string text_;
};

}  // namespace headwater::triage
