#pragma once

#include <memory>
#include <string>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/served_program.h"

namespace stubkeeper::testing {

// A knowledge base, and once it is served somebody who looks at its pages.
struct ServedKnowledgeBase {
  TestKnowledgeBase base;
  std::unique_ptr<ServedProgram> program;
  std::unique_ptr<TestBrowser> browser;

  void serve() {
    program = std::make_unique<ServedProgram>(base.kb);
    browser = std::make_unique<TestBrowser>(*program);
    browser->enter();
  }
  // The page at an address, which has to be there.
  std::string page(const std::string& address) {
    const auto got = browser->get(address);
    REQUIRE(got);
    REQUIRE(got->status == 200);
    return got->body;
  }
};

}  // namespace stubkeeper::testing
