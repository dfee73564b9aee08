# Sanitizers and fuzzing, as options of one build folder.
include_guard(GLOBAL)
set(HEADWATER_SANITIZE "" CACHE STRING "sanitizers of the build: address,undefined or thread")
option(HEADWATER_FUZZ "build tests/fuzz/*.cc with libFuzzer (clang only)" OFF)

if(HEADWATER_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "HEADWATER_FUZZ needs clang: configure with -DCMAKE_CXX_COMPILER=clang++")
  endif()
  # The library is instrumented too: without coverage of it the fuzzer is blind.
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fsanitize=fuzzer-no-link>)
endif()
if(HEADWATER_SANITIZE)
  # An undefined operation ends the program, so that a test cannot pass over it.
  add_compile_options(-fsanitize=${HEADWATER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${HEADWATER_SANITIZE})
endif()

# One executable per file of tests/fuzz: fuzz_<name>. Called once headwater_core exists.
function(headwater_add_fuzzers)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/*.cc)
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} ${source})
    target_link_libraries(fuzz_${name} PRIVATE headwater_core)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endfunction()
