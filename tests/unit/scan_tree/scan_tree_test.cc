#include "scan/scan_tree.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "unit/support/temporary_folder.h"
#include "walk/walker.h"

namespace headwater::scan {
namespace {

SourceTree walked(const TemporaryFolder& folder) {
  walk::WalkOptions options;
  options.root = folder.path();
  return *walk::walk(real_file_system(), options);
}

TEST(ScanTree, FactsStandAtTheFilesNumber) {
  const TemporaryFolder folder;
  for (int i = 0; i < 1000; ++i) {
    std::string text;
    for (int k = 0; k < i % 7; ++k) text += "import m\n";
    folder.write("p" + std::to_string(i % 10) + "/m" + std::to_string(i) + ".py", text);
  }
  const SourceTree tree = walked(folder);
  std::atomic<uint64_t> furthest = 0;
  ScanOptions options;
  options.on_progress = [&](uint64_t done, uint64_t) {
    for (uint64_t seen = furthest; seen < done && !furthest.compare_exchange_weak(seen, done);) {
    }
  };
  const ScannedTree scanned = scan_tree(tree, options);
  ASSERT_EQ(scanned.facts.size(), 1000u);
  EXPECT_EQ(furthest, 1000u);
  for (size_t i = 0; i < 1000; ++i) {
    const std::string& path = tree.files[i].path;
    const int number = std::stoi(path.substr(path.find('m') + 1));
    ASSERT_EQ(scanned.facts[i].imports().size(), static_cast<size_t>(number % 7)) << path;
    ASSERT_TRUE(scanned.was_read[i]);
  }
}

TEST(ScanTree, EvictedFilesGiveTheSameFacts) {
  const TemporaryFolder folder;
  for (int i = 0; i < 200; ++i) folder.write("m" + std::to_string(i) + ".py", "import m\n");
  const SourceTree tree = walked(folder);
  for (const SourceFile& file : tree.files) {
    const int descriptor = open(folder.path(file.path).c_str(), O_RDONLY);
    fdatasync(descriptor);
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    close(descriptor);
  }
  const ScannedTree scanned = scan_tree(tree, {});
  EXPECT_EQ(scanned.bytes, 200u * 9);
  for (const FileFacts& facts : scanned.facts) EXPECT_EQ(facts.imports().size(), 1u);
}

TEST(ScanTree, WhatCannotBeReadIsSaidAndTheRestIsScanned) {
  const TemporaryFolder folder;
  folder.write("a.py", "import m\n");
  folder.write("big.py", std::string(2000, '#'));
  folder.write("gone.py", "import m\n");
  folder.write("n.ipynb", R"({"nbformat": 4, "cells": []})");
  const SourceTree tree = walked(folder);
  std::filesystem::remove(folder.path("gone.py"));
  ScanOptions options;
  options.max_file_size = 1000;
  const ScannedTree scanned = scan_tree(tree, options);
  EXPECT_EQ(scanned.was_read, (std::vector<bool>{true, false, false, true}));
  ASSERT_EQ(scanned.unread.size(), 2u);
  EXPECT_EQ(scanned.unread[0].path, "big.py");
  EXPECT_EQ(scanned.unread[0].code, ErrorCode::kTooLarge);
  EXPECT_EQ(scanned.unread[1].path, "gone.py");
}

TEST(ScanTree, EndsEarlyWhenStopped) {
  const TemporaryFolder folder;
  folder.write("a.py", "import m\n");
  const std::atomic<bool> stop = true;
  ScanOptions options;
  options.stop = &stop;
  EXPECT_FALSE(scan_tree(walked(folder), options).was_read[0]);
}

}  // namespace
}  // namespace headwater::scan
