#include "tests/world/forms.h"

#include <array>
#include <string_view>
#include <vector>

namespace stubkeeper::world {
namespace {

using Forms = std::vector<std::string_view>;

const Forms& sentences_of(EventKind kind) {
  static const std::array<Forms, event_kind_count> forms{{
      {"{company} raised {amount} in a {round} led by {investor} on {date}.",
       "{company} closed a {round} of {amount} with {investor} on {date}.",
       "{company} secured {amount} from {investor} in a {round} that closed on {date}.",
       "{company} received {amount} in a {round} on {date}, with {investor} in the lead.",
       "On {date} {company} announced a {round} of {amount} from {investor}.",
       "Investors led by {investor} put {amount} into {company} in a {round} on {date}."},
      {"{company} launched the {product} on {date}, a {singular} rated at {rating}.",
       "{company} unveiled the {product} on {date}; the {singular} is rated at {rating}.",
       "{company} began to ship the {product} on {date}, and rates it at {rating}.",
       "{company} released the {product} on {date} with a rating of {rating}.",
       "The {product} of {company} went on sale on {date} and is rated at {rating}."},
      {"{company} appointed {person} as chief executive on {date}, in place of {former}.",
       "{person} became chief executive of {company} on {date} and follows {former}.",
       "{company} named {person} its chief executive on {date}; {former} left the board.",
       "{former} handed over to {person} as chief executive of {company} on {date}."},
      {""},  // a superseded figure is a fact, and told in the fact's own form
      {"{company} was founded in {year} and not later, its first invoices show.",
       "{company} was founded in {year}, as the register of companies says."},
      {"{company} signed a contract for {number} {plural} with {customer} on {date}.",
       "{customer} ordered {number} {plural} from {company} on {date}.",
       "{company} will deliver {number} {plural} to {customer} under a contract of {date}."},
      {"Join the free webinar of {company} on {later} and learn more about the {product}.",
       "Visit {company} at booth {number} of the fair in {town} from {later}.",
       "{company} is hiring {number} engineers in {town}: apply now.",
       "Register for the newsletter of {company} and download the {product} brochure today."},
  }};
  return forms[static_cast<std::size_t>(kind)];
}

const Forms& headlines_of(EventKind kind) {
  static const std::array<Forms, event_kind_count> forms{{
      {"New funding", "Investors back our growth", "Funding round closed"},
      {"Introducing the {product}", "New in our range: the {product}"},
      {"Change at the top", "New chief executive"},
      {""},
      {"From the archive"},
      {"Contract with {customer}", "New order from {customer}"},
      {"Meet us", "Do not miss it", "Join us"},
  }};
  return forms[static_cast<std::size_t>(kind)];
}

const Forms& sentences_of(Fact fact) {
  static const std::array<Forms, fact_count> forms{{
      {"{company} is a maker of {plural} in {town}.", "{company} makes {plural} in {town}."},
      {"{company} was founded in {year}.", "{company} has been at work since {year}."},
      {"{company} has {number} employees.", "{company} employs {number} people."},
      {"{company} delivers to customers in {number} countries.",
       "Customers of {company} come from {number} countries."},
      {"The works of {company} turns out {number} {plural} a year.",
       "{company} builds {number} {plural} a year."},
      {"{person} is the chief executive of {company}.", "The chief executive of {company} is {person}."},
  }};
  return forms[static_cast<std::size_t>(fact)];
}

// Puts the words in for their names in braces.
std::string fill(std::string_view form, const Words& words) {
  std::string text;
  while (!form.empty()) {
    const std::size_t open = form.find('{');
    text += form.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = form.find('}', open);
    text += words.at(std::string{form.substr(open + 1, close - open - 1)});
    form.remove_prefix(close + 1);
  }
  return text;
}

}  // namespace

std::string draw_sentence(Random& random, EventKind kind, const Words& words) {
  return fill(random.pick(sentences_of(kind)), words);
}

std::string draw_headline(Random& random, EventKind kind, const Words& words) {
  return fill(random.pick(headlines_of(kind)), words);
}

std::string write_fact(Fact fact, int form, const Words& words) {
  const Forms& forms = sentences_of(fact);
  return fill(forms[static_cast<std::size_t>(form) % forms.size()], words);
}

}  // namespace stubkeeper::world
