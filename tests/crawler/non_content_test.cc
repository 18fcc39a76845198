// The pages here are written by hand, after the forms that servers, content systems and services are known to
// send.

#include "crawler/content.h"
#include "crawler/extract/page_features.h"
#include "crawler/extract/phrases.h"
#include "tests/support/catch.h"

using namespace stubkeeper::crawler;

namespace {

const std::string address = "https://example.org/news/pumps-2026";

std::string detected_kind(const std::string& html, const std::string& from = address) {
  const auto content = parse_page(html, "text/html; charset=utf-8", from);
  INFO((content.ok() ? "" : content.error().text()));
  REQUIRE(content.ok());
  const NonContentInfo* kind = find_non_content_info(content->non_content);
  return kind == nullptr ? "" : std::string{kind->id};
}

std::string page(const std::string& title, const std::string& body) {
  return "<!doctype html><html><head><title>" + title + "</title></head><body>" + body + "</body></html>";
}

// Sentences of an article, about `bytes` of them, no two alike.
std::string prose(std::size_t bytes) {
  std::string text;
  for (int hall = 1; text.size() < bytes; ++hall) {
    const std::string number = std::to_string(hall);
    text += "<p>Hall " + number + " of the works in Graz makes four hundred pumps a day. A line for hall " +
            number + " is to open in the spring of 2027.</p>";
  }
  return text;
}

const std::string navigation =
    "<nav><a href=/>Home</a><a href=/products>Products</a><a href=/news>News</a><a href=/about>About "
    "us</a></nav>";

}  // namespace

TEST_CASE("an error page sent with 200 is told by its title or heading, in many languages") {
  for (const std::string title : {"404",
                                  "404 Not Found",
                                  "Page not found | Example",
                                  "Example - Error 404: Page not found",
                                  "Oops! Page Not Found",
                                  "Seite nicht gefunden – Beispiel",
                                  "Fehler 404 | Beispiel",
                                  "Page introuvable - Exemple",
                                  "Erreur 404 - Page non trouvée",
                                  "Página no encontrada | Ejemplo",
                                  "Página não encontrada - Exemplo",
                                  "Pagina non trovata | Esempio",
                                  "Pagina niet gevonden | Voorbeeld",
                                  "Sidan hittades inte",
                                  "Nie znaleziono strony",
                                  "Stránka nenalezena",
                                  "Страница не найдена",
                                  "ページが見つかりません | 例",
                                  "页面不存在",
                                  "페이지를 찾을 수 없습니다",
                                  "500 Internal Server Error",
                                  "503 Service Temporarily Unavailable"}) {
    INFO(title);
    CHECK(detected_kind(page(title, navigation + "<h1>" + title + "</h1><p>Try the search.</p>")) ==
          "error-page");
    CHECK(detected_kind(page(
              title, navigation + "<main><p>Perhaps one of these helps:</p><ul><li><a href=/a>Pumps that we "
                                  "made in spring</a><li><a href=/b>All our works</a></ul></main>")) ==
          "error-page");
    CHECK(detected_kind(page("Example", navigation + "<main><h1>" + title +
                                            "</h1><p>Go back home.</p></main>")) == "error-page");
  }
}

TEST_CASE("an error page is told by its sentences, marks and address too") {
  CHECK(detected_kind(
            page("Example",
                 "<main><h2>Hm.</h2><p>The page you are looking for has moved or never was.</p></main>")) ==
        "error-page");
  CHECK(detected_kind(
            page("Beispiel", "<main><p>Die von Ihnen aufgerufene Seite gibt es nicht mehr.</p></main>")) ==
        "error-page");
  CHECK(
      detected_kind(
          "<html><title>Example</title><body class='error404 wp-custom'><h1>Hm</h1><p>Look around a little, "
          "there is much to see in our shop and in the magazine.</p></body></html>") == "error-page");
  CHECK(detected_kind("<html><head><title>Example</title><meta name=prerender-status-code "
                      "content=404></head><body><p>Our "
                      "newest things are here for you to see today.</p></body></html>") == "error-page");
  CHECK(detected_kind(page("Example", "<p>Let us take you back to the things that we make and sell.</p>"),
                      "https://example.org/404.html") == "error-page");
}

