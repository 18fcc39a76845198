#pragma once

#include <string>

namespace stubkeeper::crawler {

// Values of a PDF's document information (ISO 32000-1 §14.3.3), as programs write them.

// A date of §7.9.4, "D:20260507093000+02'00'", or in another form that parse_date() knows; as far as it is
// certain, so the day alone where the offset cannot be read. "" where there is none.
std::string parse_pdf_date(std::string date);

// Whether a title is the name of a file or of a program's window ("report_v3.indd", "Book1", "Folie 1"):
// what is there where nobody wrote one.
bool is_placeholder_title(const std::string& title);

}  // namespace stubkeeper::crawler
