#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/baseline.h"

namespace headwater::pipeline {

struct Attributed;
struct StageOutputs;

/// A source and what its imports lead to.
struct SourceRecord {
  std::string path;  // relative to the repository
  uint64_t content_hash = 0;
  uint64_t imports_hash = 0;  // of the modules that they lead to, and of what is missing
};

/// What there was before a change: of a commit, as a baseline of all that fails in it.
struct Before {
  std::string name;  // for people
  policy::Baseline baseline;
  std::vector<uint64_t> fingerprints;   // of all that fails; ascending
  std::vector<std::string> submodules;  // of which it has nothing; relative to what is audited
  std::vector<SourceRecord> sources;    // by path

  /// Whether the commit cannot know what is in the file.
  bool is_in_submodule(std::string_view path) const;
};

/// Those of an audit, by path.
std::vector<SourceRecord> source_records(const StageOutputs& made);

/// `before` as text, without its name, and the reverse.
std::string record_text(const Before& before);
Result<Before> parse_record(std::string_view text, std::string name);

/// Whether what a person asks for is among what fails: a fingerprint of 16 hex digits, or
/// CODE:SUBJECT, where the subject is a module, or a name that one lacks as in shop.store.ledger.
bool has_finding(const Before& before, std::string_view asked);

/// What may do something else than before: what has changed, what leads elsewhere now, and all that
/// imports it, in functions too. Modules by their dotted names; tests and files that have no name
/// by their paths. Sorted. With a conftest.py all tests below its folder are taken. Data files and
/// settings that no import shows are not seen.
std::vector<std::string> affected(const Attributed& audit, const Before& before);

}  // namespace headwater::pipeline
