#include "pipeline/cache_view.h"

#include "pipeline/cache_folders.h"
#include "pipeline/identities.h"

namespace headwater::pipeline {

Result<CacheView> view_cache(const std::string& folder) {
  auto facts = cache::info(facts_folder(folder), scanner_identity());
  if (!facts) return tl::unexpected(facts.error());
  auto snapshots = cache::snapshot_info(snapshots_folder(folder), program_identity());
  if (!snapshots) return tl::unexpected(snapshots.error());
  return CacheView{*facts, *snapshots};
}

Result<CacheVerdict> verify_cache(const std::string& folder) {
  auto facts = cache::verify(facts_folder(folder), scanner_identity());
  if (!facts) return tl::unexpected(facts.error());
  auto snapshots = cache::verify_snapshots(snapshots_folder(folder), program_identity());
  if (!snapshots) return tl::unexpected(snapshots.error());
  return CacheVerdict{std::move(*facts), std::move(*snapshots)};
}

Result<cache::CleanResult> clean_cache(const std::string& folder) {
  auto facts = cache::clean(facts_folder(folder));
  if (!facts) return facts;
  auto snapshots = cache::clean_snapshots(snapshots_folder(folder));
  if (!snapshots) return snapshots;
  facts->files += snapshots->files;
  facts->bytes += snapshots->bytes;
  facts->failed.insert(facts->failed.end(), snapshots->failed.begin(), snapshots->failed.end());
  return facts;
}

}  // namespace headwater::pipeline
