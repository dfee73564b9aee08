#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "model/known_facts.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"

namespace headwater::scan {

struct ScanOptions {
  uint64_t max_file_size = uint64_t{64} << 20;
  bool strict = false;                      // parse every file
  const std::atomic<bool>* stop = nullptr;  // set by others: end early with what there is
  const FileSystem* files = nullptr;        // where they are; nullptr: on the machine
  KnownFacts* known = nullptr;              // by absolute paths; nullptr: nothing is known
  /// Called from any thread, now and then, with files done and files in all.
  std::function<void(uint64_t, uint64_t)> on_progress;
};

/// Reads and scans every .py, .pyi and .ipynb of the tree in parallel.
/// A file that cannot be read is listed in `unread` and is never an error of the whole.
ScannedTree scan_tree(const SourceTree& tree, const ScanOptions& options);

/// Facts of one file with this content. An error if a notebook is none. `path`: for errors.
Result<FileFacts> scan_source(std::string_view content, Reading reading, const std::string& path);

}  // namespace headwater::scan
