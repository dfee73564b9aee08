#include "scan/scan_tree.h"

#include <fcntl.h>
#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <unistd.h>

#include <algorithm>

#include "base/file_reader.h"
#include "scan/python/scanner.h"

namespace headwater::scan {
namespace {

constexpr size_t kFilesPerTask = 16;

struct Worker {
  FileReader reader;
  PythonScanner scanner;
  std::vector<Error> unread;
  uint64_t bytes = 0;
};

/// True if it was read; a file that changed under the reader gets a second try.
bool scan_file(int root, const SourceFile& file, const ScanOptions& options, Worker& worker,
               FileFacts& facts) {
  auto bytes = worker.reader.read(root, file.path, options.max_file_size);
  if (!bytes && bytes.error().code == ErrorCode::kChanged) {
    bytes = worker.reader.read(root, file.path, options.max_file_size);
  }
  if (!bytes) {
    worker.unread.push_back(bytes.error());
    return false;
  }
  worker.bytes += bytes->size_bytes;
  facts = worker.scanner.scan(bytes->text);
  return true;
}

}  // namespace

ScannedTree scan_tree(const SourceTree& tree, const ScanOptions& options) {
  const size_t count = tree.files.size();
  ScannedTree scanned;
  scanned.facts.resize(count);
  const int root = open(tree.root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  std::vector<uint8_t> was_read(
      count);  // bytes: neighbours in a vector<bool> are written by two threads
  std::atomic<uint64_t> done = 0;
  tbb::enumerable_thread_specific<Worker> workers;
  tbb::parallel_for(tbb::blocked_range<size_t>(0, count, kFilesPerTask), [&](const auto& range) {
    Worker& worker = workers.local();
    for (size_t i = range.begin(); i < range.end(); ++i) {
      if (options.stop && *options.stop) return;
      if (tree.files[i].kind == FileKind::kNotebook) continue;
      was_read[i] = scan_file(root, tree.files[i], options, worker, scanned.facts[i]);
    }
    done += range.size();
    if (options.on_progress) options.on_progress(done, count);
  });
  if (root >= 0) close(root);
  scanned.was_read.assign(was_read.begin(), was_read.end());
  for (Worker& worker : workers) {
    scanned.bytes += worker.bytes;
    std::ranges::move(worker.unread, std::back_inserter(scanned.unread));
  }
  std::ranges::sort(scanned.unread, {}, &Error::path);
  return scanned;
}

}  // namespace headwater::scan
