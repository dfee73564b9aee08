#include "scripts_audit/rules.h"

#include <gtest/gtest.h>

#include <numeric>

namespace headwater::scripts_audit {
namespace {

constexpr auto kCi = ReferenceKind::kCi;
constexpr auto kDocs = ReferenceKind::kDocs;
constexpr auto kScript = ReferenceKind::kScript;

/// A report of one script and of one that may be its twin.
class Verdicts : public testing::Test {
 protected:
  Verdicts() {
    report_.history.commits = 500;
    add("tools/a.py");
  }

  JudgedScript& add(const std::string& path) {
    JudgedScript& script = report_.scripts.emplace_back();
    script.path = path;
    script.evidence.measures = CodeMeasures{};
    script.evidence.measures->has_main_guard = true;
    script.evidence.history =
        FileHistory{.commits = 1, .authors = 1, .age_days = 200, .commits_since = 90};
    return script;
  }
  ScriptEvidence& evidence() { return report_.scripts.front().evidence; }
  void refer(ReferenceKind kind, bool is_certain = true, size_t script = 0,
             const std::string& from = "ci.yml") {
    ScriptReference& made = report_.scripts[script].evidence.references.emplace_back();
    made.kind = kind;
    made.place = {from, 3, 0};
    made.text = "x";
    made.is_certain = is_certain;
  }
  void breaks() {
    ScriptFault& fault = evidence().faults.emplace_back();
    fault.code = "HW101";
    fault.place = {"tools/a.py", 3, 0};
    fault.message = "shop.gone does not exist";
  }
  void rests() {
    evidence().history->age_days = 400;
    evidence().history->commits_since = 300;
  }
  void has_twin(double similarity, bool is_used) {
    add("tools/b.py");
    evidence().twin = ScriptTwin{"tools/b.py", similarity};
    if (is_used) refer(kCi, true, 1);
  }
  /// The rule that decides on tools/a.py, and its verdict.
  std::string judged() {
    judge(report_);
    const JudgedScript& script = report_.scripts.front();
    return std::string(name_of(script.verdict)) + ' ' + std::string(script.rule);
  }

