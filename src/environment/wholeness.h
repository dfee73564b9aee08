#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "environment/record.h"
#include "model/python_environment.h"

namespace headwater::environment {

/// A distribution's record and where its files must lie.
struct RecordedDistribution {
  const Record* record = nullptr;  // nullptr: nothing is recorded
  std::string site_folder;         // absolute
};

/// Compares each record with the disk, in parallel; the result has the order of `distributions`.
/// Folders are listed once each and the files in them asked for their size; nothing outside of the
/// site folders is looked at. A file of another size than recorded counts as another distribution's
/// where that recorded this size.
std::vector<RecordedState> compare_with_disk(
    const FileSystem& files, const std::vector<RecordedDistribution>& distributions);

}  // namespace headwater::environment
