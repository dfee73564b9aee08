#include <gtest/gtest.h>

#include <string>

#include "scan/python/scanner.h"

namespace headwater::scan {
namespace {

std::string used(std::string_view text) {
  const FileFacts facts = scan_python(text);
  std::string all;
  for (const StringUse& use : facts.string_uses()) {
    all += std::string(facts.name(use.key)) + ' ' + std::string(facts.name(use.name)) + '@' +
           std::to_string(use.line) + ':' + std::to_string(use.column) + '\n';
  }
  return all;
}

TEST(StringUses, PatchesAreReadInFunctionsAndDecorators) {
  EXPECT_EQ(used("from unittest.mock import patch\n@patch('a.b')\ndef test():\n"
                 "  with patch(\n    'a.' 'c', new=1):\n    pass\n"),
            "mock.patch a.b@2:8\nmock.patch a.c@5:5\n");
}

TEST(StringUses, WhatIsNoCodeIsNone) {
  EXPECT_EQ(used("import mock\n'''\nmock.patch('a.b')\n'''\n# mock.patch('a.b')\n"
                 "x = \"mock.patch('a.b')\"\nmock.patch(f'a.{x}')\nclient.patch('a.b')\n"
                 "mock.patch(b'a.b')\n"),
            "");
}

TEST(StringUses, FilesThatImportNoneOfTheLibrariesAreNotLookedAt) {
  EXPECT_EQ(used("patch('a.b')\n"), "");
  EXPECT_EQ(used("def test_a(monkeypatch):\n  monkeypatch.setattr('a.b', 1)\n"),
            "monkeypatch a.b@2:23\n");
}

TEST(StringUses, SettingsAreReadWithTheirLists) {
  EXPECT_EQ(used("INSTALLED_APPS = [\n  'a',  # 'x'\n  'b.c',\n] + ['d']\nMIDDLEWARE = ('e.f',)\n"),
            "INSTALLED_APPS a@2:3\nINSTALLED_APPS b.c@3:3\nINSTALLED_APPS d@4:6\n"
            "MIDDLEWARE e.f@5:15\n");
  EXPECT_EQ(used("MIDDLEWARE = ('e.f',)\n"), "");
}

TEST(StringUses, BrokenTextEnds) {
  EXPECT_EQ(used("import mock\nmock.patch('a.b'\n"), "");
  EXPECT_EQ(used("import mock\nmock.patch("), "");
  EXPECT_EQ(used("INSTALLED_APPS = [[[['a'\n"), "");
}

}  // namespace
}  // namespace headwater::scan
