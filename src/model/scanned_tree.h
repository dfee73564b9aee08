#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "model/file_facts.h"

namespace headwater {

/// The facts of every file of a SourceTree.
struct ScannedTree {
  std::vector<FileFacts> facts;  // by FileId; empty facts for a file that could not be read
  std::vector<bool> was_read;    // by FileId
  std::vector<Error> unread;     // by path
  uint64_t bytes = 0;            // read in all
};

}  // namespace headwater
