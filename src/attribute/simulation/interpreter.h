#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "attribute/simulation/builtins.h"
#include "attribute/simulation/code_table.h"
#include "attribute/simulation/objects.h"
#include "attribute/simulation/repairs.h"
#include "attribute/simulation/well_known.h"

namespace headwater::attribute {

/// How a statement ends. `maybe` is the set of other ways in which it may have ended: what follows
/// then may or may not run.
struct Flow {
  enum Kind : uint8_t { kNormal = 0, kRaise = 1, kReturn = 2, kBreak = 4, kContinue = 8 };
  Kind kind = kNormal;
  uint8_t maybe = 0;
  bool is_normal() const { return kind == kNormal; }
};

/// A `try` or `with` whose body runs: whether it may have been left by an exception that is not
/// known.
struct Guarded {
  bool may_raise = false;         // a call or an attribute of an unknown object
  bool may_raise_import = false;  // an import that may fail
};

struct Frame {
  Scope* scope = nullptr;
  const Code* code = nullptr;
  Frame* below = nullptr;
  uint32_t line = 0;
  bool is_module = false;  // the frames above it belong to the same load
  bool has_returned = false;
  Value returned{};
};

/// One fresh interpreter in which one module is imported, simulated on the source. It holds three
/// kinds of knowledge: what certainly is, what is unknown (kUnknown), and code that may or may not
/// run, which runs *softly*: what it binds is joined with what was there, what it raises is
/// dropped. So every exception that leaves it is certain.
class Interpreter {
 public:
  /// Below `stack_limit` no module is run any more: what it does is unknown.
  Interpreter(const ModuleSource& source, Atoms& atoms, CodeTable& codes, const Repairs& repairs,
              const char* stack_limit);
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  /// Imports a module; kError: pending_error() says why.
  Value import_module(std::string_view dotted);
  const Error* pending_error() const { return pending_; }
  /// Whether the module is in sys.modules now.
  bool has_loaded(std::string_view dotted) const { return modules_.has(atoms_.intern(dotted)); }
  /// Whether the last import may fail for a reason that is not certain.
  bool is_uncertain() const { return loads_.front().uncertain; }

 private:
  struct Change {
    NameSpace* space;
    Atom name;
    Value before;
  };

  // Import machinery (Lib/importlib/_bootstrap.py, Python/import.c, Python/ceval.c).
  Value load(Atom name);
  Value load_new(Atom name, const FoundModule& found, Atom parent);
  const FoundModule* find(Atom name, Atom parent, const Value& holder, bool* unknown);
  const FoundModule* find_without_path(Atom name, Module& holder, bool* unknown);
  const FoundModule* find_statically(std::string_view dotted) const;
  Value missing_module(Atom name);
  Module* create(Atom name, const FoundModule& found);
  bool run_module(Module& module);
  bool run_body(Module& module);
  bool load_needs_of_extension(std::string_view name);
  Atom absolute_name(Atom name, uint32_t level, const Module& module, bool* failed);
  Value import_name(Atom name, uint32_t level, std::span<const Atom> from_list, Module& module);
  bool handle_from_list(const Value& module, std::span<const Atom> names, bool nested);
  bool handle_star_list(const Value& module);
  Value import_from(const Value& value, Atom name);
  void load_on_demand(const Value& value, Atom module, Atom name);
  bool import_star(const Value& value, Frame& frame);
  bool import_star_of_module(Module& module, Frame& frame);
  void store_public_names(const Module& module, bool may_lack, Frame& frame);
  bool injects_modules(Atom name) const;
  void note_injection();
  void note_path_change(const Value& path, Frame& frame);
  void note_use(const Value& module);
  void note_may_raise_import();
  bool stack_is_short() const;
  bool is_repaired(const Error& error) const;
  const CycleRepair::How* moved_import(const Frame& frame) const;
  Flow leave_out_import(NodeId node, CycleRepair::How how, Frame& frame);

