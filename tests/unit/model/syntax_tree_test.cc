#include "model/syntax_tree.h"

#include <gtest/gtest.h>

namespace headwater {
namespace {

TEST(SyntaxTree, GivesBackWhatWasBuilt) {
  SyntaxTree tree;
  const NameId x = tree.mutable_names().intern("x");
  const NodeId target = tree.add(NodeKind::kName, static_cast<uint8_t>(ExpressionContext::kStore),
                                 0, 1, syntax::Name{x});
  const NodeId value = tree.add(NodeKind::kConstant, static_cast<uint8_t>(ConstantKind::kInt), 4, 1,
                                syntax::Constant{{}, 7, 1});
  const auto targets = static_cast<uint32_t>(target);
  const NodeId assign =
      tree.add(NodeKind::kAssign, 0, 0, 1, syntax::Assign{{tree.add_words(&targets, 1)}, value});
  const auto body = static_cast<uint32_t>(assign);
  tree.set_root(tree.add(NodeKind::kModule, 0, 0, 1, syntax::Module{{tree.add_words(&body, 1)}}));

  const auto statements = tree.list(tree.get<syntax::Module>(tree.root()).body);
  ASSERT_EQ(statements.size(), 1U);
  ASSERT_EQ(tree.kind(statements[0]), NodeKind::kAssign);
  const auto read = tree.get<syntax::Assign>(statements[0]);
  for (const NodeId name : tree.list(read.targets)) {
    EXPECT_TRUE(tree.is_name(name, "x"));
    EXPECT_EQ(tree.context(name), ExpressionContext::kStore);
  }
  EXPECT_EQ(tree.constant_kind(read.value), ConstantKind::kInt);
  EXPECT_EQ(tree.get<syntax::Constant>(read.value).value, 7U);
  EXPECT_EQ(tree.offset(read.value), 4U);
}

TEST(SyntaxTree, AbsentListIsEmpty) {
  const SyntaxTree tree;
  EXPECT_TRUE(tree.list(NodeList{}).empty());
  EXPECT_EQ(tree.name(kNoName), "");
}

}  // namespace
}  // namespace headwater
