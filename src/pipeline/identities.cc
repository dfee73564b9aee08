#include "pipeline/identities.h"

#include <iconv.h>
#include <source_hash.h>  // made by the build

namespace headwater::pipeline {
namespace {

/// iconv loads most encodings from files that slim systems leave out; these come together.
uint64_t encodings_of_system() {
  const iconv_t converter = iconv_open("UTF-8", "EUC-JP");
  if (converter == reinterpret_cast<iconv_t>(-1)) return 0;
  iconv_close(converter);
  return 1;
}

}  // namespace

uint64_t scanner_identity() { return kScannerHash ^ encodings_of_system(); }
uint64_t program_identity() { return kProgramHash ^ encodings_of_system(); }

}  // namespace headwater::pipeline
