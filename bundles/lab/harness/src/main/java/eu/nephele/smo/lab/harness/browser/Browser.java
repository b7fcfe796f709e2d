// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.server.AnsweredJson;
import eu.nephele.smo.lab.harness.server.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Headless Chromium, driven over the WebDriver protocol of its chromedriver; it talks to the loopback address only. A command that the
 * driver refuses is an {@link IOException} with its reason.
 */
public final class Browser implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CLICKABLE_WITHIN = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 20;
    /** Longer than any script waits for by itself, so that it can say for what. */
    private static final int SCRIPT_MILLIS = 120_000;

    /** What a selector finds: by CSS, or by XPath where it begins with a slash. */
    private static final String FOUND = """
            const found = (selector) => {
              if (!selector.startsWith('/')) {
                return [...document.querySelectorAll(selector)];
              }
              const nodes = document.evaluate(selector, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
              return Array.from({length: nodes.snapshotLength}, (none, index) => nodes.snapshotItem(index));
            };
            """;

    /** Where the mouse has to be for a click on the first that is found. */
    private static final String PLACE = """
            const [element] = found(arguments[0]);
            if (!element) {
              return {problem: 'it is not there'};
            }
            if (element instanceof HTMLOptionElement) {
              const list = element.closest('select');
              list.focus();
              element.selected = true;
              list.dispatchEvent(new Event('input', {bubbles: true}));
              list.dispatchEvent(new Event('change', {bubbles: true}));
              return {};
            }
            element.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
            const box = element.getClientRects()[0];
            if (!box?.width || !box.height) {
              return {problem: 'it is not shown'};
            }
            const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
            const [x, y] = [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)];
            const hit = document.elementFromPoint(x, y);
            if (!element.contains(hit)) {
              return {problem: `in front of it is ${hit?.outerHTML.slice(0, 300)}`};
            }
            window.smoClicked = false;
            element.addEventListener('click', () => { window.smoClicked = true; }, {once: true, capture: true});
            return {x, y};
            """;

    private static final int OK = 200;
    private static final int QUALITY = 80;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final URI base;
    private final String session;

    private Browser(Process driver, URI base, BrowserPrograms programs, Path folder)
            throws IOException, InterruptedException {
        this.driver = driver;
        this.base = base;
        this.session = session(programs, folder);
    }

    /** @param folder for its profile and the log of its driver */
    public static Browser open(BrowserPrograms programs, Path folder) throws IOException, InterruptedException {
        int port = FreePort.choose();
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(programs.driver().toString(), "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromedriver.log").toFile());
        if (programs.withoutWindows()) {
            // its profile is made by the driver: with one of ours the driver waits for a page for ever
            builder.environment().put("TMPDIR", folder.toString());
        }
        Process driver = builder.start();
        try {
            return new Browser(driver, URI.create("http://127.0.0.1:" + port), programs, folder);
        } catch (IOException | InterruptedException failed) {
            driver.destroyForcibly();
            throw failed;
        }
    }

    private String session(BrowserPrograms programs, Path folder) throws IOException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode wanted = body.putObject("capabilities").putObject("alwaysMatch");
        wanted.putObject("goog:loggingPrefs").put("browser", "ALL").put("performance", "ALL");
        wanted.putObject("timeouts").put("script", SCRIPT_MILLIS);
        ObjectNode options = wanted.putObject("goog:chromeOptions");
        options.put("binary", programs.chromium().toString());
        ArrayNode flags = options.putArray("args");
        List.of(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1280,900",
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
                .forEach(flags::add);
        if (!programs.withoutWindows()) {
            flags.add("--user-data-dir=" + folder.resolve("profile"));
        }
        awaitDriver();
        return call("POST", "/session", body).path("sessionId").asText();
    }

    private void awaitDriver() throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                call("GET", "/status", null);
                return;
            } catch (IOException notYet) {
                if (!driver.isAlive() || System.nanoTime() > until) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    public void go(String address) throws IOException, InterruptedException {
        command("POST", "/url", JsonNodeFactory.instance.objectNode().put("url", address));
    }

    public String address() throws IOException, InterruptedException {
        return command("GET", "/url", null).asText();
    }

    /** Text of the first element that a CSS selector finds. */
    public String text(String selector) throws IOException, InterruptedException {
        return command("GET", "/element/" + find(selector) + "/text", null).asText();
    }

    public String attribute(String selector, String name) throws IOException, InterruptedException {
        return command("GET", "/element/" + find(selector) + "/attribute/" + name, null)
                .asText();
    }

    public int count(String selector) throws IOException, InterruptedException {
        return run(FOUND + "return found(arguments[0]).length;", selector).asInt();
    }

    /** Types, or chooses a file by its path. */
    public void type(String selector, String text) throws IOException, InterruptedException {
        command(
                "POST",
                "/element/" + find(selector) + "/value",
                JsonNodeFactory.instance.objectNode().put("text", text));
    }

    /**
     * Clicks the first element that a selector finds, with the mouse, after it was scrolled into view; chooses it, if it is an option.
     * Once more for some seconds, as a person would, while it is not there, is behind something else or moves away under the mouse. The
     * driver's own click takes fifteen times as long.
     *
     * @throws IOException if it could not be clicked in this time; says why
     */
    public void click(String selector) throws IOException, InterruptedException {
        long until = System.nanoTime() + CLICKABLE_WITHIN.toNanos();
        String problem = clickOnce(selector);
        while (!problem.isEmpty()) {
            if (System.nanoTime() > until) {
                throw new IOException("%s cannot be clicked: %s".formatted(selector, problem));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            problem = clickOnce(selector);
        }
    }

    private String clickOnce(String selector) throws IOException, InterruptedException {
        JsonNode place = run(FOUND + PLACE, selector);
        if (!place.has("x")) {
            return place.path("problem").asText();
        }
        for (String event : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            boolean pressed = !event.equals("mouseMoved");
            devTools(
                    "Input.dispatchMouseEvent",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("type", event)
                            .put("x", place.path("x").asDouble())
                            .put("y", place.path("y").asDouble())
                            .put("button", pressed ? "left" : "none")
                            .put("clickCount", pressed ? 1 : 0));
        }
        // a page that was left by the click does not know any more
        return run("return window.smoClicked ?? true").asBoolean() ? "" : "it has moved away under the mouse";
    }

    /** Replaces the text of a field. */
    public void fill(String selector, String text) throws IOException, InterruptedException {
        click(selector);
        run(FOUND + "found(arguments[0])[0].select();", selector);
        devTools("Input.insertText", JsonNodeFactory.instance.objectNode().put("text", text));
    }

    /** Runs a script in the page; what it returns, or what the promise that it returns becomes. */
    public JsonNode run(String script, Object... arguments) throws IOException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("script", script);
        body.set("args", JSON.valueToTree(arguments));
        return command("POST", "/execute/sync", body);
    }

    /** What the page wrote to its console since the last call, errors and warnings. */
    public List<String> complaints() throws IOException, InterruptedException {
        return logged("browser").stream()
                .filter(entry -> !entry.path("level").asText().equals("INFO"))
                .map(entry -> entry.path("message").asText())
                .toList();
    }

    /** Addresses that were asked for since the last call. */
    public List<String> requested() throws IOException, InterruptedException {
        List<String> addresses = new ArrayList<>();
        for (JsonNode entry : logged("performance")) {
            JsonNode message = JSON.readTree(entry.path("message").asText()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                addresses.add(message.path("params").path("request").path("url").asText());
            }
        }
        return addresses;
    }

    private List<JsonNode> logged(String type) throws IOException, InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        command("POST", "/se/log", JsonNodeFactory.instance.objectNode().put("type", type))
                .forEach(entries::add);
        return entries;
    }

    /** A command of the DevTools protocol. */
    public JsonNode devTools(String name, ObjectNode parameters) throws IOException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("cmd", name);
        body.set("params", parameters);
        return command("POST", "/goog/cdp/execute", body);
    }

    public void resize(int width, int height) throws IOException, InterruptedException {
        command(
                "POST",
                "/window/rect",
                JsonNodeFactory.instance.objectNode().put("width", width).put("height", height));
    }

    /** @param file whose name ends with the format: png, jpeg or webp */
    public void screenshot(Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        String name = file.getFileName().toString();
        ObjectNode wish =
                JsonNodeFactory.instance.objectNode().put("format", name.substring(name.lastIndexOf('.') + 1));
        if (!name.endsWith(".png")) {
            wish.put("quality", QUALITY);
        }
        Files.write(
                file,
                Base64.getDecoder()
                        .decode(devTools("Page.captureScreenshot", wish)
                                .path("data")
                                .asText()));
    }

    private String find(String selector) throws IOException, InterruptedException {
        return command("POST", "/element", selector(selector)).path(ELEMENT).asText();
    }

    /** By CSS, or by XPath where it begins with a slash. */
    private static ObjectNode selector(String selector) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("using", selector.startsWith("/") ? "xpath" : "css selector")
                .put("value", selector);
    }

    private JsonNode command(String method, String path, @Nullable ObjectNode body)
            throws IOException, InterruptedException {
        return call(method, "/session/" + session + path, body);
    }

    private JsonNode call(String method, String path, @Nullable ObjectNode body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode value = AnsweredJson.read(method + " " + path, answer.body()).path("value");
        if (answer.statusCode() != OK) {
            throw new IOException("%s %s: %s".formatted(method, path, value.path("message")));
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> browsers = driver.descendants().toList();
        try {
            command("DELETE", "", null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            // A browser that outlives its driver keeps writing its profile.
            browsers.forEach(ProcessHandle::destroyForcibly);
            driver.destroy();
        }
    }
}
