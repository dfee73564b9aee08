#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/entry_paths.h"
#include "model/file_facts.h"
#include "model/project_layout.h"
#include "model/source_tree.h"

namespace headwater::project {

/// The edits of one file, with the folders that they mean on this disk.
struct EvaluatedEdits {
  struct Edit {
    EntryFolder folder;
    bool at_front;
    bool is_certain;  // runs, and means this folder wherever Python was started
  };
  std::vector<Edit> edits;
  std::string open_because;  // as EntryPath has it
};

/// Finds the folders that path edits name. Thread safe.
class PathEditEvaluator {
 public:
  PathEditEvaluator(const FileSystem& files, const SourceTree& tree, const ProjectLayout& layout);

  EvaluatedEdits evaluate(const std::string& file, const FileFacts& facts) const;

 private:
  /// Folders that exist, absolute; empty: none does. nullopt: it cannot be known which is meant.
  std::optional<std::vector<std::string>> folders(const std::string& file,
                                                  std::string_view expression) const;
  bool may_be_read(const std::string& folder) const;

  const FileSystem& files_;
  const SourceTree& tree_;
  const ProjectLayout& layout_;
  const std::string top_;  // the repository, or the tree where there is none
};

}  // namespace headwater::project
