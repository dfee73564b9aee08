#include "scan/scan_tree.h"

#include <fcntl.h>
#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>
#include <unistd.h>

#include <algorithm>
#include <deque>

#include "base/file_bytes.h"
#include "base/hash.h"
#include "base/paths.h"
#include "scan/notebook/notebook.h"
#include "scan/python/scanner.h"

namespace headwater::scan {
namespace {

/// Pages that are not in memory need depth, not threads. A file whose pages are there is read and
/// scanned at once. For any other the system is asked to fetch it, and the thread goes on with the
/// files after it; once its share of `kMostFetching` files is being fetched, it waits for the
/// oldest. So no more descriptors are open, and nothing but the page cache holds what was fetched.
/// What a task leaves behind its thread settles in the next one: the disk is never idle between
/// two. docs/io.md has the measurements.
constexpr size_t kMostFetching = 256;
constexpr size_t kDeepest = 128;  // of one thread
constexpr size_t kFilesPerTask = 128;

struct Fetching {
  size_t index;
  OpenFile file;
};

struct Worker {
  FileReader reader;
  explicit Worker(bool strict) : scanner(best_byte_classes(), strict) {}
  PythonScanner scanner;
  std::deque<Fetching> fetching;
  std::vector<Error> unread;
  uint64_t bytes = 0;
};

Result<FileFacts> scan_as(std::string_view text, FileKind kind, const std::string& path,
                          PythonScanner& scanner) {
  if (kind == FileKind::kNotebook) return scan_notebook(text, path, scanner);
  return scanner.scan(text);
}

class TreeScanner {
 public:
  TreeScanner(const SourceTree& tree, const ScanOptions& options, int root)
      : tree_(tree),
        options_(options),
        root_(root),
        was_read_(tree.files.size()),
        workers_(options.strict) {
    scanned_.facts.resize(tree.files.size());
  }

  ScannedTree run() {
    const size_t count = tree_.files.size();
    const tbb::blocked_range<size_t> all(0, count, kFilesPerTask);
    const auto scan_part = [&](const tbb::blocked_range<size_t>& part) {
      scan_range(part.begin(), part.end());
      const uint64_t done = done_ += part.size();
      if (options_.on_progress) options_.on_progress(done, count);
    };
    // Parts of even size: a larger one would keep others from helping while its thread waits.
    tbb::parallel_for(all, scan_part, tbb::simple_partitioner());
    for (Worker& worker : workers_) {
      while (!worker.fetching.empty() && !is_stopped()) settle_oldest(worker);
    }
    scanned_.was_read.assign(was_read_.begin(), was_read_.end());
    for (Worker& worker : workers_) {
      scanned_.bytes += worker.bytes;
      std::ranges::move(worker.unread, std::back_inserter(scanned_.unread));
    }
    std::ranges::sort(scanned_.unread, {}, &Error::path);
    return std::move(scanned_);
  }

 private:
  void scan_range(size_t begin, size_t end) {
    Worker& worker = workers_.local();
    for (size_t i = begin; i < end && !is_stopped(); ++i) {
      if (settle_unopened(i)) continue;
      if (options_.files && !options_.files->is_of_machine()) {
        settle_elsewhere(i, worker);
        continue;
      }
      auto file = OpenFile::open(root_, tree_.files[i].path, max_bytes_);
      if (!file) {
        give_up(i, file.error(), worker);
        continue;
      }
      auto bytes = worker.reader.read_if_resident(*file);
      if (!bytes || *bytes) {
        settle(i, *file, bytes.map([](const auto& found) { return *found; }), worker);
        continue;
      }
      file->prefetch();
      worker.fetching.push_back({i, std::move(*file)});
      if (worker.fetching.size() >= depth_) settle_oldest(worker);
    }
  }

