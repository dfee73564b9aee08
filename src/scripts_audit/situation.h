#pragma once

#include <string>

#include "model/script_report.h"

namespace headwater::scripts_audit {

/// From here on a text is nearly the same as another one.
inline constexpr double kNearDuplicate = 0.8;

/// The evidence on one script, as rules ask for it.
struct Situation {
  Situation(const ScriptsReport& report, const JudgedScript& judged);

  bool is_broken() const { return fault != nullptr; }
  bool is_named() const { return user != nullptr || document != nullptr; }
  /// A reference that may mean it, or a script that is judged itself.
  bool may_be_named() const { return doubtful != nullptr || script_user != nullptr; }
  bool is_unreferenced() const { return !is_named() && !may_be_named(); }
  /// Of a module of a package it is never said that it can go: a string or a plug-in may load it.
  /// A package among scripts may hold programs all the same.
  bool may_go() const {
    const bool is_module = !evidence.stands_alone || (evidence.is_in_package && starts_nothing());
    return is_unreferenced() && !is_module;
  }
  bool is_superseded() const { return evidence.twin && twin_is_used; }
  bool is_copy() const { return is_superseded() && evidence.twin->similarity == 1; }
  bool is_hard() const;
  bool is_long_untouched() const;
  bool is_worked_on() const;
  bool starts_nothing() const;

  const ScriptEvidence& evidence;
  const HistoryScope& scope;
  const ScriptReference* user = nullptr;         // a program, certainly
  const ScriptReference* document = nullptr;     // certainly
  const ScriptReference* script_user = nullptr;  // certainly
  const ScriptReference* doubtful = nullptr;     // none of these
  const ScriptFault* fault = nullptr;            // that ends the script whenever it is run
  bool twin_is_used = false;                     // the script that is nearly the same
};

/// What there is to say for the verdict, on one line.
std::string reason_of(const Situation& situation);

}  // namespace headwater::scripts_audit
