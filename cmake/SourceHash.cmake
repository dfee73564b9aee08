# cmake -DSOURCES=<folder of src/> -DOUTPUT=<header> -P SourceHash.cmake: writes what stored facts and answers depend on
# into a header, and leaves it alone where nothing has changed.
#   kProgramHash: of all sources; kScannerHash: of those that facts are made by.
function(hash_of result)
  set(all "")
  foreach(folder ${ARGN})
    file(GLOB_RECURSE files RELATIVE "${SOURCES}" "${SOURCES}/${folder}/*.cc" "${SOURCES}/${folder}/*.h" "${SOURCES}/${folder}/*.inc")
    if(NOT files)
      message(FATAL_ERROR "no sources in ${SOURCES}/${folder}")
    endif()
    list(SORT files)
    foreach(file ${files})
      file(SHA256 "${SOURCES}/${file}" digest)
      string(APPEND all "${file} ${digest}\n")
    endforeach()
  endforeach()
  string(SHA256 digest "${all}")
  string(SUBSTRING ${digest} 0 16 digest)
  set(${result} ${digest} PARENT_SCOPE)
endfunction()

hash_of(program .)
hash_of(scanner base model scan)
set(text "#pragma once

#include <cstdint>

namespace headwater {

inline constexpr uint64_t kProgramHash = 0x${program};
inline constexpr uint64_t kScannerHash = 0x${scanner};

}  // namespace headwater
")
set(old "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" old)
endif()
if(NOT old STREQUAL text)
  file(WRITE "${OUTPUT}" "${text}")
endif()