  void settle_oldest(Worker& worker) {
    const Fetching oldest = std::move(worker.fetching.front());
    worker.fetching.pop_front();
    settle(oldest.index, oldest.file, worker.reader.read(oldest.file), worker);
  }

  void settle(size_t index, const OpenFile& file, Result<FileBytes> bytes, Worker& worker) {
    if (bytes) return take(index, file.status(), bytes->text, worker);
    if (bytes.error().code != ErrorCode::kChanged) return give_up(index, bytes.error(), worker);
    // An editor was just writing it: a second look finds it at rest.
    auto again = OpenFile::open(root_, tree_.files[index].path, max_bytes_);
    if (!again) return give_up(index, again.error(), worker);
    bytes = worker.reader.read(*again);
    if (!bytes) return give_up(index, bytes.error(), worker);
    take(index, again->status(), bytes->text, worker);
  }

  std::string on_disk(size_t index) const { return join_path(tree_.root, tree_.files[index].path); }

  Reading reading(size_t index) const { return {tree_.files[index].kind, options_.strict}; }

  /// Whether the file is known, and as it was.
  bool settle_unopened(size_t index) {
    if (!options_.known) return false;
    auto known = options_.known->find_unchanged(on_disk(index), reading(index), max_bytes_);
    if (known) keep(index, std::move(*known));
    return known.has_value();
  }

  /// A file that no path of the machine leads to.
  void settle_elsewhere(size_t index, Worker& worker) {
    const std::string path = on_disk(index);
    const auto status = options_.files->status(path, false);
    if (!status) return give_up(index, status.error(), worker);
    const auto text = options_.files->read(path, max_bytes_);
    if (!text) return give_up(index, text.error(), worker);
    take(index, *status, *text, worker);
  }

  void take(size_t index, const FileStatus& status, std::string_view text, Worker& worker) {
    const SourceFile& file = tree_.files[index];
    worker.bytes += text.size();
    SourceContent content{reading(index), 0, text.size()};
    if (options_.known) {
      content.hash = hash_of(text);
      options_.known->note_read(on_disk(index), max_bytes_, status, content);
      if (auto found = options_.known->find(content)) return keep(index, std::move(*found));
    }
    auto facts = scan_as(text, file.kind, file.path, worker.scanner);
    if (!facts) return worker.unread.push_back(facts.error());
    if (options_.known) options_.known->add(content, *facts);
    keep(index, std::move(*facts));
  }

  void keep(size_t index, FileFacts facts) {
    scanned_.facts[index] = std::move(facts);
    was_read_[index] = 1;
  }

  void give_up(size_t index, const Error& error, Worker& worker) {
    if (options_.known) options_.known->note_unread(on_disk(index), max_bytes_, error);
    worker.unread.push_back({error.code, tree_.files[index].path, error.detail});
  }

  bool is_stopped() const { return options_.stop && *options_.stop; }

  const SourceTree& tree_;
  const ScanOptions& options_;
  const int root_;
  const uint64_t max_bytes_ = std::min(options_.max_file_size, kMostScannedBytes);
  const size_t depth_ = std::clamp<size_t>(
      kMostFetching / static_cast<size_t>(tbb::this_task_arena::max_concurrency()), 4, kDeepest);
  ScannedTree scanned_;
  std::vector<uint8_t> was_read_;  // bytes: two threads may write neighbours
  std::atomic<uint64_t> done_ = 0;
  tbb::enumerable_thread_specific<Worker> workers_;
};

}  // namespace

Result<FileFacts> scan_source(std::string_view content, Reading reading, const std::string& path) {
  PythonScanner scanner(best_byte_classes(), reading.is_strict);
  return scan_as(content, reading.kind, path, scanner);
}

ScannedTree scan_tree(const SourceTree& tree, const ScanOptions& options) {
  const int root = open(tree.root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ScannedTree scanned = TreeScanner(tree, options, root).run();
  if (root >= 0) close(root);
  return scanned;
}

}  // namespace headwater::scan
