#include "report/dump_paths.h"

#include "report/json_parts.h"

namespace headwater::report {
namespace {

void append_folders(std::string& out, std::string_view key,
                    const std::vector<EntryFolder>& folders) {
  append_json_list(out, key, folders, [&](const EntryFolder& folder) {
    out += '{';
    append_json_path(out, "path", folder.path);
    append_json_text(out, "why", folder.why);
    out += '}';
  });
}

}  // namespace

void dump_paths(const SourceTree& tree, const EntryPaths& entries, size_t begin, size_t end,
                std::string& out) {
  for (size_t i = begin; i < end; ++i) {
    const EntryPath& path = entries.paths[entries.of_file[i]];
    out += '{';
    append_folders(out, "back", path.back);
    append_json_path(out, "file", tree.files[i].path);
    append_folders(out, "front", path.front);
    append_json_key(out, "open");
    append_json_string(out, path.open_because);
    out += "}\n";
  }
}

}  // namespace headwater::report
