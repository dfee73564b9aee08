#include "base/free_memory.h"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/// mimalloc's, in a program that is linked with it.
extern "C" void mi_collect(bool force) __attribute__((weak));

namespace headwater {

void give_back_free_memory() {
  if (mi_collect != nullptr) return mi_collect(true);
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace headwater