  ScriptsReport report_;
};

TEST_F(Verdicts, UsedIsKept) {
  refer(kCi);
  EXPECT_EQ(judged(), "keep used");
  EXPECT_EQ(report_.scripts.front().reason, "named by ci.yml:3");
}

TEST_F(Verdicts, UsedAndBrokenIsToBeRepaired) {
  refer(kCi);
  breaks();
  rests();
  EXPECT_EQ(judged(), "refactor used-broken");
  EXPECT_EQ(report_.scripts.front().reason,
            "named by ci.yml:3; fails at line 3: shop.gone does not exist (HW101)");
}

TEST_F(Verdicts, UsedAndHardIsToBeRefactored) {
  refer(kCi);
  evidence().measures->most_cognitive = {"main", 7, 90};
  EXPECT_EQ(judged(), "refactor used-hard");
}

TEST_F(Verdicts, DocumentsKeepLessThanPrograms) {
  refer(kDocs);
  EXPECT_EQ(judged(), "keep documented");
  EXPECT_EQ(report_.scripts.front().confidence, "likely");
  breaks();
  EXPECT_EQ(judged(), "refactor documented-broken");
}

TEST_F(Verdicts, ADoubtfulReferenceIsAQuestion) {
  refer(kCi, false);
  breaks();
  rests();
  EXPECT_EQ(judged(), "review may-be-used");
  EXPECT_FALSE(report_.scripts.front().question.empty());
}

TEST_F(Verdicts, BrokenAndUntouchedForLongCanGo) {
  breaks();
  EXPECT_EQ(judged(), "review broken") << "200 days are not long";
  rests();
  EXPECT_EQ(judged(), "remove broken-untouched");
}

TEST_F(Verdicts, WithoutHistoryNothingIsUntouched) {
  breaks();
  evidence().history.reset();
  EXPECT_EQ(judged(), "review broken");
}

TEST_F(Verdicts, AFaultWithinAFunctionIsNoReasonToGo) {
  breaks();
  rests();
  evidence().faults.front().is_at_once = false;
  EXPECT_EQ(judged(), "archive untouched");
}

TEST_F(Verdicts, BrokenAndSupersededCanGo) {
  breaks();
  has_twin(0.9, true);
  EXPECT_EQ(judged(), "remove broken-superseded");
}

TEST_F(Verdicts, CopyOfWhatIsUsedCanGo) {
  has_twin(1, true);
  EXPECT_EQ(judged(), "remove copy");
}

TEST_F(Verdicts, NearlyTheSameOfWhatIsUsedIsArchived) {
  has_twin(0.9, true);
  EXPECT_EQ(judged(), "archive superseded");
}

TEST_F(Verdicts, OfTwoTwinsNoneIsChosen) {
  has_twin(1, false);
  EXPECT_EQ(judged(), "review twins");
}

TEST_F(Verdicts, UntouchedForLongIsArchived) {
  rests();
  EXPECT_EQ(judged(), "archive untouched");
  evidence().one_time_word = "migrate";
  EXPECT_EQ(judged(), "archive one-time-untouched");
}

TEST_F(Verdicts, LongIsMeasuredByTheRepositorysOwnPace) {
  rests();
  evidence().history->commits_since = 40;
  EXPECT_EQ(judged(), "review unreferenced");
  report_.history.commits = 80;
  EXPECT_EQ(judged(), "archive untouched");
  evidence().history->commits_since = 5;
  report_.history.commits = 6;
  EXPECT_EQ(judged(), "review unreferenced") << "too few commits to say";
}

TEST_F(Verdicts, MassCommitsAreNoWork) {
  *evidence().history = FileHistory{.commits = 4, .mass = 1, .authors = 2, .age_days = 20};
  EXPECT_EQ(judged(), "keep worked-on");
  evidence().history->mass = 2;
  EXPECT_EQ(judged(), "review unreferenced");
}

TEST_F(Verdicts, NamesAloneDecideNothing) {
  evidence().one_time_word = "migrate";
  EXPECT_EQ(judged(), "review one-time");
}

TEST_F(Verdicts, WhatIsInAPackageNeverGoes) {
  evidence().stands_alone = false;
  breaks();
  rests();
  EXPECT_EQ(judged(), "review broken");
  evidence().faults.clear();
  EXPECT_EQ(judged(), "review unreferenced");
}

TEST_F(Verdicts, OfAPackageAmongScriptsOnlyProgramsGo) {
  evidence().is_in_package = true;
  rests();
  EXPECT_EQ(judged(), "archive untouched");
  evidence().measures->has_main_guard = false;
  EXPECT_EQ(judged(), "review starts-nothing");
}

TEST_F(Verdicts, DefinitionsThatNothingImports) {
  evidence().measures->has_main_guard = false;
  EXPECT_EQ(judged(), "review starts-nothing");
}

TEST_F(Verdicts, WhatIsNeededByWhatStaysStays) {
  add("tools/b.py");
  add("tools/c.py");
  refer(kScript, true, 0, "tools/b.py");
  refer(kScript, true, 1, "tools/c.py");
  EXPECT_EQ(judged(), "review used-by-undecided");
  refer(kCi, true, 2);
  EXPECT_EQ(judged(), "keep used-by-scripts");
  EXPECT_EQ(report_.scripts[1].rule, "used-by-scripts");
}

TEST_F(Verdicts, CountsAddUp) {
  add("tools/b.py");
  refer(kCi, true, 1);
  judge(report_);
  EXPECT_EQ(std::accumulate(report_.counts.begin(), report_.counts.end(), uint64_t{0}), 2u);
}

TEST(Rules, EachHasAReasonAndReviewsHaveAQuestion) {
  for (const Rule& rule : rules()) {
    EXPECT_FALSE(rule.why.empty()) << rule.name;
    EXPECT_EQ(!rule.question.empty(), rule.verdict == ScriptVerdict::kReview) << rule.name;
  }
}

}  // namespace
}  // namespace headwater::scripts_audit
