#pragma once

#include <optional>
#include <string>

#include "findings/world.h"

namespace headwater::findings {

/// Why a module or name of an installed distribution is not there.
struct InstalledFault {
  std::string_view code;  // HW211, HW212, HW213 or HW214
  const Distribution* distribution;
  std::string message;
  std::string suggestion;
  bool is_certain = false;  // the record has the very module that is missing
};

/// What the installed distributions say of `dotted`, a module or a name of one that is missing;
/// none if no distribution explains it.
std::optional<InstalledFault> installed_fault(const World& world, std::string_view dotted);

/// "numcore 2.6.0 is damaged: 10,412 of 10,598 files are gone".
std::string damage_text(const Distribution& distribution);
/// The same of what is built for another Python: "numcore 2.6.0 is built for CPython 3.9, ...".
std::string loss_text(const World& world, const Distribution& distribution);

}  // namespace headwater::findings
