#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "cache/facts_store.h"
#include "cache/inspect.h"
#include "scan/python/scanner.h"

/// What tests/differential/cache.py does to a store from many processes:
///   rounds FOLDER FIRST             commits one round after the other until it is killed, and
///   prints
///                                   the number of each that is committed
///   churn FOLDER SEED SECONDS       as rounds, but random ones, and finds random ones
///   find FOLDER FIRST END           expects every entry of the rounds [FIRST, END)
///   verify FOLDER                   expects a whole store
///   fill FOLDER                     commits rounds until that fails, and prints how many
/// Exit code 0, or 1 with a line that says what was wrong.
namespace headwater::cache {
namespace {

constexpr int kEntriesOfARound = 40;
constexpr uint64_t kScanner = 1;

struct Sample {
  FactsKey key;
  FileFacts facts;
};

/// Sources of 40 to 9,000 bytes, by number alone.
Sample sample_of(int round, int number) {
  std::string text = "import a" + std::to_string(round) + "_" + std::to_string(number) + "\n";
  std::mt19937 random(static_cast<unsigned>(round * kEntriesOfARound + number));
  for (auto lines = random() % 200; lines > 0; --lines)
    text +=
        "from b" + std::to_string(random() % 100) + " import c as d" + std::to_string(lines) + '\n';
  Sample sample{{}, scan::scan_python(text)};
  sample.key = {sample.facts.content_hash, text.size(), 0};
  return sample;
}

std::vector<std::byte> bytes_of(const FileFacts& facts) {
  std::vector<std::byte> bytes;
  facts.append_bytes(bytes);
  return bytes;
}

[[noreturn]] void stop(const std::string& message) {
  std::printf("%s\n", message.c_str());
  std::exit(1);
}

void warned(const FactsStore& store) {
  for (const std::string& warning : store.warnings()) stop(warning);
}

void add_round(FactsStore& store, int round) {
  for (int i = 0; i < kEntriesOfARound; ++i) {
    const Sample sample = sample_of(round, i);
    store.add(sample.key, sample.facts);
  }
}

/// Entries that are there. Wrong ones end the program.
int find_round(const FactsStore& store, int round) {
  int found = 0;
  for (int i = 0; i < kEntriesOfARound; ++i) {
    const Sample sample = sample_of(round, i);
    const auto facts = store.find(sample.key);
    if (!facts) continue;
    if (bytes_of(*facts) != bytes_of(sample.facts)) stop("wrong facts");
    ++found;
  }
  return found;
}

void rounds(const std::string& folder, int first) {
  for (int round = first;; ++round) {
    FactsStore store(folder, kScanner);
    add_round(store, round);
    if (!store.commit()) warned(store);
    warned(store);
    std::printf("%d\n", round);
    std::fflush(stdout);
  }
}

void churn(const std::string& folder, unsigned seed, int seconds) {
  constexpr unsigned kRounds = 400;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::mt19937 random(seed);
  int commits = 0;
  for (; std::chrono::steady_clock::now() < end; ++commits) {
    FactsStore store(folder, kScanner);
    for (int i = 0; i < 3; ++i) {
      const int found = find_round(store, static_cast<int>(random() % kRounds));
      if (found != 0 && found != kEntriesOfARound) stop("half a round");
    }
    const int round = static_cast<int>(random() % kRounds);
    add_round(store, round);
    if (const auto committed = store.commit(); !committed)
      stop(committed.error().path + ' ' + committed.error().detail);
    if (find_round(store, round) != kEntriesOfARound) stop("a round is lost");
    warned(store);
  }
  std::printf("%d\n", commits);
}

void fill(const std::string& folder) {
  for (int round = 0;; ++round) {
    FactsStore store(folder, kScanner);
    add_round(store, round);
    if (store.commit()) continue;
    if (store.warnings().size() != 1) stop("no warning");
    std::printf("%d\n", round);
    return;
  }
}

void find(const std::string& folder, int first, int end) {
  const FactsStore store(folder, kScanner);
  for (int round = first; round < end; ++round) {
    if (find_round(store, round) != kEntriesOfARound)
      stop("round " + std::to_string(round) + " is lost");
  }
  warned(store);
}

void verify_all(const std::string& folder) {
  const auto result = verify(folder, kScanner);
  if (!result) stop(result.error().detail);
  for (const Error& error : result->damaged) stop(error.path + ' ' + error.detail);
  std::printf("%d packs, %d entries\n", static_cast<int>(result->packs),
              static_cast<int>(result->entries));
}

}  // namespace
}  // namespace headwater::cache

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 2) return 2;
  const std::string& command = arguments[0];
  const std::string& folder = arguments[1];
  const auto number = [&](size_t i) { return i < arguments.size() ? std::stoi(arguments[i]) : 0; };
  if (command == "rounds") headwater::cache::rounds(folder, number(2));
  if (command == "churn")
    headwater::cache::churn(folder, static_cast<unsigned>(number(2)), number(3));
  if (command == "find") headwater::cache::find(folder, number(2), number(3));
  if (command == "verify") headwater::cache::verify_all(folder);
  if (command == "fill") headwater::cache::fill(folder);
  return 0;
}
