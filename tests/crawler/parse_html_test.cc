#include "crawler/html/page_tree.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <sstream>

#include "crawler/extract/blocks.h"
#include "tests/support/catch.h"
#include "tests/support/gumbo_tree.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;

namespace {

// Tags, attributes and texts in document order.
std::string outline(const PageTree& tree) {
  std::string text;
  for (const PageTree::Node& node : tree.nodes()) {
    text += std::to_string(node.parent) + '-' + std::to_string(node.end) + ' ' + std::to_string(node.tag) +
            ' ' + std::string{node.text};
    for (unsigned i = 0; node.element != nullptr && i < node.element->attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(node.element->attributes.data[i]);
      text += std::string{" "} + attribute->name + '=' + attribute->value;
    }
    text += '\n';
  }
  return text;
}

std::string outline(const std::string& html) {
  const auto tree = parse_html(html);
  REQUIRE(tree.ok());
  return outline(*tree);
}

}  // namespace

TEST_CASE("HTML has the tree that gumbo makes of it") {
  std::vector<std::string> parts{" ",
                                 "\n",
                                 "<!-- c -->",
                                 "< 5",
                                 "<?php so it is said ?>",
                                 "<a href=x>",
                                 "\r",
                                 "\x01",
                                 "\x7F",
                                 "\xC2\x92\xEF\xBF\xBE",
                                 "\U0010FFFD0;",
                                 "<div title=\"a > b, or so it is said\">",
                                 "a text of some words, long enough",
                                 " it begins with a space and has several words",
                                 "in Schrift für Leser \xE2\x80\x94 lang genug dafür"};
  std::istringstream without_spaces{R"(
    <p> </p> <b> </b> </a> <div> </div> <ul> <li> </li> </ul> <dl> <dd> </dl> <h2> </h2> <pre> </pre> <br> <hr> <img> <address>
    <table> <caption> </caption> <colgroup> <col> <tbody> <tr> <td> <th> </td> </tr> </tbody> </table> <span> </span> <x> </x>
    <svg> <svg/> <![CDATA[ ]]> <select> <option> <textarea> </textarea> <plaintext> <title>t</title>
    <script> </script> <style>s</style> <body> </body> </br> <!doctype> </> <!> <!--> --!> text &amp; &ampx &notit; &#128;)"};
  std::copy(std::istream_iterator<std::string>{without_spaces}, {}, std::back_inserter(parts));
  std::mt19937 random{4};
  for (int i = 0; i < 20'000; ++i) {
    std::string html;
    for (std::size_t count = random() % 12 + 1; count > 0; --count) html += parts[random() % parts.size()];
    INFO(html);
    REQUIRE(outline(html) == outline(parse_with_gumbo_alone(html)));
  }
}

TEST_CASE("a page may have the characters that mark replaced texts") {
  const std::string text = "\U0010FFFD0; and a text that is long enough to be replaced \U0010FFFC1;";
  CHECK(html_to_text("<p>" + text) == text);
  // As references they move a text, and never multiply it.
  CHECK(html_to_text("<p>&#x10FFFD;0;&#x10FFFD;0;<p>a text that is long enough to be replaced") ==
        "a text that is long enough to be replaced");
}

TEST_CASE("text without markup is text") {
  CHECK(html_to_text(" Pumps,  and\nfans ") == "Pumps, and fans");
  CHECK(html_to_text("Fish &amp; chips") == "Fish & chips");
  CHECK(html_to_text("") == "");
}
