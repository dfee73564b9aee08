#include "base/nearest_name.h"

#include <gtest/gtest.h>

namespace headwater {
namespace {

TEST(NearestName, OneSlipInsertsLosesChangesOrSwaps) {
  for (const char* const slip : {"util", "utilss", "uutils", "utild", "itils", "utlis", "tuils"}) {
    EXPECT_TRUE(is_one_slip_away(slip, "utils")) << slip;
  }
  for (const char* const other : {"utils", "ulits", "utisl_", "til", "", "models", "_utils"}) {
    EXPECT_FALSE(is_one_slip_away(other, "utils")) << other;
  }
  // Of short names too many are near.
  EXPECT_FALSE(is_one_slip_away("abc", "abd"));
}

}  // namespace
}  // namespace headwater
