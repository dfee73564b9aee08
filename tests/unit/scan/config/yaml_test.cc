#include "scan/config/yaml.h"

#include <gtest/gtest.h>

#include <string>

#include "scan/config/walk.h"

namespace headwater::scan {
namespace {

/// Each text with its way and line.
std::string texts(std::string_view yaml) {
  const auto documents = parse_yaml(yaml);
  if (!documents) return "no YAML";
  std::string all;
  for (const ConfigValue& document : *documents) {
    for_each_text(document,
                  [&](const ConfigValue& value, std::string_view, const std::string& path) {
                    all += path + '=' + value.text + '@' + std::to_string(value.line) + ':' +
                           std::to_string(value.column) + ' ';
                  });
  }
  return all;
}

TEST(Yaml, TextsHaveTheirWayAndPlace) {
  EXPECT_EQ(texts("a:\n  - b: c\n  - 'd'\n"), "a[0].b=c@2:8 a[1]=d@3:5 ");
  EXPECT_EQ(texts("é: {f: \"g\"}\n---\nh: i\n"), "é.f=g@1:8 h=i@3:4 ");
}

TEST(Yaml, AliasesAndMergesStandForWhatTheyName) {
  EXPECT_EQ(texts("a: &x {b: c}\nd: *x\n"), "a.b=c@1:11 d.b=c@1:11 ");
  EXPECT_EQ(texts("a: &x {b: c, e: f}\nd: {<<: *x, e: own}\n"),
            "a.b=c@1:11 a.e=f@1:17 d.e=own@2:16 d.b=c@1:11 ");
  EXPECT_EQ(texts("a: *nobody\n"), "no YAML");
}

TEST(Yaml, TagsOfSomebodysOwnHideWhatTheTextSays) {
  EXPECT_EQ(texts("a: !env B\nc: !!str d\n"), "c=d@2:4 ");
}

TEST(Yaml, WhatIsNoYamlHasNothing) {
  EXPECT_EQ(texts("a: [\n"), "no YAML");
  EXPECT_EQ(texts("a: {{ name }} b\n"), "no YAML");
  EXPECT_EQ(texts(""), "");
}

TEST(Yaml, ExpansionAndDepthAreBounded) {
  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    const std::string name = 'a' + std::to_string(i);
    laughs += name + ": &" + name + " [";
    for (int k = 0; k < 10; ++k) laughs += before + ", ";
    laughs += "]\n";
  }
  EXPECT_EQ(texts(laughs), "no YAML");
  EXPECT_EQ(texts(std::string(100'000, '[')), "no YAML");
  EXPECT_EQ(texts("a: &a\n  b: *a\n"), "no YAML");
}

}  // namespace
}  // namespace headwater::scan
