#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/known_facts.h"
#include "model/python_environment.h"

namespace headwater::pipeline {

struct Before;
struct Worlds;

/// What an audit is told from outside, by the command line alone; configuration is read by the
/// audit itself and yields to it.
struct AuditOptions {
  std::string path = ".";  // the repository, as it was given
  std::vector<std::string> roots;
  std::vector<std::string> sites;
  std::vector<std::string> standard_library;
  bool standard_library_first = false;
  std::string environment;  // a path, "none", or empty: look for one
  std::optional<PythonVersion> python_version;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::vector<std::string> exclude;
  bool fail_on_fault_only = false;
  bool use_ignore_files = true;
  uint32_t threads = 0;                    // 0: as many as the machine has
  std::optional<uint64_t> max_file_size;   // bytes
  bool deep = false;                       // parse every file
  std::vector<std::string> known_modules;  // globs, on top of the configuration's
  std::vector<std::string> submodules;     // absolute; of a commit, which has nothing of them
  bool records_sources = false;            // for a commit that others are compared with
  const Before* before = nullptr;          // a commit: what failed in it is known; nullptr: none
  KnownFacts* known = nullptr;  // of earlier runs; nullptr: nothing is known, nothing remembered
  Worlds* worlds = nullptr;  // of the last run of the same question; nullptr: none, and none after
  std::string today;  // as 2027-01-31, by which deferrals expire; empty: the day it is, in UTC

  // Of `dump outcomes` alone: what is judged.
  bool all_modules = false;          // every module below the roots
  std::vector<std::string> modules;  // dotted names
  std::string modules_file;          // a file with one name a line; empty: none
};

}  // namespace headwater::pipeline
