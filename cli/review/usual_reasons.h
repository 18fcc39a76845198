#pragma once

#include <array>

namespace stubkeeper::cli {

// The short list of reasons for a rejection, the same at the terminal and in the browser, from 1 on.
inline constexpr std::array<const char*, 6> usual_reasons{"not news",
                                                          "not what the source says",
                                                          "not about this entry",
                                                          "not a source to rest on",
                                                          "advertising",
                                                          "badly written"};

}  // namespace stubkeeper::cli
