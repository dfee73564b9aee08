// Where facts are kept: packs of our own against a table of SQLite, which docs/cache.md argues
// from. The facts are those of the first 20,000 .py files below $HEADWATER_CORPUS, by path; those
// that are the same are kept once. The stores lie below $TMPDIR. Each figure is for one entry.

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "cache/facts_store.h"
#include "scan/python/scanner.h"

namespace headwater::cache {
namespace {

struct Sample {
  FactsKey key;
  FileFacts facts;
};

std::vector<Sample> scanned_corpus() {
  std::vector<Sample> samples;
  const char* const corpus = std::getenv("HEADWATER_CORPUS");
  if (corpus == nullptr) return samples;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    if (entry.path().extension() == ".py" && entry.is_regular_file()) paths.push_back(entry);
  }
  std::ranges::sort(paths);
  constexpr size_t kMostFiles = 20000;
  paths.resize(std::min(paths.size(), kMostFiles));
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    Sample& sample = samples.emplace_back(Sample{{}, scan::scan_python(text)});
    sample.key = {sample.facts.content_hash, text.size(), 0};
  }
  return samples;
}

const std::vector<Sample>& samples() {
  static const std::vector<Sample> kept = scanned_corpus();
  return kept;
}

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "headwater-bench-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string path(const std::string& below) const { return path_ + '/' + below; }
  uint64_t bytes() const {
    uint64_t sum = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
      if (entry.is_regular_file()) sum += entry.file_size();
    }
    return sum;
  }

 private:
  std::string path_;
};

/// A pack of our own.
class Packs {
 public:
  explicit Packs(const Folder& folder) : store_(folder.path("store"), 1) {}
  void add(const Sample& sample) { store_.add(sample.key, sample.facts); }
  void commit() {
    if (!store_.commit()) std::abort();
  }
  std::optional<FileFacts> find(const FactsKey& key) { return store_.find(key); }

 private:
  FactsStore store_;
};

/// The same in SQLite as one would write it: a table by key without row ids, one transaction, no
/// waiting for the disk, since a pack does not wait either. The value is an entry of a pack: it
/// has the checksum that SQLite's pages lack, and it is checked.
class Sqlite {
 public:
  explicit Sqlite(const Folder& folder) {
    sqlite3_open(folder.path("store").c_str(), &database_);
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = OFF");
    run("PRAGMA cache_size = -65536");
    run("CREATE TABLE IF NOT EXISTS facts (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID");
    prepare("INSERT OR IGNORE INTO facts VALUES (?, ?)", &insert_);
    prepare("SELECT value FROM facts WHERE key = ?", &select_);
    run("BEGIN");
  }
  ~Sqlite() {
    sqlite3_finalize(insert_);
    sqlite3_finalize(select_);
    sqlite3_close(database_);
  }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  void add(const Sample& sample) {
    entry_.clear();
    append_entry(sample.key, sample.facts, entry_);
    const Key key(sample.key);
    sqlite3_bind_blob(insert_, 1, key.bytes, sizeof key.bytes, SQLITE_STATIC);
    sqlite3_bind_blob(insert_, 2, entry_.data(), static_cast<int>(entry_.size()), SQLITE_STATIC);
    sqlite3_step(insert_);
    sqlite3_reset(insert_);
  }
  void commit() { run("COMMIT"); }
  std::optional<FileFacts> find(const FactsKey& wanted) {
    const Key key(wanted);
    sqlite3_bind_blob(select_, 1, key.bytes, sizeof key.bytes, SQLITE_STATIC);
    std::optional<FileFacts> facts;
    if (sqlite3_step(select_) == SQLITE_ROW) {
      const std::span entry(static_cast<const std::byte*>(sqlite3_column_blob(select_, 0)),
                            static_cast<size_t>(sqlite3_column_bytes(select_, 0)));
      if (is_whole(entry) && key_of(entry) == wanted)
        facts = FileFacts::from_bytes(payload_of(entry));
    }
    sqlite3_reset(select_);
    return facts;
  }

