#include "project/setup_script.h"

#include <gtest/gtest.h>

namespace headwater::project {
namespace {

TEST(SetupScript, ReadsLiteralArguments) {
  const SetupScript script = read_script(
      "from setuptools import setup, find_packages\n"
      "HERE = 'lib'  # a comment with 'quotes'\n"
      "setup(\n    name='shop' '-api',\n    package_dir={'': HERE, 'x': os.path.join(HERE, 'y')},\n"
      "    packages=find_packages(HERE), install_requires=['a>=1', VERSIONED, \"b\"],\n)\n");
  ASSERT_NE(script.argument("name"), nullptr);
  EXPECT_EQ(script.argument("name")->text, "shop-api");
  const ScriptValue* folders = script.argument("package_dir");
  ASSERT_NE(folders, nullptr);
  EXPECT_EQ(folders->keys, (std::vector<std::string>{"", "x"}));
  EXPECT_EQ(folders->items[0].text, "lib");
  EXPECT_EQ(folders->items[1].text, "lib/y");
  EXPECT_EQ(script.find_where, std::vector<std::string>{"lib"});
  const ScriptValue* requires_ = script.argument("install_requires");
  ASSERT_EQ(requires_->items.size(), 3u);
  EXPECT_EQ(requires_->items[1].kind, ScriptValue::Kind::kUnreadable);
  EXPECT_EQ(requires_->items[2].text, "b");
}

TEST(SetupScript, TakesKeywordsFromATable) {
  const SetupScript script = read_script("config = {'name': 'x', 'n': 1}\nsetup(**config)\n");
  EXPECT_EQ(script.argument("name")->text, "x");
  EXPECT_EQ(script.argument("n"), nullptr);
}

TEST(SetupScript, WhatIsComputedIsNotThere) {
  const SetupScript script = read_script(
      "W = 'a'\nW = 'b'\nsetup(name=f'{x}', version=v(), package_dir={'': 'a' + b}, "
      "x='a'.strip())\n"
      "find_packages(W)\nfind_packages(where=here())\nfind_packages(exclude=['t'])\n");
  EXPECT_EQ(script.argument("name"), nullptr);
  EXPECT_EQ(script.argument("version"), nullptr);
  EXPECT_EQ(script.argument("x"), nullptr);
  EXPECT_EQ(script.argument("package_dir")->items[0].kind, ScriptValue::Kind::kUnreadable);
  EXPECT_EQ(script.find_where, std::vector<std::string>{""});
}

TEST(SetupScript, EndsOnAnyBytes) {
  for (const char* text : {"setup(", "setup(a=[)]", "setup(]", "setup(a={]}", "find_packages(}",
                           "'", "setup(**{'a': [(", "x = {", "setup(a=\\", "f'''"}) {
    read_script(text);
  }
  read_script("setup(" + std::string(100000, '['));
  std::string doubling = "A0 = ['a']\n";
  for (int i = 1; i < 60; ++i) {
    const std::string last = "A" + std::to_string(i - 1);
    doubling += "A" + std::to_string(i) + " = [" + last + ", " + last + "]\n";
  }
  EXPECT_NE(read_script(doubling + "setup(name='x')\n").argument("name"), nullptr);
}

}  // namespace
}  // namespace headwater::project
