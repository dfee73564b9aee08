#pragma once

#include <string>

#include "pipeline/attributed.h"

namespace headwater::pipeline {

/// A node with what is asked of it: all of it, or one line.
struct Asked {
  uint32_t node = kNothing;
  uint32_t line = 0;
  std::string file{};  // of the repository, a source or a configuration; empty: named as a module
};

/// What a person means by a module's name, a path of the repository, or FILE:LINE.
Asked find_subject(const Attributed& audit, const std::string& subject);
tl::unexpected<Error> unknown_subject(const std::string& subject);

/// nullptr: the node has no text that was read.
const FileFacts* facts_of(const Attributed& audit, uint32_t node);
/// The module's name, or the path of a file that is none.
std::string name_of(const Attributed& audit, uint32_t node);
/// Why the node's file was not read; empty: it was, or is none.
std::string unread_because(const Attributed& audit, uint32_t node);
/// With the statement's text, read from the disk.
WhyStep step_of(const FileSystem& files, const Attributed& audit, const ChainStep& step);

}  // namespace headwater::pipeline