 private:
  struct Key {
    explicit Key(const FactsKey& key) {
      std::memcpy(bytes, &key.content_hash, 8);
      std::memcpy(bytes + 8, &key.size_bytes, 8);
      bytes[16] = static_cast<char>(key.flavour);
    }
    char bytes[17];
  };
  void run(const char* statement) { sqlite3_exec(database_, statement, nullptr, nullptr, nullptr); }
  void prepare(const char* text, sqlite3_stmt** statement) {
    sqlite3_prepare_v2(database_, text, -1, statement, nullptr);
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* select_ = nullptr;
  std::vector<std::byte> entry_;
};

template <typename Store>
void fill(const Folder& folder) {
  Store store(folder);
  for (const Sample& sample : samples()) store.add(sample);
  store.commit();
}

void count(benchmark::State& state) {
  state.counters["per_entry"] = benchmark::Counter(
      static_cast<double>(samples().size()),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

template <typename Store>
void add_facts(benchmark::State& state) {
  if (samples().empty()) return state.SkipWithError("HEADWATER_CORPUS names no folder of sources");
  for (auto _ : state) {
    const Folder folder;
    fill<Store>(folder);
    state.counters["bytes_per_entry"] =
        static_cast<double>(folder.bytes()) / static_cast<double>(samples().size());
  }
  count(state);
}
BENCHMARK(add_facts<Packs>)->Unit(benchmark::kMillisecond)->MinTime(2);
BENCHMARK(add_facts<Sqlite>)->Unit(benchmark::kMillisecond)->MinTime(2);

/// All of them, once, by a store that was opened for it: in the order in which they were added, or
/// in any.
template <typename Store>
void find_facts(benchmark::State& state) {
  if (samples().empty()) return state.SkipWithError("HEADWATER_CORPUS names no folder of sources");
  std::vector<FactsKey> keys;
  for (const Sample& sample : samples()) keys.push_back(sample.key);
  if (state.range(0) != 0) std::ranges::shuffle(keys, std::mt19937(1));
  const Folder folder;
  fill<Store>(folder);
  for (auto _ : state) {
    Store store(folder);
    std::vector<FileFacts> found;  // all of them, as an audit holds them
    for (const FactsKey& key : keys) {
      auto facts = store.find(key);
      if (!facts) return state.SkipWithError("what was added is not found");
      found.push_back(std::move(*facts));
    }
  }
  count(state);
}
BENCHMARK(find_facts<Packs>)->ArgName("shuffled")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(find_facts<Sqlite>)->ArgName("shuffled")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

/// What both have to do in any case: a block of its own for each facts, and a copy into it.
void copy_facts(benchmark::State& state) {
  if (samples().empty()) return state.SkipWithError("HEADWATER_CORPUS names no folder of sources");
  std::vector<std::vector<std::byte>> kept;
  for (const Sample& sample : samples()) sample.facts.append_bytes(kept.emplace_back());
  for (auto _ : state) {
    std::vector<FileFacts> copies;
    for (const auto& bytes : kept) copies.push_back(*FileFacts::from_bytes(bytes));
  }
  count(state);
}
BENCHMARK(copy_facts)->Unit(benchmark::kMillisecond);

/// Keys that no pack has: what a first run pays.
void miss_facts(benchmark::State& state) {
  if (samples().empty()) return state.SkipWithError("HEADWATER_CORPUS names no folder of sources");
  const Folder folder;
  for (int64_t pack = 0; pack < state.range(0); ++pack) {
    FactsStore writer(folder.path("store"), 1);
    for (size_t i = static_cast<size_t>(pack); i < samples().size();
         i += static_cast<size_t>(state.range(0)))
      writer.add(samples()[i].key, samples()[i].facts);
    if (!writer.commit()) std::abort();
  }
  const FactsStore store(folder.path("store"), 1);
  for (auto _ : state) {
    for (const Sample& sample : samples())
      benchmark::DoNotOptimize(store.find({~sample.key.content_hash, sample.key.size_bytes, 0}));
  }
  count(state);
}
BENCHMARK(miss_facts)->ArgName("packs")->Arg(1)->Arg(16)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace headwater::cache
