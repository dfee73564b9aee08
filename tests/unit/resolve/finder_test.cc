#include <gtest/gtest.h>

#include "unit/resolve/sample.h"

namespace headwater::resolve {
namespace {

TEST(Finder, Rule1EarlierRootWinsButTheOwnRootComesFirst) {
  Sample sample({"a", "b"});
  sample.file("a/tool.py");
  sample.file("b/tool.py");
  EXPECT_EQ(sample.rows_of("import tool", "a/use.py"), Rows{"/r/a/tool.py"});
  EXPECT_EQ(sample.rows_of("import tool", "b/use.py"), Rows{"/r/b/tool.py"});
  sample.layout.explicit_roots = true;
  EXPECT_EQ(sample.rows("b/use.py"), Rows{"/r/a/tool.py"});
}

TEST(Finder, Rule1StandardLibraryStandsWhereTheOptionSays) {
  Sample sample;
  sample.library("json/__init__.py");
  sample.file("json.py");
  EXPECT_EQ(sample.rows_of("import json"), Rows{"/r/json.py"});
  sample.options.standard_library_first = true;
  EXPECT_EQ(sample.rows("use.py"), Rows{"/lib/json/__init__.py"});
}

TEST(Finder, Rule2StartUpAndBuiltInModulesCannotBeShadowed) {
  Sample sample;
  sample.library("os.py");
  sample.file("os.py");
  sample.file("sys.py");
  EXPECT_EQ(sample.rows_of("import os, sys, os.path"), (Rows{"/lib/os.py", "stdlib", "stdlib"}));
}

TEST(Finder, TableAloneServesTheStandardLibraryWithItsSubmodules) {
  Sample sample;
  sample.site("json.py");
  EXPECT_EQ(sample.rows_of("import json.tool\nimport json._private"), (Rows{"stdlib", "stdlib"}));
  EXPECT_EQ(sample.rows_of("import json.no.such"), Rows{"missing json.no"});
}

TEST(Finder, FileOfAStandardNameHidesTheModuleThatWasMeant) {
  Sample sample;
  sample.file("json.py", "", {"mine"});
  EXPECT_EQ(sample.rows_of("from json import mine, loads\nimport json.tool"),
            (Rows{"/r/json.py", "hidden by json.py", "hidden by json.py"}));
  sample.file("os.py");
  EXPECT_EQ(sample.rows_of("import os.no"), Rows{"missing os.no"});
  EXPECT_EQ(sample.rows_of("import os.path"), Rows{"stdlib"});
}

TEST(Finder, PackageOfAStandardNameMayAskForItsOwn) {
  Sample sample;
  sample.file("json/__init__.py");
  EXPECT_EQ(sample.rows_of("import json.no", "json/m.py"), Rows{"missing json.no"});
}

TEST(Finder, Rule3PackageBeforeModuleAndExtensionBeforeSource) {
  Sample sample;
  sample.file("a/__init__.py");
  sample.file("a.py");
  sample.file("b.py");
  sample.files.add("/r/b.cpython-312-x86_64-linux-gnu.so", "");
  sample.files.add("/r/c/__init__.abi3.so", "");
  sample.files.add("/r/c/__init__.py", "");
  sample.files.add("/r/d.pyc", "");
  sample.files.add("/r/e.cpython-39-x86_64-linux-gnu.so", "");
  EXPECT_EQ(sample.rows_of("import a, b, c, d, e"),
            (Rows{"/r/a/__init__.py", "/r/b.cpython-312-x86_64-linux-gnu.so",
                  "/r/c/__init__.abi3.so", "/r/d.pyc", "missing e"}));
}

TEST(Finder, Rule3LaterModuleHidesEarlierPortion) {
  Sample sample({"a", "b"});
  sample.file("a/tool/x.py");
  sample.file("b/tool.py");
  EXPECT_EQ(sample.rows_of("import tool", "a/use.py"), Rows{"/r/b/tool.py"});
}

TEST(Finder, Rule3PortionsOfAllEntriesMakeOneNamespacePackage) {
  Sample sample({"a", "b"});
  sample.file("a/tool/x.py");
  sample.file("b/tool/y.py");
  sample.site("tool/z.py");
  EXPECT_EQ(
      sample.rows_of("import tool, tool.x, tool.y, tool.z, tool.w", "a/use.py"),
      (Rows{"namespace", "/r/a/tool/x.py", "/r/b/tool/y.py", "/site/tool/z.py", "missing tool.w"}));
}

TEST(Finder, Rule4StubsAreNeverFound) {
  Sample sample;
  sample.file("a.pyi");
  sample.file("b/__init__.pyi");
  EXPECT_EQ(sample.rows_of("import a, b"), (Rows{"missing a", "namespace"}));
}

TEST(Finder, Rule5SubmodulesAreOnThePathOfTheParent) {
  Sample sample({"a", "b"});
  sample.file("a/p/__init__.py");
  sample.file("b/p/x.py");
  sample.file("a/m.py");
  EXPECT_EQ(sample.rows_of("import p.x, m.x.y", "a/use.py"), (Rows{"missing p.x", "missing m.x"}));
  EXPECT_EQ(sample.resolved.modules[sample.resolved.resolutions.back().target].name, "m");
}

TEST(Finder, LinksAreFollowed) {
  Sample sample;
  sample.files.add("/elsewhere/__init__.py", "");
  sample.files.link("/r/linked", "/elsewhere");
  sample.files.link("/r/broken.py", "/nowhere.py");
  EXPECT_EQ(sample.rows_of("import linked, broken"),
            (Rows{"/r/linked/__init__.py", "missing broken"}));
}

TEST(Finder, EditableModulesComeAfterTheSearchPath) {
  Sample sample;
  sample.environment.editable_modules = {{"dev", "/dev/src/dev"}, {"other.part", "/dev/part"}};
  sample.files.add("/dev/src/dev/__init__.py", "");
  sample.files.add("/dev/part.py", "");
  EXPECT_EQ(sample.rows_of("import dev, other.part"),
            (Rows{"/dev/src/dev/__init__.py", "/dev/part.py"}));
}

TEST(Finder, ScriptFindsItsNeighbours) {
  Sample sample;
  sample.file("my-scripts/helper.py");
  EXPECT_EQ(sample.rows_of("import helper", "my-scripts/run.py"), Rows{"/r/my-scripts/helper.py"});
  EXPECT_EQ(sample.rows_of("import helper"), Rows{"missing helper"});
}

TEST(Finder, ModulesOfNoPackageFindTheirNeighboursLast) {
  Sample sample;
  sample.file("scripts/helper.py");
  sample.file("app/core/y.py");
  sample.site("taken.py");
  sample.file("scripts/taken.py");
  EXPECT_EQ(sample.rows_of("import helper, taken", "scripts/use.py"),
            (Rows{"/r/scripts/helper.py", "/site/taken.py"}));
  EXPECT_EQ(sample.rows_of("import core.y", "app/core/use.py"), Rows{"/r/app/core/y.py"});
  EXPECT_EQ(sample.rows_of("import core, core.no", "app/core/use.py"),
            (Rows{"missing core", "missing core"}));
  sample.layout.explicit_roots = true;
  EXPECT_EQ(sample.rows("scripts/use.py")[0], "missing helper");
}

TEST(Finder, RunningCodeMayAddSubmodules) {
  Sample sample;
  sample.file("a/__init__.py").dynamic_markers = kDynamicPath;
  sample.file("b/__init__.py", "import pkgutil");
  sample.file("c.py").has_getattr = true;
  sample.file("d.py").dynamic_markers = kDynamicSysModules;
  sample.site("e/__init__.py", "import sys; sys.modules[__name__ + '.x'] = sys");
  sample.site("f/__init__.py");
  sample.files.add("/r/g.so", "");
  EXPECT_EQ(
      sample.rows_of("import a.x, b.x, c.x, d.x, e.x, f.x, g.x"),
      (Rows{"unknown", "unknown", "unknown", "unknown", "unknown", "missing f.x", "unknown"}));
}

TEST(Finder, KnownModulesAreNotMissing) {
  Sample sample;
  sample.options.known_modules = {"made_*"};
  EXPECT_EQ(sample.rows_of("import made_here, made_here.x, made"),
            (Rows{"unknown", "unknown", "missing made"}));
}

TEST(Finder, Rule16RelativeImports) {
  Sample sample;
  sample.file("p/__init__.py", "from . import x");
  sample.file("p/x.py", "from .. import y");
  sample.file("p/0001_first.py", "from .x import __name__");
  sample.file("my-scripts/run.py", "from . import y");
  EXPECT_EQ(sample.rows("p/__init__.py"), (Rows{"/r/p/__init__.py", "/r/p/x.py"}));
  EXPECT_EQ(sample.rows("p/x.py"), Rows{"relative"});
  EXPECT_EQ(sample.rows("p/0001_first.py"), Rows{"/r/p/x.py"});
  EXPECT_EQ(sample.rows("my-scripts/run.py"), Rows{"unknown"});
  EXPECT_EQ(sample.rows_of("from . import p"), Rows{"relative"});
  sample.file("__init__.py");
  EXPECT_EQ(sample.rows("use.py"), Rows{"unknown"});
}

TEST(Finder, NamesAreByTheLongestRoot) {
  Sample sample({"", "src"});
  sample.file("src/p/__init__.py");
  sample.file("src/p/m.py");
  sample.file("src/my-tool/run.py");
  sample.run();
  EXPECT_EQ(sample.resolved.module_name, (Rows{"", "p", "p.m"}));
  EXPECT_EQ(sample.resolved.root, (std::vector<uint32_t>{1, 1, 1}));
  EXPECT_EQ(sample.rows_of("import src.p.m, p.m"), (Rows{"/r/src/p/m.py", "/r/src/p/m.py"}));
}

}  // namespace
}  // namespace headwater::resolve
