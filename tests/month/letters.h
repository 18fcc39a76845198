#pragma once

#include <array>
#include <string>

#include "tests/month/play_month.h"

namespace stubkeeper::month {

// Whether a mail names this very address, and not only a longer one.
bool names_address(const std::string& mail, const std::string& address);

// A mail as it is kept: its paragraph in one line, and the folder of the knowledge base called KB.
std::string letter_of(const Month& month, int day);

// The days whose mails are kept in tests/month/letters: news, failures, what works again.
inline constexpr std::array days_with_kept_letters{3, 5, 9};

// Compares the mail of a day with the kept one in a check of Catch2. With STUBKEEPER_UPDATE_LETTERS=1 it is kept instead.
void check_letter(const Month& month, int day);

}  // namespace stubkeeper::month
