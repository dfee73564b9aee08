#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "findings/selection.h"
#include "findings/world.h"
#include "model/finding.h"
#include "model/scanned_tree.h"

namespace headwater::findings {

/// The inline comments `# headwater: ignore[...]` of all files and which of them were of use. The
/// tree must outlive it.
class Suppressions {
 public:
  Suppressions() = default;  // of no file
  explicit Suppressions(const ScannedTree& scanned);

  /// Whether a comment of `file` suppresses the finding at `line`, that of the scanned text. Takes
  /// note of the comment's use.
  bool suppress(uint32_t file, uint32_t line, const Finding& finding);

  /// Calls visit(file, suppression) for each that suppressed nothing, by file and line.
  template <typename Visit>
  void for_each_unused(Visit visit) const {
    for (const uint32_t file : files_) {
      const auto all = scanned_->facts[file].suppressions();
      const std::vector<bool>& used = used_.at(file);
      for (size_t i = 0; i < all.size(); ++i) {
        if (!used[i]) visit(file, all[i]);
      }
    }
  }

 private:
  const ScannedTree* scanned_ = nullptr;
  std::vector<uint32_t> files_;  // that have any, ascending
  std::unordered_map<uint32_t, std::vector<bool>> used_;
};

/// Adds HW901 for each comment that certainly suppressed nothing: one whose codes were all looked
/// for. Call it when every finding has been asked for.
void add_unused_suppressions(const World& world, const Suppressions& suppressions,
                             const Selection& selection, std::vector<Finding>& findings);

}  // namespace headwater::findings
