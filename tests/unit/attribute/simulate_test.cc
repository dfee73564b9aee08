#include "attribute/simulate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/module_world.h"
#include "unit/support/files_in_memory.h"

namespace headwater::attribute {
namespace {

TEST(Simulate, NamesTheModulesOfARepairAlikeInAnyOrder) {
  // One file is `store` and `shop.store`, by two roots.
  const FilesInMemory files{{"/r/shop/store/__init__.py", "from delta import y\nx = 1\n"},
                            {"/r/shop/__init__.py", ""},
                            {"/r/delta.py", "from store import x\ny = 1\n"}};
  const PythonEnvironment environment;
  const auto repairs_of = [&](std::vector<std::string> modules) {
    const pipeline::ModuleWorld world(files, {"/r/shop", "/r"}, environment, false,
                                      pipeline::ModuleWorld::Unfound::kIsMissing);
    SimulationOptions options;
    options.is_asked_for = [](std::string_view, std::string_view) { return false; };
    std::vector<std::string> named;
    for (const CycleRepair& repair : simulate(world, modules, options).cycle_repairs) {
      named.push_back(repair.module + " -> " + repair.target);
    }
    return named;
  };

  const auto repairs = repairs_of({"shop.store", "store"});
  ASSERT_FALSE(repairs.empty());
  EXPECT_EQ(repairs_of({"store", "shop.store"}), repairs);
}

}  // namespace
}  // namespace headwater::attribute
