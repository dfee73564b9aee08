#include "base/json_text.h"

#include <gtest/gtest.h>

namespace headwater {
namespace {

std::string json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonText, EscapesQuotesBackslashesAndControls) {
  EXPECT_EQ(json("a\"b\\c\n\x01"), R"("a\"b\\c\n\u0001")");
}

TEST(JsonText, KeepsUtf8) {
  EXPECT_EQ(json("\xC3\xBC\xF0\x9F\x8C\x8A"), "\"\xC3\xBC\xF0\x9F\x8C\x8A\"");
}

TEST(JsonText, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(json("a\xFF"), "\"a\xEF\xBF\xBD\"");
  EXPECT_EQ(json("\xC3"), "\"\xEF\xBF\xBD\"") << "cut short";
  EXPECT_EQ(json("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"") << "a surrogate";
}

TEST(JsonText, PathThatIsNoUtf8HasItsBytesBeside) {
  std::string out = "{";
  append_json_path(out, "file", "\xFF.py");
  EXPECT_EQ(out, "{\"file\":\"\xEF\xBF\xBD.py\",\"path_bytes\":\"/y5weQ==\"");
}

TEST(JsonText, Base64PadsToFours) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

}  // namespace
}  // namespace headwater
