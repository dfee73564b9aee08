#include "model/library_names.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace headwater {
namespace {

PythonEnvironment python(int minor) {
  PythonEnvironment environment;
  environment.version = {3, minor};
  return environment;
}

TEST(LibraryNames, FollowTheVersion) {
  EXPECT_EQ(library_name(python(9), "inspect", "getargspec"), LibraryName::kHas);
  EXPECT_EQ(library_name(python(10), "inspect", "getargspec"), LibraryName::kHas);
  EXPECT_EQ(library_name(python(11), "inspect", "getargspec"), LibraryName::kLacks);
  EXPECT_EQ(library_name(python(10), "typing", "Self"), LibraryName::kLacks);
  EXPECT_EQ(library_name(python(11), "typing", "Self"), LibraryName::kHas);
}

TEST(LibraryNames, WhatGetattrServesIsThere) {
  EXPECT_EQ(library_name(python(9), "collections", "Mapping"), LibraryName::kHas);
  EXPECT_EQ(library_name(python(10), "collections", "Mapping"), LibraryName::kLacks);
}

TEST(LibraryNames, SubmodulesAreNames) {
  EXPECT_EQ(library_name(python(12), "concurrent", "futures"), LibraryName::kHas);
  EXPECT_EQ(library_name(python(12), "os", "path"), LibraryName::kHas);
}

TEST(LibraryNames, WhatDependsOnThePlatformIsNotLacking) {
  EXPECT_EQ(library_name(python(12), "os", "startfile"), LibraryName::kMayHave);
  EXPECT_EQ(library_name(python(12), "os", "nothing"), LibraryName::kUnknown);
  EXPECT_EQ(library_name(python(12), "os", "getcwdu"), LibraryName::kLacks);
  EXPECT_EQ(library_name(python(12), "ssl", "wrap_socket"), LibraryName::kLacks);
}

TEST(LibraryNames, WhatIsNoPackageHasNoSubmodulesButThoseThatItRegisters) {
  EXPECT_EQ(library_submodule(python(12), "os", "nothing"), LibraryName::kLacks);
  EXPECT_EQ(library_submodule(python(12), "os", "getcwd"), LibraryName::kLacks);
  EXPECT_EQ(library_submodule(python(12), "os", "path"), LibraryName::kHas);
  EXPECT_EQ(library_submodule(python(12), "os.path", "join"), LibraryName::kLacks);
  EXPECT_EQ(library_submodule(python(12), "typing", "io"), LibraryName::kHas);
  EXPECT_EQ(library_submodule(python(13), "typing", "io"), LibraryName::kLacks);
}

TEST(LibraryNames, ModulesBecomePackages) {
  EXPECT_EQ(library_submodule(python(10), "re", "_parser"), LibraryName::kLacks);
  EXPECT_EQ(library_submodule(python(11), "re", "_parser"), LibraryName::kHas);
  EXPECT_EQ(library_submodule(python(12), "xml.etree", "nothing"), LibraryName::kLacks);
  // It may be a submodule that only another platform can import.
  EXPECT_EQ(library_submodule(python(12), "asyncio", "windows_events"), LibraryName::kUnknown);
  EXPECT_EQ(library_submodule(python(12), "unittest", "test"), LibraryName::kUnknown);
  EXPECT_EQ(library_submodule(python(12), "tkinter", "nothing"), LibraryName::kUnknown);
}

TEST(LibraryNames, OtherPythonsAndModulesAreUnknown) {
  EXPECT_EQ(library_name(python(8), "typing", "Self"), LibraryName::kUnknown);
  EXPECT_EQ(library_name(python(15), "typing", "Self"), LibraryName::kUnknown);
  EXPECT_EQ(library_name(python(12), "numcore", "Self"), LibraryName::kUnknown);
  PythonEnvironment other = python(12);
  other.implementation = "pypy";
  EXPECT_EQ(library_name(other, "inspect", "getargspec"), LibraryName::kUnknown);
}

TEST(LibraryNames, AreFoundWhole) {
  EXPECT_EQ(library_name(python(12), "itertools", "izi"), LibraryName::kLacks);
  EXPECT_EQ(library_name(python(12), "itertools", "chai"), LibraryName::kLacks);
  EXPECT_EQ(library_name(python(12), "itertools", "!"), LibraryName::kLacks);
}

TEST(LibraryNames, TheirHistoryIsTold) {
  EXPECT_EQ(library_name_history(python(12), "collections", "Mapping"), "Python 3.10 removed it");
  EXPECT_EQ(library_name_history(python(12), "time", "clock"), "Python 3.8 removed it");
  EXPECT_EQ(library_name_history(python(12), "itertools", "izip"), "only Python 2 has it");
  EXPECT_EQ(library_name_history(python(10), "typing", "Self"), "new in Python 3.11");
  EXPECT_EQ(library_name_history(python(10), "typing", "nothing"), "");
}

TEST(LibraryNames, AreListed) {
  const auto names = library_module_names(python(12), "time");
  ASSERT_TRUE(names);
  EXPECT_TRUE(names->is_by_platform);
  EXPECT_EQ(std::ranges::count(names->has, "monotonic"), 1);
  EXPECT_EQ(std::ranges::count(names->has, "clock"), 0);
  EXPECT_FALSE(library_module_names(python(8), "time"));
}

}  // namespace
}  // namespace headwater
