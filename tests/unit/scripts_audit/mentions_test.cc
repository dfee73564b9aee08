#include "scripts_audit/mentions.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scripts_audit/names.h"
#include "scripts_audit/text_files.h"

namespace headwater::scripts_audit {
namespace {

std::vector<std::string> seen(std::string_view text, MentionKind kind,
                              Reading reading = Reading::kCommands) {
  std::vector<std::string> all;
  read_mentions(text, reading, [&](const Mention& mention) {
    if (mention.kind == kind) {
      all.push_back(std::string(mention.text) + ':' + std::to_string(mention.line));
    }
  });
  return all;
}

using Strings = std::vector<std::string>;

TEST(Mentions, PathsOfPythonFilesWithTheirLines) {
  EXPECT_EQ(seen("run:\n\tpython $(TOP)/tools/run.py --x\n`a.ipynb`.\n", MentionKind::kPath),
            (Strings{"tools/run.py:2", "a.ipynb:3"}));
  EXPECT_EQ(seen("TRAIN=$TOOLS/train.py ${X}/y/run.py", MentionKind::kPath),
            (Strings{"train.py:1", "y/run.py:1"}));
  EXPECT_EQ(seen("See tools/run.py.", MentionKind::kPath), Strings{"tools/run.py:1"});
  EXPECT_EQ(seen("https://example.org/x/blob/main/tools/run.py", MentionKind::kPath),
            Strings{"https://example.org/x/blob/main/tools/run.py:1"});
}

TEST(Mentions, ModulesByOptionEntryAndName) {
  EXPECT_EQ(seen("python -m nightly", MentionKind::kModule), Strings{"nightly:1"});
  EXPECT_EQ(seen("python -mjobs.nightly", MentionKind::kModule),
            (Strings{"jobs.nightly:1", "-mjobs.nightly:1"}));
  EXPECT_EQ(seen("nightly = \"jobs.nightly:main\"", MentionKind::kModule, Reading::kEntries),
            Strings{"jobs.nightly:1"});
  EXPECT_EQ(seen("module = \"jobs.nightly\"", MentionKind::kModule, Reading::kEntries), Strings{});
}

TEST(Mentions, SettingsNameEntriesAlone) {
  const std::string_view text = "a = \"tools/cmds.py:build\"\nexclude = [\"tools/run.py\"]\n";
  EXPECT_EQ(seen(text, MentionKind::kPath, Reading::kEntries), Strings{"tools/cmds.py:1"});
  EXPECT_EQ(seen("os.path, python -m jobs.nightly", MentionKind::kModule, Reading::kPaths),
            Strings{"jobs.nightly:1"});
  EXPECT_EQ(seen("performance::\n\n 12:30", MentionKind::kModule), Strings{});
}

TEST(Mentions, HowNamesBeginThatArePutTogether) {
  EXPECT_EQ(seen("for f in tools/ci/*.py; do", MentionKind::kComputed), Strings{"tools/ci/:1"});
  EXPECT_EQ(seen("python tools/check_$name.py", MentionKind::kComputed), Strings{"tools/check_:1"});
  EXPECT_EQ(seen("ruff check tools/", MentionKind::kComputed), Strings{});
  EXPECT_EQ(seen("paths:\n  - 'tools/**'\n", MentionKind::kComputed), Strings{});
}

TEST(Mentions, AWordCanMeanAFileFromBelowAndFromAbove) {
  EXPECT_TRUE(can_mean("tools/run.py", "tools/run.py"));
  EXPECT_TRUE(can_mean("./run.py", "tools/run.py"));
  EXPECT_TRUE(can_mean("/srv/app/tools/run.py", "tools/run.py"));
  EXPECT_FALSE(can_mean("bin/run.py", "tools/run.py"));
  EXPECT_FALSE(can_mean("rerun.py", "tools/run.py"));
}

TEST(TextFiles, KindIsByNameAndFolder) {
  EXPECT_EQ(kind_of_text("", "Makefile"), ReferenceKind::kBuild);
  EXPECT_EQ(kind_of_text(".github/workflows", "ci.yml"), ReferenceKind::kCi);
  EXPECT_EQ(kind_of_text(".github/actions/setup", "action.yml"), ReferenceKind::kCi);
  EXPECT_EQ(kind_of_text("deploy", "Dockerfile.worker"), ReferenceKind::kContainer);
  EXPECT_EQ(kind_of_text("deploy", "nightly.timer"), ReferenceKind::kScheduler);
  EXPECT_EQ(kind_of_text("etc/cron.d", "nightly"), ReferenceKind::kScheduler);
  EXPECT_EQ(kind_of_text("tools", "run.sh"), ReferenceKind::kShell);
  EXPECT_EQ(kind_of_text("docs", "guide.rst"), ReferenceKind::kDocs);
  EXPECT_EQ(kind_of_text("", "action.yml"), ReferenceKind::kCi);
  EXPECT_EQ(kind_of_text("config", "model.yaml"), ReferenceKind::kConfig);
  EXPECT_EQ(kind_of_text("config", "model.json.tpl"), ReferenceKind::kConfig);
  EXPECT_EQ(kind_of_text("config", "model.csv"), std::nullopt);
}

TEST(TextFiles, WhatWasIsNoReference) {
  EXPECT_EQ(kind_of_text("", "CHANGELOG.md"), std::nullopt);
  EXPECT_EQ(kind_of_text("docs/changes", "1.2.rst"), std::nullopt);
  EXPECT_EQ(kind_of_text("docs", "RELEASE_WALKTHROUGH.rst"), ReferenceKind::kDocs);
}

TEST(Names, WordsThatSayOnceAreWhole) {
  EXPECT_EQ(one_time_word("tools/migrate_users.py"), "migrate");
  EXPECT_EQ(one_time_word("tools/Fix2026.py"), "fix");
  EXPECT_EQ(one_time_word("tools/prefix_sum.py"), "");
  EXPECT_EQ(one_time_word("old/run.py"), "") << "a folder's name decides nothing";
}

}  // namespace
}  // namespace headwater::scripts_audit
