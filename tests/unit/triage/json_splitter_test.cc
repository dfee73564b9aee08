#include "triage/json_splitter.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace headwater::triage {
namespace {

class Recorder : public JsonSplitter::Handler {
 public:
  void on_array(std::string_view path) override { said += fmt::format("array({}) ", path); }
  void on_record(std::string_view path, std::string& record, uint64_t offset) override {
    said += fmt::format("{}@{}:{} ", path, offset, record);
  }
  void on_large_record(uint64_t offset) override { said += fmt::format("large@{} ", offset); }

  std::string said;
};

std::string split(std::string_view text, size_t piece, size_t most = 1000) {
  Recorder recorder;
  JsonSplitter splitter(recorder, most);
  for (size_t at = 0; at < text.size(); at += piece) splitter.take(text.substr(at, piece));
  splitter.finish();
  return recorder.said + splitter.error();
}

/// The same whatever the size of the pieces.
std::string split(std::string_view text) {
  const std::string whole = split(text, 1000);
  for (const unsigned piece : {1u, 2u, 3u, 7u}) EXPECT_EQ(split(text, piece), whole) << text;
  return whole;
}

TEST(JsonSplitter, ElementsOfAnArrayAreRecords) {
  EXPECT_EQ(split(R"([{"a": [{"b": 1}]}, {"c": "}]\"{"}])"),
            R"(array() @1:{"a": [{"b": 1}]} @20:{"c": "}]\"{"} )");
}

TEST(JsonSplitter, KeysLeadToArrays) {
  EXPECT_EQ(split(R"({"x": 1, "d": {"k": [{"a": 1}], "l": []}, "n": [1, "s"]})"),
            R"(array(d/k) d/k@21:{"a": 1} array(d/l) array(n) )");
}

TEST(JsonSplitter, ObjectsOneAfterTheOtherAreRecords) {
  EXPECT_EQ(split("{\"a\": 1}\n{\"b\": \"}\"}\n"), "@0:{\"a\": 1} @9:{\"b\": \"}\"} ");
}

TEST(JsonSplitter, SaysAtWhichByteItIsNoJson) {
  EXPECT_EQ(split("{\"a\": 1]"), "byte 7: a bracket closes none that is open");
  EXPECT_EQ(split("[1, $]"), "array() byte 4: no JSON has such a byte there");
  EXPECT_EQ(split("[] x"), "array() byte 3: text stands outside of brackets");
  EXPECT_EQ(split("[\"a"), "array() byte 3: it ends before its last bracket");
  EXPECT_EQ(split("[{\"a\": 1}, {\"b"),
            "array() @1:{\"a\": 1} byte 14: it ends in the entry that begins at byte 11");
  const std::string deep(1000, '[');
  EXPECT_TRUE(split(deep).ends_with("byte 64: its brackets are nested too deep"));
}

TEST(JsonSplitter, HoldsNoRecordThatIsTooLarge) {
  const std::string text = "[{\"a\": \"" + std::string(200, 'x') + "\"}, {\"b\": 1}]";
  EXPECT_EQ(split(text, 10, 100), "array() large@1 @212:{\"b\": 1} ");
}

}  // namespace
}  // namespace headwater::triage
