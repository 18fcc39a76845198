#include "crawler/extract/page_view.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "crawler/extract/name_hints.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

constexpr std::size_t min_posts = 2;
constexpr double min_prose_share = 0.7;
// A first letter is often in place of a portrait.
constexpr std::size_t min_name_bytes = 2;
constexpr std::size_t max_name_bytes = 60;

struct ElementGroup {
  std::vector<Index> members;  // outermost ones
  std::size_t text = 0;
  std::size_t prose = 0;
};

// The tag and the class without its digits, which count posts.
std::string element_signature(const PageTree& page, Index node) {
  std::string signature = std::to_string(static_cast<int>(page.tag(node)));
  signature += ' ';
  for (const char c : page.attribute(node, "class").substr(0, 200)) {
    if (!is_ascii_digit(c)) signature += c;
  }
  if (const std::string_view property = page.attribute(node, "itemprop"); !property.empty())
    signature.append(" ").append(property.substr(0, 50));
  return signature;
}

std::unordered_map<std::string, ElementGroup> group_elements(const PageTree& page,
                                                             const std::vector<bool>& dropped,
                                                             const TextSizes& sizes) {
  std::unordered_map<std::string, ElementGroup> groups;
  for (Index i = 0; i < page.size(); ++i) {
    if (dropped[i] || page.is_text(i) || sizes.text[i] == 0) continue;
    if (!page.has_attribute(i, "class") && !page.has_attribute(i, "itemprop")) continue;
    ElementGroup& group = groups[element_signature(page, i)];
    if (!group.members.empty() && i < page[group.members.back()].end) continue;
    group.members.push_back(i);
    group.text += sizes.text[i];
    group.prose += sizes.prose[i];
  }
  return groups;
}

// Of the kinds that hold nearly all of the prose that any holds, the one with the least beside it.
const ElementGroup* find_body_group(const std::unordered_map<std::string, ElementGroup>& groups,
                                    std::size_t all_prose) {
  std::size_t max_prose = 0;
  for (const auto& [signature, group] : groups) {
    if (group.members.size() >= min_posts) max_prose = std::max(max_prose, group.prose);
  }
  if (max_prose == 0 || static_cast<double>(max_prose) < min_prose_share * static_cast<double>(all_prose))
    return nullptr;
  const ElementGroup* best = nullptr;
  for (const auto& [signature, group] : groups) {
    if (group.members.size() < min_posts || 20 * group.prose < 19 * max_prose) continue;
    if (best == nullptr || group.text < best->text ||
        (group.text == best->text && group.members.front() > best->members.front()))
      best = &group;
  }
  return best;
}

bool is_member_page_address(std::string_view address) {
  for (const std::string_view part :
       {"/user", "/member", "/profile", "/u/", "/people/", "memberlist", "member.php", "profile.php"}) {
    if (address.find(part) != std::string_view::npos) return true;
  }
  return false;
}

bool is_short_text(const PageTree& page, Index node) {
  if (page[node].end - node > 30) return false;
  const std::size_t bytes = page.text(node, 10 * max_name_bytes).size();
  return bytes >= min_name_bytes && bytes <= max_name_bytes;
}

// The day on which its author joined is no date of a post, nor is any other in a list of
// particulars.
bool is_about_membership(const PageTree& page, Index text) {
  if (page.tag(page[text].parent) == GUMBO_TAG_DD) return true;
  constexpr std::size_t bytes_around = 200;
  const std::string context = ascii_lower(page.text(page[page[text].parent].parent, bytes_around));
  return context.find("joined") != std::string::npos || context.find("registered") != std::string::npos ||
         context.find("member since") != std::string::npos;
}

// The author and date among the nodes of a post that are no part of its body.
class PostContext {
 public:
  PostContext(const PageTree& page, const std::vector<bool>& dropped, Index post, Index body)
      : page_(page), dropped_(dropped), post_(post), body_(body) {}

  // A link to the author's page, else an element that is called the author.
  Index author() const {
    const Index linked = first([&](Index i) {
      return page_.tag(i) == GUMBO_TAG_A && is_member_page_address(page_.attribute(i, "href")) &&
             is_short_text(page_, i);
    });
    if (linked != 0) return linked;
    return first([&](Index i) {
      return has_name_word(page_, i, {"class", "itemprop"},
                           {"author", "username", "nickname", "creator", "poster"}) &&
             is_short_text(page_, i);
    });
  }

  // A <time>, an element that is called the date, else a text that is one.
  Index date() const {
    const Index named = first([&](Index i) {
      const bool is_date_element =
          page_.tag(i) == GUMBO_TAG_TIME ||
          has_name_word(page_, i, {"class", "itemprop"}, {"date", "datetime", "posted"});
      return is_date_element && is_short_text(page_, i);
    });
    if (named != 0) return named;
    return first([&](Index i) {
      constexpr std::size_t max_bytes = 100;
      return page_.is_text(i) && page_[i].text.size() < max_bytes &&
             find_date(page_[i].text).size() >= iso_day_bytes && !is_about_membership(page_, i);
    });
  }

 private:
  template <class Test>
  Index first(const Test& test) const {
    // A post's head is short; where many bodies are in one element, it is not searched for each.
    constexpr Index max_nodes = 2000;
    const Index end = std::min(page_[post_].end, post_ + max_nodes);
    for (Index i = post_; i < end; ++i) {
      if (i == body_ || dropped_[i]) {
        i = page_[i].end - 1;
      } else if (test(i)) {
        return i;
      }
    }
    return 0;
  }

  const PageTree& page_;
  const std::vector<bool>& dropped_;
  Index post_;
  Index body_;
};

}  // namespace

std::vector<ForumPost> find_forum_posts(const PageTree& page, const std::vector<bool>& dropped,
                                        const TextSizes& sizes) {
  const auto groups = group_elements(page, dropped, sizes);
  const ElementGroup* bodies = find_body_group(groups, sizes.prose[0]);
  if (bodies == nullptr) return {};
  // The least element that holds all bodies; its children, or theirs, are the posts.
  Index thread = page[bodies->members.front()].parent;
  while (page[thread].end < page[bodies->members.back()].end) thread = page[thread].parent;
  std::vector<ForumPost> posts;
  for (const Index body : bodies->members) {
    Index post = body;
    while (page[post].parent != thread) post = page[post].parent;
    const PostContext context{page, dropped, post, body};
    posts.push_back({context.author(), context.date(), body});
  }
  return posts;
}

}  // namespace stubkeeper::crawler
