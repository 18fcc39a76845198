#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::crawler {

// What the words of an element's class and id say that it is. The words are taken whole ("ad" is in "top-ad",
// not in "header"), from the names as CSS writes them: "post-content", "post_content", "postContent".
enum class NameHint { none, boilerplate, content };

NameHint hint_of_names(std::string_view class_names, std::string_view id);

// The words of a name, lower case.
std::vector<std::string> words_of_name(std::string_view name);

}  // namespace stubkeeper::crawler
