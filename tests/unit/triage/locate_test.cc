#include "triage/locate.h"

#include <gtest/gtest.h>

namespace headwater::triage {
namespace {

class LocateTest : public testing::Test {
 protected:
  LocateTest() {
    tree_.root = "/repo";
    for (const char* path : {"conftest.py", "src/shop/api.py", "src/shop/models/api.py",
                             "src/shop/util.py", "tests/conftest.py", "tests/shop/util.py"}) {
      tree_.files.push_back({path});
    }
  }

  std::string find(const std::string& path) {
    FileFinder finder(tree_);
    const Located found = finder.find(path);
    return found.file == kNothing ? (found.is_gone ? "gone: " : "none: ") + found.why
                                  : tree_.files[found.file].path;
  }

  SourceTree tree_;
};

TEST_F(LocateTest, ThePathItselfComesFirst) {
  EXPECT_EQ(find("conftest.py"), "conftest.py");
  EXPECT_EQ(find("./src/shop/../shop/api.py"), "src/shop/api.py");
  EXPECT_EQ(find("/repo/tests/conftest.py"), "tests/conftest.py");
}

TEST_F(LocateTest, TheLongestEndThatOneFileSharesDecides) {
  EXPECT_EQ(find("/home/ci/build/src/shop/api.py"), "src/shop/api.py");
  EXPECT_EQ(find("/home/ci/build/conftest.py"), "conftest.py");
  EXPECT_EQ(find("models/api.py"), "src/shop/models/api.py");
  EXPECT_EQ(find("C:\\build\\src\\shop\\models\\api.py"), "src/shop/models/api.py");
  EXPECT_EQ(find("/other/layout/models/api.py"), "src/shop/models/api.py");
}

TEST_F(LocateTest, WhatSeveralShareIsNotGuessed) {
  EXPECT_EQ(find("shop/util.py"), "none: src/shop/util.py and tests/shop/util.py both end so");
}

TEST_F(LocateTest, ANameAloneIsNotEnough) {
  EXPECT_EQ(find("/elsewhere/api.py"), "none: no file of the repository ends so");
  EXPECT_EQ(find("elsewhere/api.py"), "gone: the file is not there any more, or not audited");
  EXPECT_EQ(find("/elsewhere/other.py"), "none: no file of the repository ends so");
  EXPECT_EQ(find("/usr/lib/python3/site-packages/shop/api.py"),
            "none: the place is in installed code");
}

TEST_F(LocateTest, WhatTheRepositoryHadIsGone) {
  EXPECT_EQ(find("src/shop/old.py"), "gone: the file is not there any more, or not audited");
  EXPECT_EQ(find("/repo/src/shop/old.py"), "gone: the file is not there any more, or not audited");
}

}  // namespace
}  // namespace headwater::triage
