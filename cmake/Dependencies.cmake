# Every library that headwater links, from the system's packages, with the least version that is known to work (all are
# Debian 12's). scripts/setup installs them.
include_guard(GLOBAL)
find_package(PkgConfig REQUIRED)

# headwater_require(<package> <version>): find_package with a message that says what to do.
macro(headwater_require package version)
  find_package(${package} ${version} QUIET)
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR "${package} ${version} or later was not found: run scripts/setup")
  endif()
endmacro()

# The same for a library that only pkg-config knows; gives PkgConfig::<name>.
macro(headwater_require_pkg name requirement)
  pkg_check_modules(${name} QUIET IMPORTED_TARGET ${requirement})
  if(NOT ${name}_FOUND)
    message(FATAL_ERROR "${requirement} was not found: run scripts/setup")
  endif()
endmacro()

headwater_require(TBB 2021.5)
headwater_require(simdjson 3.0)
headwater_require(fmt 9.0)
headwater_require(CLI11 2.1)
headwater_require(tl-expected 1.0)
headwater_require_pkg(xxhash libxxhash>=0.8)
headwater_require_pkg(tomlplusplus tomlplusplus>=3.0)
headwater_require_pkg(yaml yaml-0.1>=0.2.5)
headwater_require_pkg(sqlite3 sqlite3>=3.40)
headwater_require_pkg(libgit2 libgit2>=1.5)

# Only its headers are compiled in: src/git/library loads the library by this name.
find_library(libgit2_file git2 PATHS ${libgit2_LIBRARY_DIRS} REQUIRED)
if(NOT IS_SYMLINK ${libgit2_file})
  message(FATAL_ERROR "${libgit2_file} is no link to a shared library: run scripts/setup")
endif()
file(READ_SYMLINK ${libgit2_file} libgit2_name)
get_filename_component(libgit2_name ${libgit2_name} NAME)

# An audit makes millions of small blocks: this allocator saves it 8% of the CPU at the same memory (docs/developing.md).
# Sanitizers bring one of their own.
if(NOT HEADWATER_SANITIZE AND NOT HEADWATER_FUZZ)
  headwater_require(mimalloc 2.0)
endif()

# Nothing of it is called by name, so the linker is told to keep it. Executables only: whoever links the library chooses.
function(headwater_use_allocator target)
  if(TARGET mimalloc)
    target_link_options(${target} PRIVATE LINKER:--no-as-needed)
    target_link_libraries(${target} PRIVATE mimalloc)
  endif()
endfunction()

if(HEADWATER_TESTS)
  headwater_require(GTest 1.12)
  find_package(Python3 3.11 COMPONENTS Interpreter REQUIRED)
endif()
if(HEADWATER_BENCH)
  headwater_require(benchmark 1.7)
endif()
