#include "scan/config/json.h"

#include <gtest/gtest.h>

#include <string>

#include "scan/config/walk.h"

namespace headwater::scan {
namespace {

std::string texts(std::string_view json) {
  const auto document = parse_json(json);
  if (!document) return "no JSON";
  std::string all;
  for_each_text(*document,
                [&](const ConfigValue& value, std::string_view, const std::string& path) {
                  all += path + '=' + value.text + '@' + std::to_string(value.line) + ':' +
                         std::to_string(value.column) + ' ';
                });
  return all;
}

TEST(Json, TextsHaveTheirWayAndPlace) {
  EXPECT_EQ(texts("{\"a\": [\"b\",\n {\"é\": \"c\", \"n\": 1}]}"), "a[0]=b@1:8 a[1].é=c@2:8 ");
}

TEST(Json, CommentsAndTrailingCommasAreBlanks) {
  EXPECT_EQ(texts("{ // a\n \"a\": \"x // y\", /* b\n */ \"b\": [\"c\", ],\n}"),
            "a=x // y@2:7 b[0]=c@3:11 ");
  EXPECT_EQ(texts("{\"a\": \"\\\"//\"}"), "a=\"//@1:7 ");
}

TEST(Json, WhatIsNoneHasNothing) {
  EXPECT_EQ(texts("{\"a\": "), "no JSON");
  EXPECT_EQ(texts(std::string(100'000, '[')), "no JSON");
  EXPECT_EQ(texts("/*"), "no JSON");
  EXPECT_EQ(texts(""), "no JSON");
}

}  // namespace
}  // namespace headwater::scan
