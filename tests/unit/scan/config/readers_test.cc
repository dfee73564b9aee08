#include "scan/config/readers.h"

#include <gtest/gtest.h>

#include <string>

namespace headwater::scan {
namespace {

std::string found(std::string_view path, std::string_view text) {
  std::string all;
  for (const ConfigString& one : read_config_strings({path, text})) {
    all += one.name + '@' + std::to_string(one.line) + ':' + std::to_string(one.column) + ' ';
  }
  return all;
}

TEST(ConfigReaders, CommandsAreFoundWhereverTheyStand) {
  EXPECT_EQ(found("Makefile", "a:\n\t@$(PYTHON) -m shop.serve\n"), "shop.serve@2:16 ");
  EXPECT_EQ(found("run.sh", "exec python3 \\\n  -X dev -m a.b \"$@\"\n"), "a.b@2:13 ");
  EXPECT_EQ(found("Dockerfile", "CMD [\"python\", \"-m\", \"a.b\"]\n"), "a.b@1:23 ");
  EXPECT_EQ(found("Procfile", "web: gunicorn -w 4 a.b:app\n"), "a.b:app@1:20 ");
}

TEST(ConfigReaders, WhatIsNoCommandIsNone) {
  EXPECT_EQ(found("Makefile", "# python -m a.b\n\techo python -m a.b\n\tpytest -m a.b\n"), "");
  EXPECT_EQ(found("run.sh", "python script.py -m a.b\npython -c 'x' -m a.b\n"), "");
  EXPECT_EQ(found("run.sh", "python -m $MODULE\npython -m \"${A}.b\"\npython -m <a.b>\n"), "");
  EXPECT_EQ(found("Procfile", "web: gunicorn --bind web:http\n"), "");
}

TEST(ConfigReaders, EntryPointsOfSetupCfgHaveTheirLines) {
  EXPECT_EQ(found("setup.cfg",
                  "[options.entry_points]\nconsole_scripts =\n  a = b.c:d\n\n  e = f.g:h [x]\n"),
            "b.c:d@3:1 f.g:h@5:1 ");
  EXPECT_EQ(found("x.dist-info/entry_points.txt", "[console_scripts]\na:b = c:d\n"), "c:d@2:1 ");
}

TEST(ConfigReaders, AlembicNamesAFolderOrAPackage) {
  EXPECT_EQ(found("alembic.ini", "[alembic]\nscript_location = db/scripts\n"), "db/scripts@2:1 ");
  EXPECT_EQ(found("alembic.ini", "[alembic]\nscript_location = %(here)s/db\n"), "db@2:1 ");
  EXPECT_EQ(found("alembic.ini", "[alembic]\nscript_location = shop.db:x\n"), "shop.db@2:1 ");
  EXPECT_EQ(found("alembic.ini", "[alembic]\nscript_location = %(root)s/db\n"), "");
}

TEST(ConfigReaders, BrokenFilesHaveNothing) {
  EXPECT_EQ(found("pyproject.toml", "[project\nscripts = {a = 'b:c'}\n"), "");
  EXPECT_EQ(found("pyproject.toml", std::string("[project.scripts]\na = 'b:c'\n\0", 31)), "");
}

TEST(ConfigReaders, DottedNamesAreIdentifiers) {
  EXPECT_TRUE(is_dotted_name("a.b_1.C"));
  EXPECT_TRUE(is_dotted_name("a", true));
  for (const std::string_view text : {"a", "", ".a", "a.", "a..b", "a.1", "a-b.c", "a b.c"}) {
    EXPECT_FALSE(is_dotted_name(text)) << text;
  }
}

TEST(ConfigReaders, TemplatesAndTestDataAreLeftOut) {
  EXPECT_TRUE(may_name_code("a/pyproject.toml"));
  EXPECT_FALSE(may_name_code("templates/pyproject.toml"));
  EXPECT_FALSE(may_name_code("{{cookiecutter.name}}/pyproject.toml"));
  EXPECT_FALSE(may_name_code("a/data.json"));
  EXPECT_TRUE(may_have_own_keys("a/data.json"));
}

}  // namespace
}  // namespace headwater::scan
