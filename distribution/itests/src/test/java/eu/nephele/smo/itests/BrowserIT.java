// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.browser.Browser;
import eu.nephele.smo.lab.harness.browser.BrowserPrograms;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A person at a browser: opens the console of a running server, uploads a plugin, upgrades it, ejects it and lets it in, sees
 * which graphs use it, removes it. Its pictures are in {@code target/screenshots}; those of the docs come from there.
 */
class BrowserIT {

    private static final Path PICTURES = Path.of("target", "screenshots").toAbsolutePath();
    private static final String ID = "org.example.cheapest";

    private static ServerProcess server;
    private static int port;
    private static String token;

    @BeforeAll
    static void start() throws IOException {
        if (BrowserPrograms.installed().isEmpty()) {
            String missing = "NO BROWSER: the console is NOT tested in one. " + BrowserPrograms.MISSING;
            System.err.println(missing);
            Assumptions.abort(missing);
        }
        port = Distribution.freePort();
        Path data = Distribution.freshFolder("data");
        server = ServerProcess.ready(port, data);
        token = Files.readString(data.resolve("etc/admin.token")).strip();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aPluginIsInstalledUpgradedEjectedAndRemovedByHand() throws Exception {
        RestClient client = new RestClient(port);
        try (Browser browser = browser()) {
            browser.go("http://admin:%s@127.0.0.1:%d/system/console/smo".formatted(token, port));
            assertThat(await(browser, "#content h3", text -> !text.isEmpty())).isEqualTo("Plugins");
            assertThat(browser.text("#smo-strategies")).contains("first-fit", "optimal");

            upload(browser, "install", TemplatePlugin.jar(ID, "1.0.0"));
            assertThat(browser.text("#smo-plugins")).contains(ID, "1.0.0", "active");
            RestClient.Answer deployed = client.postJson(
                    "/api/v1/projects/shop/graphs?wait=30",
                    "{\"hdaGraph\":{\"id\":\"cart\",\"strategies\":{\"placement\":{\"id\":\"%s\"}},\"services\":[%s]}}"
                            .formatted(ID, Descriptors.service("web")));
            assertThat(deployed.status()).as(deployed.text()).isLessThan(300);
            browser.go(page());
            await(browser, "#smo-strategies", text -> text.contains("shop/cart"));
            browser.screenshot(PICTURES.resolve("console-smo.png"));

            browser.go(page() + "?plugin=" + ID);
            assertThat(browser.text("#smo-admission")).contains("signature", "imports");
            browser.screenshot(PICTURES.resolve("console-plugin.png"));
            upload(browser, "upgrade", TemplatePlugin.jar(ID, "1.1.0"));
            assertThat(browser.text("#smo-plugins")).contains("1.1.0").doesNotContain("1.0.0");

            String eject = "form.smo-eject:has(input[value='" + ID + "'])";
            browser.type(eject + " input[name=why]", "too dear");
            browser.click(eject + " button");
            await(browser, "#smo-note", text -> text.contains("is ejected"));
            assertThat(browser.text("#smo-strategies")).contains("ejected: ", "too dear");
            browser.screenshot(PICTURES.resolve("console-ejected.png"));
            browser.click("form.smo-let-in button");
            await(browser, "#smo-note", text -> text.contains("is used"));

            browser.click("form.smo-remove button");
            assertThat(await(browser, "#smo-uses", text -> !text.isEmpty())).contains("shop/cart");
            browser.screenshot(PICTURES.resolve("console-remove.png"));
            browser.click("form.smo-remove button");
            await(browser, "#smo-operation", text -> text.contains("succeeded"));
            assertThat(browser.count("#smo-plugins")).isZero();
        }
    }

    /** Regression: the page showed "Parser error" over everything. */
    @Test
    void theDocumentationOfTheInterfaceIsShownWithoutErrors() throws Exception {
        try (Browser browser = browser()) {
            browser.go("http://127.0.0.1:%d/docs/".formatted(port));
            assertThat(await(browser, "#swagger-ui .info .title", text -> !text.isEmpty()))
                    .contains("SMO");
            await(browser, "#swagger-ui .opblock-summary-path", text -> !text.isEmpty());
            assertThat(browser.count("#swagger-ui .errors-wrapper")).isZero();
        }
    }

    @Test
    void aCommandIsRunAndItsAnswerShown() throws Exception {
        try (Browser browser = browser()) {
            browser.go("http://admin:%s@127.0.0.1:%d/system/console/smo-commands".formatted(token, port));
            browser.type("form.smo-command input[name=line]", "strategies");
            browser.click("form.smo-command button");
            assertThat(await(browser, "#smo-answer", text -> !text.isEmpty())).contains("KIND", "first-fit");
            browser.screenshot(PICTURES.resolve("console-commands.png"));
        }
    }

    private static void upload(Browser browser, String action, Path jar) throws Exception {
        browser.type("form.smo-" + action + " input[type=file]", jar.toString());
        browser.click("form.smo-" + action + " button");
        String end = await(browser, "#smo-operation", text -> text.contains("succeeded") || text.contains("failed"));
        assertThat(end).contains("succeeded");
    }

    private static Browser browser() throws IOException, InterruptedException {
        return Browser.open(BrowserPrograms.installed().orElseThrow(), Distribution.freshFolder("browser"));
    }

    /** Looks until a text is as wished; the page may be loaded anew meanwhile. */
    private static String await(Browser browser, String selector, Predicate<String> wish) {
        AtomicReference<String> seen = new AtomicReference<>("nothing");
        Await.until(() -> "%s becomes as expected; it is %s".formatted(selector, seen), () -> {
            try {
                seen.set(browser.text(selector));
                return wish.test(seen.get());
            } catch (IOException notThere) {
                seen.set(String.valueOf(notThere.getMessage()));
                return false;
            }
        });
        return seen.get();
    }

    private static String page() {
        return "http://127.0.0.1:%d/system/console/smo".formatted(port);
    }
}
