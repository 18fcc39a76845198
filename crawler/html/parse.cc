#include "crawler/html/page_tree.h"

#include <gumbo.h>

#include <algorithm>
#include <csetjmp>
#include <memory>
#include <memory_resource>
#include <new>
#include <utility>
#include <vector>

#include "crawler/html/gumbo_input.h"

namespace stubkeeper::crawler {
namespace {

// The memory that the nodes of a tree are views of.
struct Storage {
  std::string html;
  std::pmr::monotonic_buffer_resource pool;
};

// Gumbo cannot fail, so that its allocator leaves it by longjmp when a limit is reached. Nothing is
// lost by that: all that gumbo holds is in `pool`. (Gumbo's own clean-up recurses as deep as the
// tree is.)
struct Memory {
  std::pmr::memory_resource& pool;
  std::size_t bytes_left;
  std::chrono::steady_clock::time_point deadline;
  std::size_t calls = 0;
  std::jmp_buf exhausted{};

  void* take(std::size_t bytes) {
    constexpr std::size_t calls_per_look_at_the_clock = 4096;
    const bool is_late =
        ++calls % calls_per_look_at_the_clock == 0 && std::chrono::steady_clock::now() > deadline;
    if (is_late || bytes > bytes_left) return nullptr;
    bytes_left -= bytes;
    try {
      return pool.allocate(bytes, alignof(void*));
    } catch (const std::bad_alloc&) {
      return nullptr;
    }
  }
};

void* allocate(void* memory, std::size_t bytes) {
  auto* self = static_cast<Memory*>(memory);
  void* taken = self->take(bytes);
  if (taken == nullptr) std::longjmp(self->exhausted, 1);
  return taken;
}

// In a function of its own, so that no local lives across setjmp. Null where a limit was reached.
const GumboOutput* run_gumbo(Memory& memory, const std::string& html) {
  if (setjmp(memory.exhausted) != 0) return nullptr;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = [](void*, void*) {};
  options.userdata = &memory;
  options.max_errors = 0;
  return gumbo_parse_with_options(&options, html.data(), html.size());
}

const GumboVector& children_of(const GumboNode* node) {
  return node->type == GUMBO_NODE_DOCUMENT ? node->v.document.children : node->v.element.children;
}

// The nodes in document order. Comments, templates and processing instructions are left out.
std::vector<PageTree::Node> flatten(const GumboNode* document, GumboInput& input,
                                    std::pmr::memory_resource& pool) {
  struct Open {
    const GumboNode* node;
    PageTree::Index index;
    unsigned int next_child;
  };
  std::vector<Open> open{{document, 0, 0}};
  std::vector<PageTree::Node> nodes;
  // An element mostly has two tags and a text on either side.
  constexpr std::ptrdiff_t max_estimate = 1'000'000;
  const std::ptrdiff_t tags = std::count(input.html.begin(), input.html.end(), '<');
  nodes.reserve(static_cast<std::size_t>(std::min(tags + tags / 2, max_estimate)) + 10);
  nodes.push_back({});
  while (!open.empty()) {
    Open& top = open.back();
    const GumboVector& children = children_of(top.node);
    const auto index = static_cast<PageTree::Index>(nodes.size());
    if (top.next_child >= children.length) {
      nodes[top.index].end = index;
      open.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children.data[top.next_child++]);
    if (child->type == GUMBO_NODE_ELEMENT) {
      nodes.push_back({top.index, index + 1, &child->v.element, child->v.element.tag, {}});
      open.push_back({child, index, 0});
    } else if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_CDATA ||
               child->type == GUMBO_NODE_WHITESPACE) {
      nodes.push_back(
          {top.index, index + 1, nullptr, GUMBO_TAG_LAST, input.restore(child->v.text.text, pool)});
    }
  }
  return nodes;
}

}  // namespace

Result<PageTree> parse_html(std::string html, const HtmlLimits& limits) {
  if (html.size() > limits.page_bytes) {
    return Error{ErrorCode::limit, "the page has " + std::to_string(html.size()) + " bytes", "",
                 "pages of up to " + std::to_string(limits.page_bytes) + " bytes are read"};
  }
  constexpr std::size_t tree_bytes_per_byte = 4;
  const std::size_t first_chunk = 4096 + html.size() * tree_bytes_per_byte;
  const std::shared_ptr<Storage> storage{
      new Storage{std::move(html), std::pmr::monotonic_buffer_resource{first_chunk}}};
  GumboInput input = make_gumbo_input(storage->html);
  Memory memory{storage->pool, limits.tree_bytes, std::chrono::steady_clock::now() + limits.time};
  const GumboOutput* output = run_gumbo(memory, input.html);
  if (output == nullptr) {
    return Error{ErrorCode::limit, "the page's markup takes too much memory or time to read", "",
                 "look whether the address really leads to a page for people"};
  }
  return PageTree{flatten(output->document, input, storage->pool), storage};
}

}  // namespace stubkeeper::crawler
