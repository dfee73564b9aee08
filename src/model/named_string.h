#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/name_use.h"
#include "model/resolution.h"

namespace headwater {

/// A key of configuration files that the configuration says to name code.
struct OwnStringKey {
  std::string key;  // the last part
  NameUse use;
};

/// A string that some program takes for the name of something, with its place.
struct NamedString {
  std::string file;               // relative to the repository
  uint32_t file_id = UINT32_MAX;  // into SourceTree::files, of a Python source
  uint32_t line = 0;              // 1-based, of the text that was scanned
  uint32_t column = 0;            // 1-based code points
  std::string key;                // the way to it: `model.optimizer._target_`, `MIDDLEWARE`
  std::string name;               // as written, `a.b:c` included; interpolations resolved
  /// Who takes it so: "hydra", "entry point"; a constant, or of the file's facts.
  std::string_view reader;
  NameUse use = NameUse::kObject;  // what it has to be
  bool is_optional = false;        // what is not there is no error
  bool is_of_command = false;      // it is run in a folder that is not known
  std::string unknown_because;     // why `name` says nothing; empty: it does
  uint32_t viewer = UINT32_MAX;    // FileId: by whose search path it is found
};

/// What a NamedString leads to.
struct StringTarget {
  enum class State : uint8_t { kThere, kNoModule, kNoAttribute, kNoFile, kUnknown };
  State state = State::kUnknown;
  std::string module;   // the last module on the way that is there, dotted; empty: none
  std::string file;     // its file, absolute; empty: it has none
  std::string missing;  // the dotted name, or the path, that is not there
  ModuleOrigin origin = ModuleOrigin::kFirstParty;  // of `module`
  std::string why;                                  // kUnknown: a clause
};

}  // namespace headwater
