#pragma once

#include <memory>
#include <string>
#include <vector>

#include "findings/find.h"
#include "findings/world.h"
#include "model/graph_answers.h"
#include "pipeline/kept_world.h"
#include "pipeline/policy.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {

/// An audit with its graph at hand, for questions about it. It stays where it is: what is inside
/// refers to each other.
struct Attributed {
  StageOutputs made;
  std::unique_ptr<const findings::World> world;
  ImportGraph graph;
  findings::DirectFindings direct;
  std::vector<uint8_t> counted;
  EntryCauses entry_causes;
  Condensation condensation;
  Attribution attribution;
  std::vector<PlanStep> plan;
  std::vector<KeptSimulation> simulations;  // that this run has made, if they are to be kept
  Days days;                                // on which the same would come of the same files
};

/// From the resolved tree to causes and what they block.
std::unique_ptr<Attributed> attribute_causes(const FileSystem& files, const AuditOptions& options,
                                             StageOutputs made, const findings::FindOptions& find);

/// What the reports print. Takes findings and causes out of the audit: to be asked once, and last.
AuditReport report_of(Attributed& audit, const findings::FindOptions& options = {});

/// All stages, with nothing left out of the causes.
Result<std::unique_ptr<Attributed>> run_attributed(const FileSystem& files,
                                                   const AuditOptions& options,
                                                   Statistics& statistics, Progress& progress);

/// `subject` is a module's name, a file of the repository, or FILE:LINE.
/// By reason; the one of most modules first.
std::vector<UndecidedModules> undecided_modules(const FileSystem& files, const Attributed& audit);
Result<WhyAnswer> answer_why(const FileSystem& files, const Attributed& audit,
                             const std::string& subject);

struct Change {
  std::vector<std::string> install;  // distributions
  std::vector<std::string> remove;   // distributions
  std::vector<std::string> deleted;  // files and folders, relative to the repository
};
Result<WhatIfAnswer> answer_what_if(const Attributed& audit, const Change& change);

/// Cycles of statements that run at import time: the fatal ones first, then the largest.
std::vector<ImportCycle> answer_cycles(const FileSystem& files, const Attributed& audit);

Result<Neighbourhood> answer_neighbourhood(const Attributed& audit, const std::string& module,
                                           uint32_t depth);

/// First-party modules that no statement and no string of the repository names; sorted.
std::vector<std::string> answer_unused(const FileSystem& files, const Attributed& audit);

}  // namespace headwater::pipeline
