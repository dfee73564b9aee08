#include "scan/python/byte_classes.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace headwater::scan {
namespace {

std::vector<uint64_t> masks(const ByteClasses& classes, const std::string& text) {
  std::vector<BlockMasks> blocks(text.size() / 64);
  std::string padded = text + std::string(2, '\0');
  std::vector<uint64_t> out = {classes.classify(padded.data(), blocks.size(), 7, blocks.data())};
  for (const BlockMasks& m : blocks) {
    out.insert(out.end(), {m.quote, m.hash, m.backslash, m.line_end, m.open, m.close, m.keyword,
                           m.identifier, m.odd, m.hint, m.line_ends_before});
  }
  return out;
}

TEST(ByteClasses, EveryImplementationGivesTheSameMasks) {
  std::mt19937 random(1);
  const std::string alphabet = "'\"#\\\n\r()[]{}import global_09zZ\x7F\x80\xFF@`|$?=<>~\t\0:;.";
  for (int round = 0; round < 2000; ++round) {
    std::string text(256, ' ');
    for (char& c : text) {
      c = round % 2 == 0 ? alphabet[random() % alphabet.size()] : static_cast<char>(random() & 255);
    }
    const auto expected = masks(byte_classes().front(), text);
    for (const ByteClasses& classes : byte_classes()) {
      if (!classes.is_supported()) continue;
      EXPECT_EQ(masks(classes, text), expected) << classes.name;
    }
  }
}

TEST(ByteClasses, EveryImplementationSeesTheOneByteThatIsNotPlain) {
  for (const ByteClasses& classes : byte_classes()) {
    if (!classes.is_supported()) continue;
    for (const char odd : {'\0', '\x80', '\xFF', '\x01', '\x7F'}) {
      for (size_t at = 0; at < 256; ++at) {
        std::string text(256, ' ');
        text[at] = odd;
        EXPECT_EQ(masks(classes, text)[0], odd == '\x01' || odd == '\x7F') << classes.name << at;
      }
    }
  }
}

TEST(ByteIndex, TellsPlainAsciiOfAnySize) {
  for (size_t size = 0; size < 200; ++size) {
    ByteIndex index;
    index.build(std::string(size, 'x'), best_byte_classes());
    EXPECT_TRUE(index.is_plain_ascii()) << size;
    index.build(std::string(size, 'x') + '\0', best_byte_classes());
    EXPECT_FALSE(index.is_plain_ascii()) << size;
  }
}

TEST(ByteIndex, ATextOfAnySizeIsReadToItsLastByte) {
  for (size_t size = 1; size < 300; ++size) {
    ByteIndex index;
    index.build(std::string(size - 1, 'x') + "\n", best_byte_classes());
    EXPECT_EQ(index.next_line_end(0), size - 1);
    EXPECT_EQ(index.identifier_end(0), size - 1);
    EXPECT_EQ(index.line_ends_before(size - 1), 0u);
    EXPECT_EQ(index.line_ends_before(size), 1u);
  }
}

TEST(ByteIndex, CrlfIsOneLineEndAtItsLf) {
  ByteIndex index;
  index.build("a\r\nb\rc", best_byte_classes());
  EXPECT_EQ(index.next_line_end(0), 2u);
  EXPECT_EQ(index.next_line_end(3), 4u);
}

}  // namespace
}  // namespace headwater::scan