TEST_CASE("a page about errors is no error page") {
  CHECK(detected_kind(page("How to fix 404 page not found errors | Example",
                           "<article><h1>How to fix 404 page not found "
                           "errors</h1>" +
                               prose(900) + "</article>")) == "");
  CHECK(detected_kind(page("HTTP 404 - Encyclopedia", "<main><h1>HTTP 404</h1>" + prose(4000) + "</main>")) ==
        "");
  CHECK(detected_kind(page("404 Media", "<main><h1>Pumps for all</h1><p>Short news.</p></main>")) == "");
  CHECK(detected_kind(page("Fortune 500",
                           "<main><h1>Fortune 500</h1><ul><li>Pumpwerk<li>Brickhearth</ul></main>")) == "");
  CHECK(detected_kind(page("Gone", "<article><h1>Gone</h1>" + prose(500) + "</article>")) == "");
  CHECK(detected_kind(page("Page not found", "<article><h1>Page not found: a history</h1>" + prose(3000) +
                                                 "</article>")) == "");
  CHECK(detected_kind(page("Lost in Graz", "<article><p>Found the page you are looking for? We write about " +
                                               prose(600) + "</article>")) == "");
  CHECK(detected_kind(page("Area code 404",
                           "<article><h1>Area code 404</h1><p>It serves Atlanta.</p></article>")) == "");
}

TEST_CASE("a check for robots is told by its words, in many languages") {
  struct Case {
    std::string title;
    std::string text;
  };
  for (const Case& one : std::vector<Case>{
           {"Just a moment...", "Checking your browser before accessing example.org."},
           {"Attention Required!", "Sorry, you have been blocked"},
           {"Access Denied",
            "You don't have permission to access this page on this server. Reference #18.2f"},
           {"Pardon Our Interruption", "Something about your browser made us think you were a bot."},
           {"Robot Check",
            "Enter the characters you see below. Sorry, we just need to make sure you're not a robot."},
           {"example.org", "Please verify you are human to go on."},
           {"Example", "Our systems have detected unusual traffic from your computer network."},
           {"Einen Moment…", "Bestätigen Sie, dass Sie ein Mensch sind."},
           {"Un instant…", "Vérifiez que vous êtes humain en effectuant l’action ci-dessous."},
           {"Un momento…", "Verifique que es un ser humano."},
           {"Um momento…", "Confirme que você é humano."},
           {"Un momento…", "Verifica di essere umano."},
           {"Even geduld", "Verifieer dat u een mens bent."},
           {"Cierpliwości...", "Potwierdź, że jesteś człowiekiem."},
           {"Один момент…", "Подтвердите, что вы человек."},
           {"しばらくお待ちください...", "人間であることを確認します"},
           {"请稍候…", "请完成安全验证"},
           {"잠시만 기다리십시오…", "사람인지 확인"}}) {
    INFO(one.title << " / " << one.text);
    CHECK(detected_kind(page(one.title, "<div><h1>example.org</h1><p>" + one.text +
                                            "</p></div><script>x()</script>")) == "bot-challenge");
  }
}

TEST_CASE("a check for robots is told by its markup where it says nothing") {
  CHECK(detected_kind(page("example.org",
                           "<div class=main-wrapper></div><script>window._cf_chl_opt={cvId:'3'}</script>")) ==
        "bot-challenge");
  CHECK(detected_kind(
            page("",
                 "<p id=cmsg>Please enable JS and disable any ad blocker</p><script src='https://ct.captcha-"
                 "delivery.com/c.js'></script>")) == "bot-challenge");
  CHECK(detected_kind(page("", "<iframe src='/_Incapsula_Resource?CWUDNSAI=9'></iframe>")) ==
        "bot-challenge");
  CHECK(detected_kind(page("example.org", "<form id=f action=/go><div class=g-recaptcha></div></form>")) ==
        "bot-challenge");
}

