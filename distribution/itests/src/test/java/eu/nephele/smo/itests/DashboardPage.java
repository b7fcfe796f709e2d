// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.browser.Browser;
import eu.nephele.smo.lab.harness.browser.BrowserPrograms;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** The web page of a server in a browser, used as a person does: by what is written on it. */
final class DashboardPage implements AutoCloseable {

    /** Groups of rules of axe: WCAG 2.2 AA and what is good practice. */
    static final String RULES = "wcag2a wcag2aa wcag21aa wcag22aa best-practice";

    /** The rule that another scheme of colours can break. */
    static final String CONTRAST = "color-contrast";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SERIOUS = List.of("serious", "critical");

    private final Browser browser;
    private final String server;
    private int clicks;

    private DashboardPage(Browser browser, String server) {
        this.browser = browser;
        this.server = server;
    }

    /** Opens a browser; skips the test, loudly, where none is installed. */
    static DashboardPage open(int port) throws IOException, InterruptedException {
        BrowserPrograms programs = BrowserPrograms.installed().orElseGet(DashboardPage::missing);
        return new DashboardPage(
                Browser.open(programs, Distribution.freshFolder("browser")), "http://127.0.0.1:" + port);
    }

    private static BrowserPrograms missing() {
        String message = "NO BROWSER: the web page is NOT tested. " + BrowserPrograms.MISSING;
        System.err.println(message);
        return Assumptions.abort(message);
    }

    Browser browser() {
        return browser;
    }

    /** Loads the page anew from the server, as who types an address does. */
    DashboardPage load(String path) throws IOException, InterruptedException {
        browser.go(server + "/dashboard" + path);
        return settled();
    }

    /**
     * Goes there as by a link, if the page is loaded: only what it shows becomes another.
     *
     * @param path below the page, for example {@code /graphs}
     */
    DashboardPage go(String path) throws IOException, InterruptedException {
        boolean followed = browser.run("""
                const [server, address] = arguments;
                if (location.origin !== server || !document.querySelector('smo-shell') || document.querySelector('dialog[open]')
                    || location.pathname + location.search === address) {
                  return false;
                }
                const link = Object.assign(document.createElement('a'), {href: address});
                document.body.append(link);
                link.click();
                link.remove();
                return true;""", server, "/dashboard" + path).asBoolean();
        if (!followed) {
            return load(path);
        }
        awaitThat(() -> "%s is shown: %s".formatted(path, shown()), """
                return document.querySelector('#main > *')?.place?.address === arguments[0];""", "/dashboard" + path);
        return settled();
    }

    /** Waits until nothing is loading any more. */
    DashboardPage settled() {
        awaitThat(() -> "the page shows what it has: " + shown(), """
                const main = document.querySelector('#main');
                return main && main.textContent.trim() && !document.querySelector('#main .loading');""");
        return this;
    }

    /** Waits until the drawing of a graph has its services: its libraries are loaded after the page. */
    DashboardPage isDrawn() {
        awaitThat(() -> "a drawing: " + shown(), """
                return document.querySelector('smo-drawing')?.drawn?.nodes().length;""");
        return this;
    }

    /**
     * Looks within the page, where a look costs next to nothing, until there is something.
     *
     * @param look body of a function; what it returns is nothing when it counts as false
     * @return what the function returned, as text
     */
    private String awaitThat(Supplier<String> expected, String look, Object... arguments) {
        String[] seen = {"", ""};
        Await.within(PATIENCE, () -> expected.get() + seen[1], () -> {
            try {
                seen[0] = browser.run("""
                        const seen = () => { %s };
                        return (async () => {
                          for (let look = 0; look < 100; look += 1) {
                            const now = seen();
                            if (now) {
                              return String(now);
                            }
                            await new Promise((resume) => setTimeout(resume, 20));
                          }
                          return '';
                        })();""".formatted(look), arguments).asText();
            } catch (IOException left) {
                // while another page is loaded the driver refuses; a failure that stays is told at the end
                seen[1] = "; the browser said at last: " + left.getMessage();
            }
            return !seen[0].isEmpty();
        });
        return seen[0];
    }

