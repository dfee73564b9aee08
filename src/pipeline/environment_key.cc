#include "pipeline/environment_key.h"

#include <utility>

#include "base/bytes.h"
#include "base/hash.h"

namespace headwater::pipeline {
namespace {

void put(ByteWriter& text, const Distribution& one) {
  text.put(one.name), text.put(one.version), text.put(one.metadata_path), text.put(one.evidence);
  text.put(one.top_level), text.put(one.requires_dist), text.put(one.optional_requires);
  text.put(one.has_entry_points), text.put(one.editable_folder), text.put(one.modules);
  text.put(one.files.wholeness), text.put(one.files.needed), text.put(one.files.gone_count);
  text.put(one.files.gone), text.put(one.files.modified);
  text.put(one.built_for), text.put(one.unloadable), text.put(one.duplicates);
}

}  // namespace

uint64_t environment_key(const PythonEnvironment& environment) {
  ByteWriter text;
  text.put(environment.source), text.put(environment.prefix), text.put(environment.why);
  text.put(environment.version), text.put(environment.version_is_guess);
  text.put(environment.platform), text.put(environment.implementation);
  text.put(environment.installer), text.put(environment.is_bare);
  for (const SearchPathEntry& entry : environment.search_path) {
    text.put(entry.path), text.put(entry.kind);
  }
  for (const Distribution& one : environment.distributions) put(text, one);
  for (const EditableModule& one : environment.editable_modules) {
    text.put(one.name), text.put(one.path);
  }
  text.put(environment.standard_library.folders);
  for (const PathLine& one : environment.path_lines) {
    text.put(one.file), text.put(one.line), text.put(one.does), text.put(one.is_followed);
  }
  text.put(environment.start_up_imports), text.put(environment.start_up_callees);
  text.put(environment.opaque_names), text.put(environment.locked_names);
  text.put(environment.lock_is_complete), text.put(environment.notes);
  return hash_of(std::move(text).take());
}

}  // namespace headwater::pipeline
