#include "pipeline/fixes.h"

#include "base/atomic_file.h"
#include "base/paths.h"
#include "rewrite/rewrite.h"

namespace headwater::pipeline {
namespace {

Fixes fixes_of(const rewrite::Rewritten& rewritten) {
  Fixes fixes;
  fixes.files = rewritten.files.size();
  fixes.left = rewritten.left;
  for (const rewrite::RewrittenFile& file : rewritten.files) {
    fixes.statements += file.statements;
    fixes.diff += rewrite::unified_diff(file);
  }
  return fixes;
}

}  // namespace

Fixes show_fixes(const FileSystem& files, const AuditReport& report) {
  return fixes_of(rewrite::rewrite(files, report.root, report.moved));
}

Result<Fixes> apply_fixes(const FileSystem& files, const AuditReport& report) {
  const rewrite::Rewritten rewritten = rewrite::rewrite(files, report.root, report.moved);
  for (const rewrite::RewrittenFile& file : rewritten.files) {
    const auto written = write_file_atomically(join_path(report.root, file.path), file.after);
    if (!written) return tl::unexpected(written.error());
  }
  return fixes_of(rewritten);
}

}  // namespace headwater::pipeline