TEST_CASE("a page with a captcha or about robots is no check for robots") {
  CHECK(detected_kind(
            page("Contact",
                 "<main><h1>Contact us</h1><p>Write to us, we answer within two days.</p><form><input "
                 "name=name><input name=mail type=email><textarea></textarea><div "
                 "class=g-recaptcha></div><p>Confirm "
                 "you are not a robot</p></form></main>")) == "");
  CHECK(detected_kind(
            page("Just a Moment", "<article><h1>Just a Moment</h1>" + prose(1200) + "</article>")) == "");
  CHECK(detected_kind(
            page("How sites verify you are human",
                 "<article><h1>How sites verify you are human</h1>" + prose(2500) + "</article>")) == "");
  CHECK(detected_kind(page("Pumps", "<main><h1>Pumps</h1>" + prose(1100) +
                                        "</main><script src='/cdn-cgi/challenge-platform/"
                                        "scripts/jsd/main.js'></script>")) == "");
}

TEST_CASE("a parked or suspended domain and a server's default page are told, in many languages") {
  for (const std::string text :
       {"This domain is for sale!", "Buy this domain.",
        "The domain example.org may be for sale. This domain may be "
        "for sale.",
        "This domain has expired.", "This Account has been suspended.", "Diese Domain steht zum Verkauf.",
        "Ce domaine est à vendre", "Este dominio está en venta", "Este domínio está à venda",
        "Questo dominio è in vendita", "Dit domein is te koop", "Domena na sprzedaż",
        "Tato doména je na prodej", "Этот домен продаётся", "このドメインは販売中です", "该域名出售"}) {
    INFO(text);
    CHECK(detected_kind(
              page("example.org",
                   "<h1>" + text + "</h1><p>Related searches</p><ul><li><a href=/1>Pumps</a></ul>")) ==
          "parked-domain");
    CHECK(detected_kind(page("example.org", "<div><p>" + text + "</p></div>")) == "parked-domain");
  }
  CHECK(detected_kind(page("Welcome to nginx!",
                           "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is "
                           "successfully installed and working. Further configuration is required.</p>")) ==
        "parked-domain");
}

TEST_CASE("a page that speaks of domains is not parked") {
  CHECK(detected_kind(page("Who bought pumps.com?",
                           "<article><h1>Who bought pumps.com?</h1><p>For years it said: this domain "
                           "is for sale.</p>" +
                               prose(1500) + "</article>")) == "");
  CHECK(detected_kind(page(
            "Domains",
            "<main><h1>Our domains</h1><p>We look after 12 domains of our customers.</p></main>")) == "");
}