  // Attributes.
  Value attribute(const Value& value, Atom name, bool* presence_unknown = nullptr);
  void for_callers(const std::function<void(Module&)>& visit);
  bool may_have(const Module& module, Atom name) const;
  void note_may_have(Module& module, Atom name);
  void show_callers();
  void open_callers();
  void note_in_callers(Atom name);
  Value module_attribute(Module& module, Atom name, bool* presence_unknown);
  Value opaque_attribute(Module& module, Atom name, bool* presence_unknown);
  Value absent_attribute(Module& module, Atom name);
  Value library_value(const Module& module, Atom name);
  Value of_distribution_finder(Module& module, Atom name);
  Value of_class(Class& type, Atom name, const Value& value);
  Value bound_method(const Value& function, const Value& self, const Value& type);
  Value class_attribute(Class& type, Atom name, bool* presence_unknown);
  bool find_in_class(const Class& type, Atom name, Value* value) const;
  Atom name_of_object(const Value& value) const;
  Value instance_attribute(const Value& self, Atom name, bool* presence_unknown);
  Value plain_attribute(const Value& value, Atom name);
  Truth has(const Value& value, Atom name, bool* failed);
  void set_attribute(const Value& holder, Atom name, const Value& value);

  // Names.
  Value look_up(Frame& frame, Atom name);
  Value missing_name(Frame& frame, Atom name);
  NameSpace& space_of(Frame& frame, Atom name);
  void open_names(Module& module);
  void bind(NameSpace& space, Atom name, const Value& value);
  void store(Frame& frame, Atom name, const Value& value);
  bool assign(NodeId target, const Value& value, Frame& frame);
  bool assign_sequence(NodeList targets, const Value& value, Frame& frame);
  bool assign_item(const Value& holder, const Value& key, const Value& value, Frame& frame);
  bool remove(NodeId target, Frame& frame);

  // Statements.
  Flow block(NodeList body, Frame& frame);
  Flow statement(NodeId node, Frame& frame);
  Flow rest_softly(NodeList body, size_t first, Frame& frame);
  Flow if_statement(NodeId node, Frame& frame);
  Flow for_statement(NodeId node, Frame& frame);
  Flow for_unknown(const syntax::For& loop, Frame& frame);
  Flow while_statement(NodeId node, Frame& frame);
  Flow with_statement(NodeId node, Frame& frame);
  Flow match_statement(NodeId node, Frame& frame);
  Flow try_statement(NodeId node, Frame& frame);
  Flow assert_statement(NodeId node, Frame& frame);
  Flow import_statement(NodeId node, Frame& frame);
  Flow import_from_statement(NodeId node, Frame& frame);
  Flow raise_statement(NodeId node, Frame& frame);
  Flow assign_statement(NodeId node, Frame& frame);
  Flow augmented_assignment(NodeId node, Frame& frame);
  Flow annotated_assignment(NodeId node, Frame& frame);
  Flow function_definition(NodeId node, Frame& frame);
  /// kSpecial: that run without being called by name; kUnfollowed: of these, all but those that
  /// make an object or hear of a subclass.
  enum class Methods : uint8_t { kAll, kSpecial, kUnfollowed };
  bool has_method_that_reaches_modules(const Class& type, Methods which);
  Flow class_definition(NodeId node, Frame& frame);
  /// Two branches of which one runs; `first_runs` and `second_runs` do the work.
  Flow either(const std::function<Flow()>& first, const std::function<Flow()>& second);
  Flow softly(const std::function<Flow()>& run);
  static Flow merged(Flow one, Flow two);
  /// Forgets an exception that may not have been raised.
  void drop(const Error& error);
  void note_may_raise() {
    if (guarded_ != nullptr) guarded_->may_raise = true;
  }

