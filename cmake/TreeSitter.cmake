# headwater_tree_sitter: the tree-sitter runtime with the Python grammar. The program measures scripts by it, and in tests it
# is the second opinion on where import statements stand, independent of both our scanner and CPython's parser.
#
# Sources: deps/src, filled by scripts/deps; else the upstream projects, at the commits that the distributions of
# deps/pins.txt were made from (git's blob ids of their sources were compared: they are equal). The second way has never
# run: the machines that build headwater reach package registries only.
include_guard(GLOBAL)
enable_language(C)

set(runtime ${PROJECT_SOURCE_DIR}/deps/src/tree-sitter/tree_sitter/core/lib)
set(grammar ${PROJECT_SOURCE_DIR}/deps/src/tree-sitter-python/src)
if(NOT EXISTS ${runtime}/src/lib.c OR NOT EXISTS ${grammar}/parser.c)
  execute_process(COMMAND ${PROJECT_SOURCE_DIR}/scripts/deps)
endif()
if(NOT EXISTS ${runtime}/src/lib.c OR NOT EXISTS ${grammar}/parser.c)
  message(STATUS "scripts/deps brought no tree-sitter: cloning it from upstream")
  include(FetchContent)
  # SOURCE_SUBDIR names no folder, so that the projects' own builds are not added.
  FetchContent_Declare(tree_sitter GIT_REPOSITORY https://github.com/tree-sitter/tree-sitter.git
                       GIT_TAG f629fd4aed892685c581199da09387d85806b062 SOURCE_SUBDIR none)
  FetchContent_Declare(tree_sitter_python GIT_REPOSITORY https://github.com/tree-sitter/tree-sitter-python.git
                       GIT_TAG bffb65a8cfe4e46290331dfef0dbf0ef3679de11 SOURCE_SUBDIR none)
  FetchContent_MakeAvailable(tree_sitter tree_sitter_python)
  set(runtime ${tree_sitter_SOURCE_DIR}/lib)
  set(grammar ${tree_sitter_python_SOURCE_DIR}/src)
endif()

# The grammar includes "tree_sitter/parser.h", which its source distribution lacks: the runtime's own headers serve.
foreach(header parser.h alloc.h array.h ts_assert.h)
  configure_file(${runtime}/src/${header} ${PROJECT_BINARY_DIR}/grammar_headers/tree_sitter/${header} COPYONLY)
endforeach()

# For the few files that include it, and not for all that link it.
set(headwater_tree_sitter_include ${runtime}/include)
add_library(headwater_tree_sitter STATIC ${runtime}/src/lib.c ${grammar}/parser.c ${grammar}/scanner.c)
target_include_directories(headwater_tree_sitter PRIVATE ${runtime}/include ${runtime}/src ${PROJECT_BINARY_DIR}/grammar_headers)
target_compile_definitions(headwater_tree_sitter PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
set_target_properties(headwater_tree_sitter PROPERTIES C_STANDARD 11 C_VISIBILITY_PRESET hidden)
# Not ours: no warnings, and no sanitizer either, so that what one reports is always about headwater.
target_compile_options(headwater_tree_sitter PRIVATE -w -O2)
if(HEADWATER_SANITIZE)
  target_compile_options(headwater_tree_sitter PRIVATE -fno-sanitize=all)
endif()
