#include "report/reporter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace headwater::report {
namespace {

Finding made_finding(std::string_view code, FindingClass finding_class) {
  Finding finding{};
  finding.code = code;
  finding.finding_class = finding_class;
  finding.confidence = "certain";
  return finding;
}

/// `causes` distributions that are missing, each at `places` places, and one fault.
AuditReport made_report(uint32_t causes, uint32_t places) {
  AuditReport audit;
  audit.root = "tree";
  audit.roots = {"src", ""};
  audit.roots_why = "from pyproject.toml";
  audit.python_version = "3.12";
  audit.environment_verdict = "present";
  audit.summary.files = causes * places;
  for (uint32_t i = 0; i < causes; ++i) {
    const std::string name = "dist" + std::to_string(i);
    Cause cause{};
    cause.kind = "missing-distribution";
    cause.subject = cause.distribution = name;
    cause.code = "HW201";
    cause.finding_class = FindingClass::kEnvironment;
    cause.title = name + " is not installed";
    cause.confidence = "certain";
    cause.fix_command = "pip install " + name;
    for (uint32_t k = 0; k < places; ++k) {
      Finding finding = made_finding("HW201", FindingClass::kEnvironment);
      finding.file = "src/m" + std::to_string(k) + ".py";
      finding.line = i + 1;
      finding.message = name + " is not installed";
      finding.cause = static_cast<int>(i);
      cause.findings.push_back(static_cast<uint32_t>(audit.findings.size()));
      cause.blocked.push_back(k);
      cause.sites.push_back({finding.file, finding.line});
      audit.findings.push_back(finding);
    }
    audit.causes.push_back(cause);
  }
  for (uint32_t k = 0; k < places; ++k) audit.failing_modules.push_back("m" + std::to_string(k));
  Finding fault = made_finding("HW111", FindingClass::kFault);
  fault.file = "src/z.py";
  fault.message = "shop has no Decoder";
  fault.cause = static_cast<int>(audit.causes.size());
  Cause cause{};
  cause.kind = "missing-symbol";
  cause.code = "HW111";
  cause.finding_class = FindingClass::kFault;
  cause.title = fault.message;
  cause.findings.push_back(static_cast<uint32_t>(audit.findings.size()));
  cause.sites.push_back({fault.file, 7});
  audit.causes.push_back(cause);
  audit.findings.push_back(fault);
  return audit;
}

std::string text(const AuditReport& audit, const ReportOptions& options) {
  std::string out;
  write_text(audit, options, out);
  return out;
}

TEST(TextReport, HundredsOfFindingsStayOnOneScreen) {
  const std::string out = text(made_report(200, 3), {});
  EXPECT_LE(std::count(out.begin(), out.end(), '\n'), 40) << out;
  EXPECT_NE(out.find("601 findings = 1 fault + 600 environment"), std::string::npos) << out;
  EXPECT_NE(out.find("shop has no Decoder"), std::string::npos) << "the fault is not crowded out";
}

TEST(TextReport, VerboseShowsEveryPlace) {
  ReportOptions options;
  options.detail = Detail::kEverything;
  const std::string out = text(made_report(20, 7), options);
  EXPECT_NE(out.find("src/m6.py:20\n"), std::string::npos) << out;
}

TEST(TextReport, NoLineIsWiderThanAsked) {
  for (const uint32_t width : {50u, 80u, 200u}) {
    const std::string out = text(made_report(30, 9), {Detail::kNormal, width, false});
    for (size_t start = 0; start < out.size();) {
      const size_t end = out.find('\n', start);
      EXPECT_LE(end - start, width) << out.substr(start, end - start);
      start = end + 1;
    }
  }
}

TEST(TextReport, NamesCannotDriveTheTerminal) {
  AuditReport audit = made_report(0, 0);
  audit.findings[0].file = audit.causes[0].sites[0].file = "\x1b[2J\xff.py";
  const std::string out = text(audit, {});
  EXPECT_EQ(out.find('\x1b'), std::string::npos);
  EXPECT_NE(out.find("\\u{1b}[2J\xEF\xBF\xBD.py"), std::string::npos) << out;
}

TEST(JsonReport, SoleAndSharedAddUpToTheBlockedModules) {
  std::string out;
  AuditReport audit = made_report(2, 3);
  audit.causes[0].sole = 2;
  audit.causes[1].blocked = {0};
  write_json(audit, {}, out);
  EXPECT_NE(out.find(R"("blocks":{"sole":2,"shared":1,"modules":["m0","m1","m2"],"entries":[]})"),
            std::string::npos)
      << out;
  EXPECT_NE(out.find(R"("blocks":{"sole":0,"shared":1,"modules":["m0"],"entries":[]})"),
            std::string::npos);
}

}  // namespace
}  // namespace headwater::report
