#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/file_bytes.h"

/// Ways to read whole files, by size and by whether their pages are in memory. Each way opens the
/// file, looks at every page and closes it. The files lie below $TMPDIR, which must be on a disk
/// for the evicted cases to mean anything.
namespace headwater {
namespace {

enum class Way { kRead, kPrefetch, kMap, kMapPopulate };

class Files {
 public:
  Files(size_t count, size_t size) {
    std::string name = (std::filesystem::temp_directory_path() / "headwater-bench-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    for (size_t i = 0; i < count; ++i) {
      paths_.push_back(folder_ + '/' + std::to_string(i));
      std::ofstream(paths_.back()) << std::string(size, 'x');
    }
  }
  ~Files() { std::filesystem::remove_all(folder_); }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  const std::vector<std::string>& paths() const { return paths_; }

  void evict() const {
    for (const std::string& path : paths_) {
      const int file = open(path.c_str(), O_RDONLY);
      fdatasync(file);
      posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
      close(file);
    }
  }

 private:
  std::string folder_;
  std::vector<std::string> paths_;
};

uint64_t touch_pages(const char* bytes, uint64_t size) {
  constexpr uint64_t kPage = 4096;
  uint64_t sum = 0;
  for (uint64_t i = 0; i < size; i += kPage) sum += static_cast<unsigned char>(bytes[i]);
  return sum;
}

uint64_t read_mapped(const OpenFile& file, int flags) {
  void* bytes =
      mmap(nullptr, file.status().size_bytes, PROT_READ, MAP_PRIVATE | flags, file.descriptor(), 0);
  const uint64_t sum = touch_pages(static_cast<const char*>(bytes), file.status().size_bytes);
  munmap(bytes, file.status().size_bytes);
  return sum;
}

/// As scan_tree does: what is not there is asked for, up to 32 files ahead.
uint64_t read_ahead(const std::vector<std::string>& paths, FileReader& reader) {
  constexpr size_t kDepth = 32;
  std::deque<OpenFile> fetching;
  uint64_t sum = 0;
  const auto finish_oldest = [&] {
    const auto bytes = reader.read(fetching.front());
    sum += touch_pages(bytes->text.data(), bytes->size_bytes);
    fetching.pop_front();
  };
  for (const std::string& path : paths) {
    auto file = OpenFile::open(AT_FDCWD, path, UINT64_MAX);
    const auto bytes = reader.read_if_resident(*file);
    if (bytes && *bytes) {
      sum += touch_pages((*bytes)->text.data(), (*bytes)->size_bytes);
      continue;
    }
    file->prefetch();
    fetching.push_back(std::move(*file));
    if (fetching.size() >= kDepth) finish_oldest();
  }
  while (!fetching.empty()) finish_oldest();
  return sum;
}

uint64_t read_all(Way way, const std::vector<std::string>& paths, FileReader& reader) {
  if (way == Way::kPrefetch) return read_ahead(paths, reader);
  uint64_t sum = 0;
  for (const std::string& path : paths) {
    const auto file = OpenFile::open(AT_FDCWD, path, UINT64_MAX);
    if (way == Way::kRead) {
      const auto bytes = reader.read(*file);
      sum += touch_pages(bytes->text.data(), bytes->size_bytes);
    } else {
      sum += read_mapped(*file, way == Way::kMapPopulate ? MAP_POPULATE : 0);
    }
  }
  return sum;
}

void read_files(benchmark::State& state, Way way) {
  constexpr size_t kTotal = size_t{16} << 20;
  const auto size = static_cast<size_t>(state.range(0));
  const bool is_evicted = state.range(1) != 0;
  const size_t count = std::clamp(kTotal / size, size_t{1}, size_t{512});
  const Files files(count, size);
  FileReader reader;
  for (auto _ : state) {
    if (is_evicted) {
      state.PauseTiming();
      files.evict();
      state.ResumeTiming();
    }
    benchmark::DoNotOptimize(read_all(way, files.paths(), reader));
  }
  const auto reads = state.iterations() * static_cast<int64_t>(count);
  state.SetItemsProcessed(reads);
  state.SetBytesProcessed(reads * state.range(0));
}

void size_classes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"bytes", "evicted"})->UseRealTime()->Unit(benchmark::kMicrosecond);
  for (const int64_t evicted : {0, 1}) {
    for (const int64_t size :
         {1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 16 << 20}) {
      bench->Args({size, evicted});
    }
  }
}

BENCHMARK_CAPTURE(read_files, read, Way::kRead)->Apply(size_classes);
BENCHMARK_CAPTURE(read_files, prefetch, Way::kPrefetch)->Apply(size_classes);
BENCHMARK_CAPTURE(read_files, map, Way::kMap)->Apply(size_classes);
BENCHMARK_CAPTURE(read_files, map_populate, Way::kMapPopulate)->Apply(size_classes);

}  // namespace
}  // namespace headwater
