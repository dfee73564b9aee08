#include <gtest/gtest.h>

#include "unit/resolve/sample.h"

namespace headwater::resolve {
namespace {

TEST(Symbols, Rule13EachNameThatFailsHasARow) {
  Sample sample;
  sample.file("p/__init__.py", "", {"X"});
  sample.file("p/m.py");
  EXPECT_EQ(sample.rows_of("from p import X, m, y, __path__, z"),
            (Rows{"/r/p/__init__.py", "/r/p/m.py", "no y", "no z"}));
  const Resolution& row = sample.resolved.resolutions.back();
  EXPECT_EQ(sample.resolved.module_asked(row), "p");
  EXPECT_EQ(sample.resolved.modules[row.target].name, "p");
  EXPECT_EQ(row.outcome, Outcome::kMissing);
}

TEST(Symbols, DeclaredAndDeletedNamesAreNotThere) {
  Sample sample;
  FactsBuilder& facts = sample.file("m.py", "", {"a"});
  facts.set_state(facts.names.intern("b"), NameState::kMaybe);
  facts.set_state(facts.names.intern("c"), NameState::kDeclared);
  facts.set_state(facts.names.intern("d"), NameState::kDeleted);
  EXPECT_EQ(sample.rows_of("from m import a, b, c, d, __path__"),
            (Rows{"/r/m.py", "no c", "no d", "no __path__"}));
}

TEST(Symbols, GlobalOfAFunctionCounts) {
  Sample sample;
  FactsBuilder& facts = sample.file("m.py");
  const NameId name = facts.names.intern("cache");
  facts.set_state(name, NameState::kDeclared);
  const Binding binding{1, name, BindingKind::kGlobal, true};
  facts.bindings.push_back({0, binding});
  EXPECT_EQ(sample.rows_of("from m import cache"), Rows{"/r/m.py"});
}

TEST(Symbols, StarsAreFollowed) {
  Sample sample;
  sample.file("m.py", "from a import *\nfrom b import *");
  sample.file("a.py", "from m import *", {"x", "_hidden"});
  FactsBuilder& b = sample.file("b.py", "", {"y", "z"});
  b.exports_state = ExportsState::kLiteral;
  b.exports = {b.names.intern("y")};
  EXPECT_EQ(sample.rows_of("from m import x, y, z, _hidden"),
            (Rows{"/r/m.py", "no z", "no _hidden"}));
}

TEST(Symbols, StarFromOutsideLeavesNamesOpen) {
  Sample sample;
  sample.site("wide.py");
  sample.file("m.py", "from wide import *");
  sample.file("n.py", "from nowhere import *");
  EXPECT_EQ(sample.rows_of("from m import x\nfrom n import x"),
            (Rows{"/r/m.py", "unshown x", "/r/n.py", "unshown x"}));
}

TEST(Symbols, RunningCodeLeavesNamesOpen) {
  Sample sample;
  sample.file("a.py").has_getattr = true;
  sample.file("b.py").dynamic_markers = kDynamicGlobals;
  sample.file("c.py").syntax_faults.push_back({1, SyntaxErrorKind::kBracket});
  sample.file("d.py").dynamic_markers = kDynamicEval;
  EXPECT_EQ(sample.rows_of("from a import x\nfrom b import x\nfrom c import x\nfrom d import x"),
            (Rows{"/r/a.py", "unshown x", "/r/b.py", "unshown x", "/r/c.py", "unshown x", "/r/d.py",
                  "no x"}));
}

TEST(Symbols, NamespacePackageHasSubmodulesOnly) {
  Sample sample;
  sample.file("p/m.py");
  EXPECT_EQ(sample.rows_of("from p import m, n"), (Rows{"namespace", "/r/p/m.py", "no n"}));
}

TEST(Symbols, BareFolderWithoutPackagesMayStandForADistribution) {
  Sample sample;
  sample.environment.source = EnvironmentSource::kNone;
  sample.files.add("/r/docker/Dockerfile", "");
  EXPECT_EQ(sample.rows_of("from docker import Client"), Rows{"namespace"});
}

TEST(Symbols, OutsideModulesAreNotJudged) {
  Sample sample;
  sample.site("outside.py");
  EXPECT_EQ(sample.rows_of("from outside import y\nfrom os import z"),
            (Rows{"/site/outside.py", "stdlib"}));
}

TEST(Symbols, ModuleLacksWhatItBindsByAskingItself) {
  Sample sample;
  EXPECT_EQ(sample.rows_of("from use import x"), (Rows{"/r/use.py", "no x"}));
}

TEST(Symbols, StubsAreReadByTypeCheckers) {
  Sample sample;
  sample.file("m.py");
  EXPECT_EQ(sample.rows_of("from m import x\nimport _typeshed\nfrom . import y", "use.pyi"),
            (Rows{"/r/m.py", "unknown", "unknown"}));
}

}  // namespace
}  // namespace headwater::resolve
