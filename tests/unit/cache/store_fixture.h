#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "cache/facts_store.h"
#include "scan/python/scanner.h"
#include "unit/support/temporary_folder.h"

namespace headwater::cache {

/// Facts that are equal have equal bytes.
inline std::vector<std::byte> bytes_of(const FileFacts& facts) {
  std::vector<std::byte> bytes;
  facts.append_bytes(bytes);
  return bytes;
}

inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void put_content(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

struct Sample {
  FactsKey key;
  FileFacts facts;
};

inline Sample sample_of(const std::string& text) {
  Sample sample{{}, scan::scan_python(text)};
  sample.key = {sample.facts.content_hash, text.size(), 0};
  return sample;
}

/// Small facts that differ by their number.
inline Sample sample_of(int number) {
  const std::string digits = std::to_string(number);
  return sample_of("import a" + digits + "\nfrom b import c" + digits + " as d\nx = " + digits);
}

inline constexpr uint64_t kScanner = 7;

/// A store in a folder that is gone after the test.
class StoreTest : public testing::Test {
 protected:
  std::string folder() const { return temporary_.path("store"); }
  FactsStore store(StoreLimits limits = {}) const { return {folder(), kScanner, limits}; }

  void commit(int first, int end, StoreLimits limits = {}) const {
    FactsStore writer = store(limits);
    for (int i = first; i < end; ++i) add(writer, i);
    ASSERT_TRUE(writer.commit());
    EXPECT_EQ(writer.warnings(), std::vector<std::string>());
  }
  static void add(FactsStore& writer, int number) {
    const Sample sample = sample_of(number);
    writer.add(sample.key, sample.facts);
  }

  enum class Found { kRight, kNone, kWrong };
  static Found find(const FactsStore& reader, const Sample& sample) {
    const auto found = reader.find(sample.key);
    if (!found) return Found::kNone;
    return bytes_of(*found) == bytes_of(sample.facts) ? Found::kRight : Found::kWrong;
  }
  static Found find(const FactsStore& reader, int number) {
    return find(reader, sample_of(number));
  }
  static int count_found(const FactsStore& reader, int first, int end) {
    int count = 0;
    for (int i = first; i < end; ++i) {
      const Found found = find(reader, i);
      EXPECT_NE(found, Found::kWrong) << i;
      count += found == Found::kRight;
    }
    return count;
  }

  std::vector<std::string> files(const std::string& extension = ".pack") const {
    std::vector<std::string> paths;
    if (!std::filesystem::exists(folder())) return paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
      if (entry.path().extension() == extension) paths.push_back(entry.path().string());
    }
    std::ranges::sort(paths);
    return paths;
  }

 private:
  TemporaryFolder temporary_;
};

}  // namespace headwater::cache