  // Guards.
  Truth matches(const Value& type, const Value& wanted);
  Truth handles(NodeId handler, const Value& type, Frame& frame, bool* failed);
  Flow run_handlers(const syntax::Try& guard, Frame& frame);
  Flow run_handler(NodeId handler, Error* error, Frame& frame);
  Flow merged_with_handlers(const syntax::Try& guard, const Guarded& guarded, Flow flow,
                            const std::vector<Change>& changes, Frame& frame);
  Flow block_after(NodeList body, Flow before, Frame& frame);
  bool catches_unknown(NodeId handler, const Guarded& guarded, Frame& frame);
  Flow finally(const syntax::Try& guard, Flow flow, Frame& frame);
  enum class Swallow : uint8_t { kNever, kSome, kMaybe };
  Swallow swallows(const Value& manager, std::vector<Suppressor*>& suppressors);

  // Errors.
  Error* new_error(const Value& type);
  Value raise(Error* error) {
    pending_ = error;
    return Value::error();
  }
  Value raise(const char* exception, ImportFailureKind kind = ImportFailureKind::kRaises,
              Atom module = kNoAtom, Atom symbol = kNoAtom, Atom name = kNoAtom);
  void add_frames(Error& error) const;
  bool pending_is(const char* exception);
  void describe_attribute_error(Error& error);
  Error* take_pending();

  // Definitions.
  bool evaluate_signature(const syntax::Arguments& arguments, NodeId returns, Function* function,
                          Frame& frame);
  bool decorate(NodeList decorators, std::span<const Value> marks, Value* value, Frame& frame);
  bool evaluate_list(NodeList nodes, std::vector<Value>& values, Frame& frame);
  bool runs_annotations(const Frame& frame) const;
  bool evaluate_bases(const syntax::ClassDef& definition, Class& type, Frame& frame);
  Value class_base_error(const Value& base);
  static Value docstring(NodeList body, const Code& code);
  void bind_slots(Class& type);
  bool tell_bases(Class& type, Frame& frame);

  // Expressions.
  Value evaluate(NodeId node, Frame& frame);
  Value constant(NodeId node, Frame& frame);
  Value sequence(Tag tag, NodeList items, Frame& frame);
  Value dictionary(NodeId node, Frame& frame);
  Value joined_string(NodeId node, Frame& frame);
  Value comprehension(NodeId node, Frame& frame);
  void escape_called_in(NodeId root, Frame& frame);
  bool comprehension_item(NodeId node, const Value& item, Frame& frame, Sequence* list,
                          Dictionary* dictionary);
  Value conditional(NodeId node, Frame& frame);
  Value boolean_operation(NodeId node, Frame& frame);
  Value compare(NodeId node, Frame& frame);
  Value subscript(NodeId node, Frame& frame);
  Value item(const Value& holder, const Value& key, bool may_raise);
  Truth compare_once(CompareOperator op, const Value& left, const Value& right);
  Value unary_operation(NodeId node, Frame& frame);
  Value binary(BinaryOperator op, const Value& left, const Value& right);
  Truth equal(const Value& left, const Value& right) const;
  Truth less(const Value& left, const Value& right, bool or_equal) const;
  Truth contains(const Value& holder, const Value& item);
  Truth identical(const Value& left, const Value& right) const;
  Truth truth(const Value& value);
  Value evaluate_children(NodeId node, Frame& frame);
  /// False: the items are not all known.
  bool items_of(const Value& value, std::vector<Value>& items);
  std::string_view text(const Value& value) const { return atoms_.text(value.atom()); }
  Value make_string(std::string_view text);
  bool string_of(const Value& value, std::string& out) const;

