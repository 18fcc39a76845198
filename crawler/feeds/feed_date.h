#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// A date of a feed or sitemap, as parse_date() gives it ("" where it is none). There, where nothing but a
// date is meant, more is taken for one than on a page: with whatever word in place of the weekday ("Вт, 15
// Aug 2023"), with a zone said twice ("-0700 PDT", "+00:00[Europe/London]", "+00:00Z"), as a day of the year
// ("2003-365"), in Chinese or Japanese signs ("2023年8月15日"), and as Unix seconds or milliseconds since
// 2001 ("1692109800").
std::string parse_feed_date(std::string_view text);

}  // namespace stubkeeper::crawler
