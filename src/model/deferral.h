#pragma once

#include <cstdint>
#include <string>

namespace headwater {

/// A decision of the repository to live with findings, until a date or for good. What is not empty
/// of `module`, `code` and `path` has to fit, and one of them is there.
struct Deferral {
  std::string module;  // dotted: it and what is below it
  std::string code;    // a code or prefix
  std::string path;    // of a file or folder, relative to the repository, normalized
  std::string reason;  // never empty
  std::string owner;   // whom to ask, or empty
  std::string until;   // the last day on which it holds, as 2027-01-31, or empty
  std::string file;    // of the configuration, relative to the repository
  uint32_t line = 0;   // 1-based

  /// " until 2027-01-31", for people.
  std::string term() const { return until.empty() ? until : " until " + until; }
};

}  // namespace headwater
