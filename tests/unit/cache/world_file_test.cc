#include "cache/world_file.h"

#include <gtest/gtest.h>

#include "cache/snapshot.h"

namespace headwater::cache {
namespace {

constexpr uint64_t kProgram = 17;

TEST(WorldFile, KeepsItsContent) {
  const WorldFile file = encode_world("what was made", kProgram);
  EXPECT_EQ(world_content(file.bytes, kProgram, file.number), "what was made");
  EXPECT_EQ(program_of_world(file.bytes), kProgram);
  EXPECT_TRUE(has_its_checksum(file.bytes));
}

TEST(WorldFile, IsNoneOfAnotherProgramOrNumber) {
  const WorldFile file = encode_world("what was made", kProgram);
  EXPECT_FALSE(world_content(file.bytes, kProgram + 1, file.number).has_value());
  EXPECT_FALSE(world_content(file.bytes, kProgram, file.number + 1).has_value());
}

TEST(WorldFile, IsNoneWithAnyByteFlippedOrCutOffAnywhere) {
  const WorldFile file = encode_world("what was made", kProgram);
  for (size_t i = 0; i < file.bytes.size(); ++i) {
    for (const int bit : {1, 16, 128}) {
      std::string flipped = file.bytes;
      flipped[i] = static_cast<char>(flipped[i] ^ bit);
      EXPECT_FALSE(world_content(flipped, kProgram, file.number).has_value()) << i;
    }
    EXPECT_FALSE(world_content(file.bytes.substr(0, i), kProgram, file.number).has_value()) << i;
  }
  EXPECT_FALSE(world_content(file.bytes + '\0', kProgram, file.number).has_value());
}

}  // namespace
}  // namespace headwater::cache