    /** As on a system with light or dark colours. */
    DashboardPage prefer(String scheme) throws IOException, InterruptedException {
        ObjectNode features = JsonNodeFactory.instance.objectNode();
        features.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        browser.devTools("Emulation.setEmulatedMedia", features);
        return this;
    }

    /** How wide it is on a phone of so many pixels. */
    int widthOnPhone(int pixels) throws IOException, InterruptedException {
        browser.devTools(
                "Emulation.setDeviceMetricsOverride",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("width", pixels)
                        .put("height", 2 * pixels)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", true));
        try {
            // drawings follow within a moment
            return browser.run("""
                    const [most] = arguments;
                    return (async () => {
                      const width = () => document.documentElement.scrollWidth;
                      for (let look = 0; look < 60 && width() > most; look += 1) {
                        await new Promise((resume) => setTimeout(resume, 50));
                      }
                      return width();
                    })();""", pixels).asInt();
        } finally {
            browser.devTools("Emulation.clearDeviceMetricsOverride", JsonNodeFactory.instance.objectNode());
        }
    }

    /** All that a person can read. */
    String shown() {
        try {
            return browser.run("return document.body ? document.body.innerText : ''")
                    .asText();
        } catch (IOException unreachable) {
            return "nothing: " + unreachable.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "nothing";
        }
    }

    DashboardPage sees(String... texts) {
        for (String text : texts) {
            awaitThat(
                    () -> "the page shows '%s'; it shows: %s".formatted(text, shown()),
                    "return document.body?.innerText.includes(arguments[0]);",
                    text);
        }
        return this;
    }

    String await(String what, Predicate<String> wish) {
        String[] seen = {""};
        Await.within(PATIENCE, () -> "the page shows '%s'; it shows: %s".formatted(what, seen[0]), () -> {
            seen[0] = shown();
            return wish.test(seen[0]);
        });
        return seen[0];
    }

    /** Clicks the button or link that has this text or label; in the dialog, where one is open. */
    DashboardPage click(String label) throws IOException, InterruptedException {
        return clickOn("(self::button or self::a or self::summary) and (normalize-space()=%s or @aria-label=%s)"
                .formatted(literal(label), literal(label)));
    }

    private DashboardPage clickOn(String predicate) throws IOException, InterruptedException {
        String place = reachable("//*[%s][not(@disabled)]".formatted(predicate));
        clicks++;
        browser.click(place);
        return this;
    }

    /** Clicks what has this text or label, in the row or card of something. */
    DashboardPage clickIn(String row, String label) throws IOException, InterruptedException {
        return clickOn(
                "(self::button or self::a) and normalize-space()=%s and (ancestor::tr | ancestor::section)[contains(normalize-space(),%s)]"
                        .formatted(literal(label), literal(row)));
    }

    /** Waits until something is not shown any more. */
    DashboardPage gone(String text) {
        awaitThat(
                () -> "the page does not show '%s'; it shows: %s".formatted(text, shown()),
                "return document.body && !document.body.innerText.includes(arguments[0]);",
                text);
        return this;
    }

    /** As one of {@link DashboardUsers}; who has logged in and was not forgotten, stays. */
    DashboardPage logIn(String user) throws IOException, InterruptedException {
        if (isIn(user)) {
            return this;
        }
        return forgetSession()
                .load("/login")
                .fill("User", user)
                .fill("Password", DashboardUsers.PASSWORD)
                .click("Log in")
                .sees(user)
                .settled();
    }

    private boolean isIn(String user) throws IOException, InterruptedException {
        return browser.address().startsWith(server) && browser.run("""
                        return fetch('/api/v1/whoami').then((answer) => answer.ok ? answer.json() : {}).then((caller) => caller.principal ?? '');""").asText().equals(user);
    }

    /** Nobody is logged in any more. */
    DashboardPage forgetSession() throws IOException, InterruptedException {
        browser.devTools("Network.clearBrowserCookies", JsonNodeFactory.instance.objectNode());
        return this;
    }

    /** Writes into the field with this label. */
    DashboardPage fill(String label, String text) throws IOException, InterruptedException {
        String place = field(label);
        browser.fill(place, text);
        return this;
    }

    DashboardPage file(String label, Path file) throws IOException, InterruptedException {
        browser.type(field(label), file.toString());
        return this;
    }

    /** Chooses an option whose text contains this. */
    DashboardPage choose(String label, String option) throws IOException, InterruptedException {
        browser.click(
                reachable(labelled(label) + "/option[contains(normalize-space(),%s)]".formatted(literal(option))));
        return this;
    }

    DashboardPage check(String label) throws IOException, InterruptedException {
        browser.click(field(label));
        return this;
    }

    private String field(String label) {
        return reachable(labelled(label));
    }

    private static String labelled(String label) {
        return "//label[contains(normalize-space(),%s)]//*[self::input or self::select or self::textarea]"
                .formatted(literal(label));
    }

    /** In the dialog, if one is open: what is behind it cannot be reached. */
    private String reachable(String path) {
        return awaitThat(() -> "%s is there; the page shows: %s".formatted(path, shown()), """
                const place = (document.querySelector('dialog[open]') ? '//dialog[@open][last()]' : '') + arguments[0];
                return document.evaluate(`boolean(${place})`, document, null, XPathResult.BOOLEAN_TYPE, null).booleanValue && place;""", path);
    }

    private static String literal(String text) {
        return text.contains("'") ? '"' + text + '"' : "'" + text + "'";
    }

    /** Clicks since the last question. */
    int clicks() {
        int made = clicks;
        clicks = 0;
        return made;
    }

    /** Puts text into the editor, as typing it would. */
    DashboardPage write(String text) throws IOException, InterruptedException {
        Await.within(PATIENCE, () -> "the editor is there: " + shown(), () -> browser.count("smo-editor") > 0);
        browser.run("""
                const editor = document.querySelector('smo-editor');
                editor.text = arguments[0];
                editor.dispatchEvent(new CustomEvent('edited'));""", text);
        return this;
    }

    /** Where the files of the page are that is shown; ends with a slash. */
    String assets() throws IOException, InterruptedException {
        return browser.run("return document.querySelector('script[type=module]').src")
                .asText()
                .replaceAll("main\\.js$", "");
    }

    /** Memory of its scripts after a collection. */
    double heapMegabytes() throws IOException, InterruptedException {
        browser.devTools("HeapProfiler.collectGarbage", JsonNodeFactory.instance.objectNode());
        return browser.devTools("Runtime.getHeapUsage", JsonNodeFactory.instance.objectNode())
                        .path("usedSize")
                        .asDouble()
                / 1e6;
    }

    /** How many nodes of documents it keeps. */
    int nodes() throws IOException, InterruptedException {
        return browser.devTools("Memory.getDOMCounters", JsonNodeFactory.instance.objectNode())
                .path("nodes")
                .asInt();
    }

    String written() throws IOException, InterruptedException {
        return browser.run("return document.querySelector('smo-editor').text").asText();
    }

    /** No error and no warning of the browser, violations of the policy included, and nothing asked of another server. */
    DashboardPage isClean() throws IOException, InterruptedException {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requested().stream().filter(address -> address.matches("(https?|wss?|ftp):.*")))
                .allSatisfy(address -> assertThat(address).startsWith(server + "/"));
        return this;
    }

    DashboardPage hasNoBarrier() throws IOException, InterruptedException {
        return hasNoBarrier(RULES);
    }

    /** Nothing that keeps people from using it, by axe and these of its rules. */
    DashboardPage hasNoBarrier(String rules) throws IOException, InterruptedException {
        if (!browser.run("return Boolean(window.axe)").asBoolean()) {
            browser.devTools(
                    "Runtime.evaluate",
                    JsonNodeFactory.instance.objectNode().put("expression", "(() => {" + axe() + "})()"));
        }
        JsonNode found = browser.run("""
                return axe.run({runOnly: arguments[0].split(' ')})
                    .then(result => result.violations.map(each => ({id: each.id, impact: each.impact, where: each.nodes.slice(0, 3).map(node => node.html)})));""", rules);
        List<String> barriers = new ArrayList<>();
        found.forEach(each -> {
            if (SERIOUS.contains(each.path("impact").asText())) {
                barriers.add(each.toString());
            }
        });
        assertThat(barriers).isEmpty();
        return this;
    }

    private static String axe() throws IOException {
        try (InputStream script = DashboardPage.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        browser.close();
    }
}
