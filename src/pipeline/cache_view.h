#pragma once

#include <string>

#include "cache/inspect.h"

/// What `headwater cache` does with the folder that runs leave things in.
namespace headwater::pipeline {

struct CacheView {
  cache::StoreInfo facts;
  cache::SnapshotInfo snapshots;
  cache::SnapshotInfo worlds;
};

/// An error where the folder cannot be listed, here and below; of one that does not exist, nothing.
Result<CacheView> view_cache(const std::string& folder);

struct CacheVerdict {
  cache::VerifyResult facts;
  cache::SnapshotVerifyResult snapshots;
  cache::SnapshotVerifyResult worlds;
};

/// Reads all of it and changes nothing.
Result<CacheVerdict> verify_cache(const std::string& folder);

/// Removes what headwaters of every version have left there, and no other file.
Result<cache::CleanResult> clean_cache(const std::string& folder);

}  // namespace headwater::pipeline
