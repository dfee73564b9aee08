#include "policy/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace headwater::policy {
namespace {

using enum FindingClass;
using Numbers = std::vector<uint32_t>;
using States = std::vector<EntryState>;

class Gate : public ::testing::Test {
 protected:
  Finding& add(std::string_view code, FindingClass finding_class, std::string module,
               std::vector<std::string> names = {}) {
    Finding& finding = report_.findings.emplace_back();
    finding.code = code;
    finding.finding_class = finding_class;
    finding.file = "a.py";
    finding.line = static_cast<uint32_t>(report_.findings.size());
    finding.module = std::move(module);
    finding.names = std::move(names);
    return finding;
  }
  /// A cascade of a cause that stands in the repository, or in installed code.
  Finding& add_cascade(const std::string& cause, bool in_repository) {
    Cause& made = report_.causes.emplace_back();
    made.code = "HW211";
    made.kind = "k";
    made.subject = cause;
    made.in_repository = in_repository;
    Finding& finding = add("HW141", kCascade, "lightkit");
    finding.cause = static_cast<int>(report_.causes.size() - 1);
    return finding;
  }
  void known(const std::string& line) {
    const auto parsed = parse_baseline("# headwater-baseline/1\n" + line, "b");
    ASSERT_TRUE(parsed) << line;
    baseline_.entries.insert(baseline_.entries.end(), parsed->entries.begin(),
                             parsed->entries.end());
  }
  Verdict verdict(bool fault_only = false) {
    return judge(report_, baseline_, {fault_only, [&](const BaselineEntry&) { return judges_; }});
  }
  std::vector<std::string> update() {
    std::vector<std::string> lines;
    for (const BaselineEntry& entry : updated(baseline_, verdict()).entries) {
      lines.push_back(line_of(entry));
    }
    return lines;
  }
  using Lines = std::vector<std::string>;

  AuditReport report_;
  Baseline baseline_;
  bool judges_ = true;
};

TEST_F(Gate, WhatIsNotInTheBaselineFails) {
  add("HW101", kFault, "shop.gone");
  add("HW201", kEnvironment, "torch");
  add("HW201", kOptional, "fast");
  add("HW203", kUnknown, "numcore");
  add("HW101", kDeferred, "shop.ui");
  known("a.py HW201 torch");
  EXPECT_EQ(verdict().failing, Numbers{0});
  EXPECT_EQ(verdict().known, Numbers{1});
  EXPECT_EQ(verdict().states, States{EntryState::kKnown});
  EXPECT_EQ(update(), (Lines{"a.py HW101 shop.gone", "a.py HW201 torch"}));
}

TEST_F(Gate, OfEqualFindingsAsManyAreKnownAsTheBaselineHas) {
  for (int i = 0; i < 3; ++i) add("HW101", kFault, "shop.gone");
  known("a.py HW101 shop.gone");
  known("a.py HW101 shop.gone #2");
  EXPECT_EQ(verdict().failing, Numbers{2});
  report_.findings.erase(report_.findings.begin());
  EXPECT_EQ(verdict().failing, Numbers{});
  report_.findings.erase(report_.findings.begin());
  EXPECT_EQ(verdict().failing, Numbers{});
  EXPECT_EQ(verdict().states, (States{EntryState::kKnown, EntryState::kFixed}));
  EXPECT_EQ(update(), Lines{"a.py HW101 shop.gone"});
}

TEST_F(Gate, AGuardAboveDoesNotMakeTheNextOneNew) {
  add("HW201", kOptional, "torch");
  add("HW201", kEnvironment, "torch");
  known("a.py HW201 torch");
  EXPECT_EQ(verdict().known, Numbers{1});
}

TEST_F(Gate, NamesAreKnownOneByOneHoweverStatementsAreCut) {
  add("HW111", kFault, "m", {"A", "B"});
  known("a.py HW111 m A");
  known("a.py HW111 m B");
  known("a.py HW111 m C");
  EXPECT_EQ(verdict().known, Numbers{0});
  report_.findings[0].names = {"B"};
  add("HW111", kFault, "m", {"C"});
  add("HW111", kFault, "m", {"D"});
  EXPECT_EQ(verdict().known, (Numbers{0, 1}));
  EXPECT_EQ(verdict().failing, Numbers{2});
  EXPECT_EQ(update(), (Lines{"a.py HW111 m B", "a.py HW111 m C", "a.py HW111 m D"}));
}

TEST_F(Gate, WhetherAModuleOfTheNameIsElsewhereMakesNothingNew) {
  add("HW102", kFault, "shop.pricing");
  add("HW202", kEnvironment, "torch");
  known("a.py HW101 shop.pricing");
  known("a.py HW201 torch");
  EXPECT_EQ(verdict().failing, Numbers{});
  EXPECT_EQ(update(), (Lines{"a.py HW101 shop.pricing", "a.py HW201 torch"})) << "stays as it was";
}

TEST_F(Gate, ABrokenEnvironmentDoesNotHideWhatFailsInTheMendedOne) {
  add_cascade("numcore", false);
  known("a.py HW141 lightkit <- HW211:k:numcore");
  EXPECT_EQ(verdict().known, Numbers{0});
  report_.causes[0].subject = "codecs";
  EXPECT_EQ(verdict().failing, Numbers{0});
  EXPECT_EQ(update(), Lines{"a.py HW141 lightkit <- HW211:k:codecs"});
}

TEST_F(Gate, ACascadeOfWhatTheRepositoryShowsMayChangeItsCause) {
  add_cascade("numcore", true);
  known("a.py HW141 lightkit <- HW211:k:codecs");
  EXPECT_EQ(verdict().known, Numbers{0});
}

TEST_F(Gate, ACascadeOfInstalledCodeIsNewWhereOneOfTheRepositoryWasKnown) {
  add_cascade("numcore", false);
  known("a.py HW141 lightkit");
  EXPECT_EQ(verdict().failing, Numbers{0});
}

TEST_F(Gate, WhatIsUndecidedOrNotLookedForIsNotFixed) {
  add("HW101", kUnknown, "shop.gone");
  known("a.py HW101 shop.gone");
  EXPECT_EQ(verdict().states, States{EntryState::kUndecided});
  EXPECT_EQ(update(), Lines{"a.py HW101 shop.gone"});
  report_.findings.clear();
  judges_ = false;
  EXPECT_EQ(verdict().states, States{EntryState::kNotJudged});
  EXPECT_EQ(update(), Lines{"a.py HW101 shop.gone"});
  judges_ = true;
  EXPECT_EQ(update(), Lines{});
}

TEST_F(Gate, OfFaultsAloneTheEnvironmentNeitherFailsNorGoesIn) {
  add("HW201", kEnvironment, "torch");
  add("HW101", kFault, "shop.gone");
  EXPECT_EQ(verdict(true).failing, Numbers{1});
  EXPECT_EQ(verdict(true).missing.size(), 1u);
  known("a.py HW201 torch");
  EXPECT_EQ(verdict(true).states, States{EntryState::kKnown});
}

TEST_F(Gate, ADeferralThatHasExpiredIsNeverKnown) {
  add("HW902", kPolicy, "").severity = Severity::kError;
  add("HW903", kPolicy, "").severity = Severity::kNote;
  EXPECT_EQ(verdict().failing, Numbers{0});
  known("a.py HW902 -");
  EXPECT_EQ(verdict().failing, Numbers{0});
  EXPECT_EQ(updated(Baseline(), verdict()).entries.size(), 0u);
}

}  // namespace
}  // namespace headwater::policy