TEST_CASE("a question for consent is told by what it asks and its button, in many languages") {
  struct Case {
    std::string text;
    std::string button;
  };
  for (const Case& one : std::vector<Case>{
           {"We and our 842 partners store cookies on your device and process personal data such as your "
            "address for "
            "personalised advertising. You can withdraw your consent at any time.",
            "Accept all"},
           {"Wir und unsere Partner verwenden Cookies und verarbeiten personenbezogene Daten für "
            "personalisierte "
            "Werbung. Mit Ihrer Zustimmung ist das Angebot kostenlos.",
            "Alle akzeptieren"},
           {"Avec votre consentement, nos partenaires et nous utilisons des cookies pour traiter des données "
            "personnelles comme votre visite sur ce site.",
            "Tout accepter"},
           {"Nosotros y nuestros socios usamos cookies y tratamos datos personales con su consentimiento "
            "para "
            "publicidad.",
            "Aceptar y continuar"},
           {"Nós e os nossos parceiros usamos cookies e tratamos dados pessoais com o seu consentimento.",
            "Aceitar tudo"},
           {"Noi e i nostri partner usiamo cookie e trattiamo dati personali con il tuo consenso.",
            "Accetta tutto"},
           {"Wij en onze partners gebruiken cookies en verwerken persoonsgegevens met uw toestemming.",
            "Alles accepteren"},
           {"My i nasi partnerzy używamy cookie i przetwarzamy dane osobowe za Twoją zgodą.",
            "Przejdź do serwisu"},
           {"当サイトはクッキーを使用します。プライバシーに同意してください。", "同意する"}}) {
    INFO(one.text);
    CHECK(detected_kind(page("Example", "<div class=wrap><h1>Example</h1><p>" + one.text +
                                            "</p><form action=/consent><button>" + one.button +
                                            "</button></form></div>")) == "consent-wall");
  }
  CHECK(detected_kind(page(
            "Before you continue",
            "<div class=consent-dialog><h1>Before you continue</h1><p>We use cookies and "
            "data to personalized ads with our partners.</p><input type=submit value='Accept all'></div>")) ==
        "consent-wall");
  // Below a headline that asks for it, one word is enough with what the button says.
  CHECK(detected_kind(
            page("Before you continue",
                 "<main><h1>Before you continue</h1><p>We use cookies and data to deliver and maintain "
                 "our services. Accept all cookies to continue.</p><button>Accept "
                 "all</button><button>Reject all</button></main>")) == "consent-wall");
  CHECK(detected_kind(
            page("Bevor Sie fortfahren",
                 "<main><h1>Bevor Sie fortfahren</h1><p>Wir verwenden Cookies. Bitte wählen Sie \"Alle "
                 "akzeptieren\", um fortzufahren.</p><button>Alle akzeptieren</button></main>")) ==
        "consent-wall");
}

TEST_CASE("a page with a cookie notice, or about cookies, is content") {
  CHECK(detected_kind(page("Cookies",
                           "<main><h1>Cookies</h1><p>Bake the cookies until they are brown at the "
                           "edges, and let them cool on a rack.</p></main><button>Accept "
                           "all</button>")) == "");
  const std::string notice =
      "<div class=cookie-banner><p>We use cookies and process personal data with our "
      "partners.</p><button>Accept "
      "all</button></div>";
  CHECK(detected_kind(page(
            "Pumps", notice + "<main><h1>Pumps</h1><p>The pump P4 moves four litres a second.</p></main>")) ==
        "");
  CHECK(detected_kind(
            page("Pumps",
                 "<div><p>We use cookies and process personal data with our partners.</p><button>Accept "
                 "all</button></div><main><h1>Pumps</h1>" +
                     prose(600) + "</main>")) == "");
  CHECK(detected_kind(page("Cookie policy | Example",
                           notice + "<main><h1>Cookie policy</h1><p>This page says which cookies we "
                                    "set and which partners see personal data.</p></main>")) == "");
  CHECK(detected_kind(page(
            "Datenschutzerklärung",
            notice + "<main><h1>Datenschutz</h1><p>Cookies setzen wir nur mit "
                     "Einwilligung, und personenbezogene Daten gehen an keine Partner.</p></main>")) == "");
}

TEST_CASE("a login in place of the page is told, in many languages") {
  for (const std::string title : {"Log in", "Sign in | Example", "Anmelden - Beispiel", "Connexion",
                                  "Iniciar sesión | Ejemplo", "Entrar", "Accedi", "Inloggen", "Logga in",
                                  "Zaloguj się", "Přihlášení", "Вход", "ログイン", "登录", "로그인"}) {
    INFO(title);
    CHECK(detected_kind(
              page(title,
                   "<form action=/session><input name=mail><input type=password><button>OK</button></form><p>"
                   "Forgot it?</p>")) == "login-wall");
    CHECK(detected_kind(page("Example", "<h1>" + title +
                                            "</h1><form action=/session><input name=mail><input "
                                            "type=password></form>")) == "login-wall");
  }
  for (const std::string sentence :
       {"You must be logged in to view this page.", "Sign in to continue.",
        "Bitte melden Sie sich an, um weiterzulesen.", "Vous devez être connecté pour lire cet article.",
        "Debes iniciar sesión para ver este contenido.", "Faça login para continuar.",
        "Devi effettuare l'accesso per continuare.", "Je moet ingelogd zijn.", "Musisz się zalogować.",
        "Необходимо авторизоваться.", "ログインが必要です。", "请先登录"}) {
    INFO(sentence);
    CHECK(detected_kind(page("Example", "<main><h1>Example</h1><p>" + sentence +
                                            "</p></main><form action=/login><input "
                                            "name=mail></form>")) == "login-wall");
  }
  CHECK(detected_kind(page("Example", "<form><input type=password></form><p>Welcome.</p>"),
                      "https://example.org/login?next=/news") == "login-wall");
}

