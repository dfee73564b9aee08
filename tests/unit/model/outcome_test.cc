#include "model/outcome.h"

#include <gtest/gtest.h>

#include "model/project_environments.h"

namespace headwater {
namespace {

OutcomeTable one_failure(const std::string& file, const std::string& module) {
  OutcomeTable table;
  table.files = {file};
  table.causes = {{ImportFailureKind::kMissingModule, module, "", {0, 3}}};
  ModuleOutcome outcome;
  outcome.module = "asked.of." + module;
  outcome.file = 0;
  outcome.state = ImportState::kFails;
  outcome.causes = {0};
  outcome.chain = {{0, 3}};
  table.outcomes = {outcome};
  return table;
}

TEST(OutcomeTable, TablesOfSeveralEnvironmentsMakeOne) {
  const OutcomeTable whole =
      merged({one_failure("/b.py", "x"), one_failure("/a.py", "x")}, {{1}, {0}});
  EXPECT_EQ(whole.files, (std::vector<std::string>{"/a.py", "/b.py"}));
  ASSERT_EQ(whole.causes.size(), 2u);
  ASSERT_EQ(whole.outcomes.size(), 2u);
  EXPECT_EQ(whole.outcomes[1].file, 1u);
  EXPECT_EQ(whole.outcomes[1].chain[0].file, 1u);
  EXPECT_EQ(whole.causes[whole.outcomes[1].causes[0]].at.file, 1u);
  EXPECT_EQ(whole.causes[whole.outcomes[0].causes[0]].at.file, 0u);
}

TEST(ProjectEnvironments, TheNearestFolderUpwardCounts) {
  ProjectEnvironments all(2);
  all[0].folder = "a";
  all[1].folder = "a/b";
  EXPECT_EQ(environment_of(all, "x.py"), 0u);
  EXPECT_EQ(environment_of(all, "ab/x.py"), 0u);
  EXPECT_EQ(environment_of(all, "a/c/x.py"), 1u);
  EXPECT_EQ(environment_of(all, "a/b"), 2u);
}

}  // namespace
}  // namespace headwater
