#include "environment/stdlib_tables.h"

#include <gtest/gtest.h>

namespace headwater::environment {
namespace {

TEST(StdlibTables, NamesFollowTheVersion) {
  EXPECT_TRUE(standard_library_table({3, 11}).names.contains("tomllib"));
  EXPECT_FALSE(standard_library_table({3, 10}).names.contains("tomllib"));
  EXPECT_TRUE(standard_library_table({3, 11}).names.contains("distutils"));
  EXPECT_FALSE(standard_library_table({3, 12}).names.contains("distutils"));
  EXPECT_TRUE(standard_library_table({3, 14}).names.contains("annotationlib"));
}

TEST(StdlibTables, TellWhichVersionHasAModule) {
  EXPECT_EQ(standard_library_table({3, 12}).removed.at("distutils"), 12);
  EXPECT_EQ(standard_library_table({3, 12}).added.at("annotationlib"), 14);
  EXPECT_EQ(standard_library_table({3, 9}).added.at("tomllib"), 11);
  EXPECT_FALSE(standard_library_table({3, 14}).added.contains("annotationlib"));
}

TEST(StdlibTables, UnknownVersionsTakeTheNearest) {
  EXPECT_EQ(nearest_known_version({3, 20}), kNewestKnownVersion);
  EXPECT_EQ(nearest_known_version({2, 7}), kOldestKnownVersion);
  EXPECT_EQ(nearest_known_version({3, 12}), (PythonVersion{3, 12}));
}

TEST(StdlibTables, StartUpBuiltInAndFrozenModulesCannotBeShadowed) {
  const StandardLibrary library = standard_library_table({3, 11});
  for (const char* name : {"os", "io", "abc", "codecs", "site", "time", "itertools", "runpy",
                           "ntpath", "importlib.util", "zipimport"}) {
    EXPECT_TRUE(library.unshadowable.contains(name)) << name;
  }
  for (const char* name : {"json", "typing", "queue", "importlib"}) {
    EXPECT_FALSE(library.unshadowable.contains(name)) << name;
  }
}

TEST(StdlibTables, AModuleOfSomeBuildsIsBuiltInUnlessItsFileIsThere) {
  EXPECT_FALSE(standard_library_table({3, 11}).builtin_names.contains("math"));
  EXPECT_TRUE(standard_library_table({3, 11}, true).builtin_names.contains("math"));
  EXPECT_FALSE(standard_library_table({3, 11}, true, {"math"}).builtin_names.contains("math"));
}

}  // namespace
}  // namespace headwater::environment
