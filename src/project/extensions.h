#pragma once

#include <string_view>

#include "base/file_system.h"
#include "model/source_tree.h"
#include "project/declaration.h"

namespace headwater::project {

/// Whether a project that needs `requirement` to be built may have modules of other languages.
bool builds_extension_modules(std::string_view requirement);

/// Adds the modules that a build makes of the sources, and build files, in one folder of the
/// project, if it builds extension modules at all.
void add_extension_modules(const FileSystem& files, std::string_view tree_root,
                           const ListedFolder& folder, Declaration& declaration);

/// `.name` for what each `set_source("name", ...)` of a cffi builder makes, by its dotted name.
void read_cffi_builder(std::string_view text, Declaration& declaration);
void read_meson_build(std::string_view text, Declaration& declaration);
void read_cmake_lists(std::string_view text, Declaration& declaration);

}  // namespace headwater::project
