#include "report/dump_files.h"

#include "base/json_text.h"

namespace headwater::report {

void dump_files(const SourceTree& tree, size_t begin, size_t end, std::string& out) {
  constexpr std::string_view kKinds[] = {"python", "stub", "notebook"};
  for (size_t i = begin; i < end; ++i) {
    const SourceFile& file = tree.files[i];
    out += '{';
    append_json_path(out, "file", file.path);
    append_json_key(out, "kind");
    append_json_string(out, kKinds[static_cast<size_t>(file.kind)]);
    append_json_key(out, "size");
    out += std::to_string(file.size_bytes) + "}\n";
  }
}

}  // namespace headwater::report