TEST_CASE("a page that also has a login is content") {
  const std::string form = "<form action=/login><h2>Log in</h2><input name=mail><input type=password></form>";
  CHECK(detected_kind(page(
            "P4, a pump", form +
                              "<main><h1>P4, a pump</h1><h2>Figures</h2><p>It moves four litres a second and "
                              "costs 300 francs.</p></main>")) == "");
  CHECK(detected_kind(page(
            "Which pump?",
            form + "<main><h1>Which pump?</h1><p>I need one for my cellar.</p><p>Take the P4, it "
                   "does not freeze.</p><p>You must be logged in to reply to this topic.</p></main>")) == "");
  CHECK(detected_kind(page("Sign in with a pump",
                           "<article><h1>Sign in with a pump</h1>" + prose(1500) + "</article>")) == "");
}

TEST_CASE("a page below which visitors log in to write is content, in many languages") {
  for (const std::string notice :
       {"You must log in to answer this question.", "Please sign in to ask a question.",
        "Log in to continue the thread with your answer.", "You need to log in to rate this pump.",
        "Bitte melden Sie sich an, um zu antworten.",
        "Sie müssen sich anmelden, um die Frage zu beantworten.", "Vous devez vous connecter pour répondre.",
        "Debes iniciar sesión para responder.", "Devi accedere per rispondere.",
        "Je moet inloggen om te antwoorden."}) {
    INFO(notice);
    CHECK(detected_kind(page("Which pump?", "<main><article><h1>Which pump?</h1><p>" + prose(150) +
                                                "</p><div class=bottom-notice>" + notice +
                                                "</div></article></main><form action=/login><input "
                                                "name=mail></form>")) == "");
  }
  CHECK(detected_kind(page("Example",
                           "<main><h1>Example</h1><p>You must log in to see the answer.</p></main>"
                           "<form action=/login><input name=mail></form>")) == "login-wall");
}

TEST_CASE("an empty shell of JavaScript is told") {
  CHECK(detected_kind(
            page("Example",
                 "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"
                 "<script src=/main.js></script>")) == "script-shell");
  CHECK(detected_kind(page("Example", "<app-root>Loading...</app-root><script src=/main.js></script>")) ==
        "script-shell");
  CHECK(detected_kind(page("Example", "<div id=__next></div><script src=/main.js></script>")) ==
        "script-shell");
  CHECK(detected_kind(page("Example", "<div></div><script src=/main.js></script>")) == "script-shell");
  for (const std::string demand :
       {"Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.",
        "Veuillez activer JavaScript dans votre navigateur.",
        "Por favor, habilite JavaScript para ver esta página.", "Ative o JavaScript para continuar.",
        "Abilita JavaScript per vedere il sito.", "Schakel JavaScript in.",
        "Włącz JavaScript w przeglądarce.", "Включите JavaScript в браузере.",
        "JavaScriptを有効にしてください。", "请启用JavaScript。"}) {
    INFO(demand);
    CHECK(detected_kind(page("Example", "<p>" + demand + "</p><script src=/main.js></script>")) ==
          "script-shell");
    CHECK(detected_kind(page("Example", "<noscript><p>" + demand +
                                            "</p></noscript><div id=x> </div><script "
                                            "src=/main.js></script>")) == "script-shell");
  }
}

