#include "pipeline/cache_view.h"

#include "pipeline/cache_folders.h"
#include "pipeline/identities.h"

namespace headwater::pipeline {

Result<CacheView> view_cache(const std::string& folder) {
  auto facts = cache::info(facts_folder(folder), scanner_identity());
  if (!facts) return tl::unexpected(facts.error());
  auto snapshots = cache::snapshot_info(snapshots_folder(folder), program_identity());
  if (!snapshots) return tl::unexpected(snapshots.error());
  auto worlds = cache::snapshot_info(worlds_folder(folder), program_identity());
  if (!worlds) return tl::unexpected(worlds.error());
  return CacheView{*facts, *snapshots, *worlds};
}

Result<CacheVerdict> verify_cache(const std::string& folder) {
  auto facts = cache::verify(facts_folder(folder), scanner_identity());
  if (!facts) return tl::unexpected(facts.error());
  auto snapshots = cache::verify_snapshots(snapshots_folder(folder), program_identity());
  if (!snapshots) return tl::unexpected(snapshots.error());
  auto worlds = cache::verify_snapshots(worlds_folder(folder), program_identity());
  if (!worlds) return tl::unexpected(worlds.error());
  return CacheVerdict{std::move(*facts), std::move(*snapshots), std::move(*worlds)};
}

Result<cache::CleanResult> clean_cache(const std::string& folder) {
  auto facts = cache::clean(facts_folder(folder));
  if (!facts) return facts;
  for (const std::string& others : {snapshots_folder(folder), worlds_folder(folder)}) {
    auto cleaned = cache::clean_snapshots(others);
    if (!cleaned) return cleaned;
    facts->files += cleaned->files;
    facts->bytes += cleaned->bytes;
    facts->failed.insert(facts->failed.end(), cleaned->failed.begin(), cleaned->failed.end());
  }
  return facts;
}

}  // namespace headwater::pipeline
