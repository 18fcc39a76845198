#pragma once

#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::crawler {

// HTML in the form in which gumbo reads it quickly.
//
// Markup is bounded, since gumbo takes quadratic time on it otherwise: elements nest 256 deep (in
// browsers 512), a tag has 200 attributes. Tags beyond that are left out, their text stays.
// Formatting elements that are never closed (<b>, <font>), which gumbo opens again in each block,
// are open 40 times of a name, and are closed for good once that makes 100,000 elements. Markup
// within these bounds is not changed.
//
// Longer texts, on which gumbo would spend most of its time, are replaced by marks: a private-use
// character that the page does not have, a number and ";".
struct GumboInput {
  std::string html;
  std::string mark;                     // the character
  std::vector<std::string_view> texts;  // the replaced ones, by number

  // `text`, from a node that gumbo made of `html`, with the replaced texts: a piece of the
  // original, or in `memory`. Each mark is replaced once, so that the whole is no longer than the
  // original.
  std::string_view restore(std::string_view text, std::pmr::memory_resource& memory);
};

// Whether a text is certain to mean itself in HTML.
bool is_plain_text(std::string_view html);

// Of HTML in valid UTF-8, which has to outlive the result.
GumboInput make_gumbo_input(std::string_view html);

}  // namespace stubkeeper::crawler