TEST_CASE("a page that says something without its scripts is no shell") {
  CHECK(detected_kind(page("Example", "<noscript>Please enable JavaScript.</noscript><main><h1>Pumps</h1>" +
                                          prose(500) + "</main><script src=/main.js></script>")) == "");
  CHECK(detected_kind(page(
            "Which pump?",
            "<div id=app></div><noscript><h1>Which pump?</h1>" + prose(800) +
                "<p>Powered by X, "
                "best viewed with JavaScript enabled</p></noscript><script src=/main.js></script>")) == "");
  CHECK(detected_kind(page(
            "A drawing",
            "<img src=pump.png><p>The pump P4, drawn by Ann.</p><script src=/count.js></script>")) == "");
  CHECK(detected_kind(page("Hello", "<p>Hello.</p>")) == "");
}

TEST_CASE(
    "every kind has an id, a reason and advice, and every phrase is written as pages are compared with it") {
  CHECK(list_non_content_kinds().size() == 9);
  for (const NonContentInfo& kind : list_non_content_kinds()) {
    CHECK_FALSE(kind.id.empty());
    CHECK_FALSE(kind.reason.empty());
    CHECK(kind.advice.ends_with('.'));
  }
  const WallPhrases& phrases = wall_phrases();
  for (const auto* list :
       {&phrases.error_headlines, &phrases.error_sentences, &phrases.login_headlines,
        &phrases.login_sentences, &phrases.challenge_headlines, &phrases.challenge_sentences,
        &phrases.script_sentences, &phrases.parked_sentences, &phrases.consent_headlines,
        &phrases.consent_words, &phrases.consent_buttons, &phrases.policy_words, &phrases.reply_words}) {
    CHECK(list->size() > 20);
    for (const std::string_view phrase : *list) CHECK(fold_for_matching(phrase) == phrase);
  }
}

namespace {

const std::string paid =
    R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"H","isAccessibleForFree":)";
const std::string end_of_script = "}</script>";
const std::string teaser =
    "<h1>Pumpwerk buys a rival</h1><p>Pumpwerk of Basel has bought a rival in Graz for 40 million euros.</p>";

}  // namespace

TEST_CASE("the beginning of a paid article is a paywall, by its structured data") {
  for (const std::string value : {"false", "\"False\"", "\"http://schema.org/False\""}) {
    INFO(value);
    CHECK(detected_kind(page("Pumpwerk buys a rival", paid + value + end_of_script + navigation + teaser)) ==
          "paywall");
  }
  CHECK(detected_kind(page("Pumpwerk buys a rival", paid + "true" + end_of_script + navigation + teaser))
            .empty());
  // All of the text is there.
  CHECK(detected_kind(page("Pumpwerk buys a rival",
                           paid + "false" + end_of_script + navigation + teaser + prose(2'500)))
            .empty());
}

TEST_CASE("the beginning of a paid article is a paywall, by what it says in many languages") {
  for (const std::string words :
       {"Subscribe to continue reading.", "This article is for subscribers only",
        "Already a subscriber? Log in", "Jetzt abonnieren und weiterlesen", "Article réservé aux abonnés",
        "Suscríbete para seguir leyendo", "Contenuto riservato agli abbonati", "Alleen voor abonnees",
        "この記事は会員限定です"}) {
    INFO(words);
    CHECK(detected_kind(page("Pumpwerk buys a rival", navigation + teaser + "<div class=offer><p>" + words +
                                                          "</p><a href=/s>OK</a></div>")) == "paywall");
  }
}

TEST_CASE("a short page that asks for a newsletter, or speaks of subscribers, is no paywall") {
  for (const std::string words :
       {"Subscribe to our newsletter.", "Pumpwerk has 40,000 subscribers.", "Read more about our pumps.",
        "Subscribers grew by 3 percent in the quarter."}) {
    INFO(words);
    CHECK(detected_kind(page("Pumpwerk buys a rival", navigation + teaser + "<p>" + words + "</p>")).empty());
  }
}
