#pragma once

#include <string>
#include <unordered_set>

#include "base/file_system.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {

/// The modules of the repository that a framework loads by what they are called: those that Django
/// takes from each installed app, those that installed apps and the repository's own code ask every
/// app or package for (`autodiscover_modules("admin")`, `autodiscover_tasks()`), and who sets
/// DJANGO_SETTINGS_MODULE, which is started from outside. Rather too many than too few.
std::unordered_set<std::string> modules_loaded_of_apps(const FileSystem& files,
                                                       const StageOutputs& made);

}  // namespace headwater::pipeline
