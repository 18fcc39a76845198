#pragma once

#include <array>

namespace stubkeeper::cli {

// The short list of reasons for a rejection, the same at the terminal and in the browser: a digit each, from
// 1 on. The drafter is told the words.
inline constexpr std::array<const char*, 9> common_rejection_reasons{"not news",
                                                          "not what the source says",
                                                          "not about this entry",
                                                          "not a source to rest on",
                                                          "advertising",
                                                          "badly written",
                                                          "out of date",
                                                          "belongs in another part",
                                                          "says nothing"};

}  // namespace stubkeeper::cli