  // Calls.
  struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<Atom, Value>> keywords;
    bool exact = true;  // false: there are more
  };
  Value call_expression(NodeId node, Frame& frame);
  Value call(const Value& function, const Arguments& arguments, Frame& frame);
  void hand_over(const Arguments& arguments, bool to_library);
  void note_keywords(const Arguments& arguments, Module& caller);
  Value call_unknown(const Value& function, const Arguments& arguments, Frame& frame);
  Value call_class(const Value& type, const Arguments& arguments, Frame& frame);
  Value enter(Function& function, const Arguments& arguments);
  void bind_parameters(const Function& function, const Arguments& arguments, Scope& scope);
  Value call_native(Native native, const Value& owner, const Arguments& arguments, Frame& frame);
  Value native_import(Native native, const Arguments& arguments, Frame& frame);
  Value native_attribute(Native native, const Arguments& arguments);
  Value native_collection(Native native, const Arguments& arguments);
  Value native_scalar(Native native, const Arguments& arguments);
  Value native_namespace(Native native, const Arguments& arguments, Frame& frame);
  Value environment_variable(const Arguments& arguments);
  Value path_method(const Value& owner, std::string_view name, Frame& frame);
  Value find_spec(Atom name);
  Value find_distribution(Module& finder, const Arguments& arguments);
  Value string_method(const Value& owner, std::string_view name, const Arguments& arguments);
  Value list_method(const Value& owner, std::string_view name, const Arguments& arguments);
  Value dict_method(const Value& owner, std::string_view name, const Arguments& arguments);
  Value globals_method(Module& module, std::string_view name, const Arguments& arguments);
  Value modules_method(std::string_view name, const Arguments& arguments);
  /// Code that is not followed gets hold of `value`: what it can change is no longer known.
  void escape(const Value& value, uint32_t depth = 0);
  /// A name stands for `value` without its being known, so changes of it are not seen.
  void lose_sight(const Value& value);
  void lose_sight_of_items(const Value& container);
  void escape_held_by(const NameSpace& names, uint32_t depth);
  void escape_changed_by(const Function& function, uint32_t depth = 0);
  /// What is known of an object that is one or the other.
  Value either_of(const Value& a, const Value& b);
  bool is_exception_class(const Value& value) const;

  Truth match_pattern(NodeId pattern, const Value& subject, Frame& frame, bool* failed);
  void bind_pattern_names(NodeId pattern, Frame& frame);

  bool out_of_budget();

  const ModuleSource& source_;
  Atoms& atoms_;
  CodeTable& codes_;
  const Repairs& repairs_;
  const WellKnown& known_;
  Heap heap_;
  NameSpace modules_;  // sys.modules
  Scope entry_scope_;
  Frame entry_frame_;  // below all others; has no code
  Frame* frame_ = &entry_frame_;
  Guarded* guarded_ = nullptr;
  std::vector<Error*> handling_;
  Error* pending_ = nullptr;

  /// What the innermost soft run or `try` body has bound, each name with what was there before it;
  /// the first entry of a name counts.
  struct Journal {
    std::vector<Change> changes;
    uint32_t serial = 0;
    Journal* outer = nullptr;
  };
  void open_journal(Journal& journal);
  /// What was bound stays; the enclosing journal learns of it.
  void close_journal(Journal& journal);
  /// Takes back what was bound. The result has each name once, with the value that it had.
  std::vector<Change> undo_journal(Journal& journal);
  /// After two branches, of which one has run: `before` is what each has left.
  void bind_results(const std::vector<Change>& first, Flow first_flow,
                    const std::vector<Change>& second, Flow second_flow);

  Journal* journal_ = nullptr;
  uint32_t journals_ = 0;  // opened so far
  uint32_t soft_ = 0;      // code runs that may not run

  /// A module that is being loaded; the first one stands for the entry.
  struct Load {
    Module* module;
    bool uncertain;
  };
  std::vector<Load> loads_{{nullptr, false}};
  uint32_t calls_ = 0;        // that are open in the body that runs
  uint64_t steps_ = 0;        // in the body that runs
  size_t handling_base_ = 0;  // into handling_: where the body that runs begins
  const char* const stack_limit_;

  bool path_is_open_ = false;                 // sys.path was changed
  std::unordered_set<Atom> injecting_;        // top-level packages that add modules by themselves
  std::unordered_set<Atom> imports_unknown_;  // top-level packages that import names not known
  Sequence* version_info_ = nullptr;
};

}  // namespace headwater::attribute
