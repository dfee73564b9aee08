#include "base/bytes.h"

#include <gtest/gtest.h>

namespace headwater {
namespace {

std::string written() {
  ByteWriter to;
  to.put(uint32_t{7});
  to.put(std::string("seven"));
  to.put(std::vector<uint16_t>{1, 2, 3});
  to.put(std::vector<std::string>{"", "a", "bc"});
  to.put(std::vector<bool>{true, false, true});
  return std::move(to).take();
}

struct Read {
  uint32_t number = 0;
  std::string text;
  std::vector<uint16_t> numbers;
  std::vector<std::string> texts;
  std::vector<bool> flags;
  bool is_whole = false;
};

Read read(std::string_view bytes) {
  ByteReader from(bytes);
  Read made;
  from.get(made.number), from.get(made.text), from.get(made.numbers), from.get(made.texts);
  from.get(made.flags);
  made.is_whole = from.is_whole();
  return made;
}

TEST(Bytes, ComeBackAsTheyWere) {
  const Read made = read(written());
  EXPECT_TRUE(made.is_whole);
  EXPECT_EQ(made.number, 7u);
  EXPECT_EQ(made.text, "seven");
  EXPECT_EQ(made.numbers, (std::vector<uint16_t>{1, 2, 3}));
  EXPECT_EQ(made.texts, (std::vector<std::string>{"", "a", "bc"}));
  EXPECT_EQ(made.flags, (std::vector<bool>{true, false, true}));
}

TEST(Bytes, AreNotWholeCutAnywhereOrWithMoreBehind) {
  const std::string whole = written();
  for (size_t i = 0; i < whole.size(); ++i) EXPECT_FALSE(read(whole.substr(0, i)).is_whole) << i;
  EXPECT_FALSE(read(whole + '\0').is_whole);
}

TEST(Bytes, ACountBeyondTheEndReservesNothing) {
  std::string bytes(8, '\xff');
  ByteReader from(bytes);
  std::vector<std::string> texts;
  from.get(texts);
  EXPECT_TRUE(texts.empty());
  EXPECT_FALSE(from.is_whole());
}

}  // namespace
}  // namespace headwater
