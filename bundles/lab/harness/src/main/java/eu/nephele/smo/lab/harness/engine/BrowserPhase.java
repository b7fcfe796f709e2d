// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.browser.Browser;
import eu.nephele.smo.lab.harness.browser.BrowserPrograms;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The web page in a browser on this machine: first paint and first rows with an empty cache, search while somebody types, the time from
 * an event until its change is visible, and the memory of a page that stays open while much happens.
 */
final class BrowserPhase implements BenchPhase {

    private static final List<Map.Entry<String, String>> PAGES = List.of(
            Map.entry("overview", "/dashboard/"),
            Map.entry("graphs", "/dashboard/graphs"),
            Map.entry("clusters", "/dashboard/clusters"));
    private static final int MOST_VISITS = 5;
    private static final int MOST_SEARCHES = 40;
    private static final int MOST_CHANGES = 10;
    private static final int MOST_DEPLOYED = 500;
    /** One measurement for so many graphs: what a small fleet says is not worth more time. */
    private static final int GRAPHS_EACH = 15;

    private static final double P95 = 0.95;
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final long SEED = 19;
    private static final long WAIT_MILLIS = 60_000;

    /** Runs before each page. */
    private static final String WATCH_ROWS = """
            window.rowsAt = 0;
            const look = () => {
              const main = document.querySelector('#main');
              if (main && main.querySelector('tbody tr') && !main.querySelector('.loading')) {
                window.rowsAt = performance.now();
              } else {
                requestAnimationFrame(look);
              }
            };
            requestAnimationFrame(look);""";

    /** Milliseconds from the last key, of a fast typist, to the frame with the one row. */
    private static final String SEARCH = """
            const [text, limit] = arguments;
            const field = document.querySelector('main input[type=search]');
            const pause = (millis) => new Promise((resume) => setTimeout(resume, millis));
            return (async () => {
              for (let length = 1; length <= text.length; length += 1) {
                await pause(80);
                field.value = text.slice(0, length);
                field.dispatchEvent(new Event('input', {bubbles: true}));
              }
              const begin = performance.now();
              for (;;) {
                const rows = [...document.querySelectorAll('#main tbody tr')];
                if (rows.length === 1 && rows[0].innerText.includes(text)) {
                  return performance.now() - begin;
                }
                if (performance.now() - begin > limit) {
                  throw new Error('it is not found: ' + text);
                }
                await new Promise(requestAnimationFrame);
              }
            })();""";

    /** The moment at which a text is shown, in milliseconds since 1970. */
    private static final String SHOWN = """
            const [text, limit] = arguments;
            const begin = performance.now();
            return (async () => {
              for (;;) {
                if (document.querySelector('#main tbody')?.innerText.includes(text)) {
                  return performance.timeOrigin + performance.now();
                }
                if (performance.now() - begin > limit) {
                  throw new Error('it is not shown: ' + text);
                }
                await new Promise(requestAnimationFrame);
              }
            })();""";

    @Override
    public String name() {
        return "browser";
    }

    @Override
    public boolean run(BenchContext bench, ObjectNode figures) throws IOException, InterruptedException {
        Optional<BrowserPrograms> programs = BrowserPrograms.installed();
        if (programs.isEmpty()) {
            figures.put("notMeasured", BrowserPrograms.MISSING);
            return true;
        }
        try (Browser browser =
                Browser.open(programs.get(), bench.server().process().data().resolveSibling("browser"))) {
            logIn(browser, bench);
            paint(browser, bench, figures);
            search(browser, bench, figures);
            return bench.host(temporaryGraphs -> {
                change(browser, bench, temporaryGraphs, figures);
                return stayOpen(browser, bench, temporaryGraphs, figures);
            });
        }
    }

    private static void logIn(Browser browser, BenchContext bench) throws IOException, InterruptedException {
        open(browser, bench, "/dashboard/login");
        browser.run(
                "sessionStorage.setItem('smo-token', arguments[0])",
                bench.server().process().token());
        browser.devTools(
                "Page.addScriptToEvaluateOnNewDocument",
                JsonNodeFactory.instance.objectNode().put("source", WATCH_ROWS));
    }

    private static void open(Browser browser, BenchContext bench, String path)
            throws IOException, InterruptedException {
        browser.go(bench.server().process().url().resolve(path).toString());
    }

    private static void paint(Browser browser, BenchContext bench, ObjectNode figures)
            throws IOException, InterruptedException {
        for (Map.Entry<String, String> page : PAGES) {
            LatencyHistogram paints = new LatencyHistogram();
            LatencyHistogram rows = new LatencyHistogram();
            for (int visit = 0; visit < count(bench, MOST_VISITS); visit++) {
                browser.devTools("Network.clearBrowserCache", JsonNodeFactory.instance.objectNode());
                open(browser, bench, page.getValue());
                rows.add(nanos(awaitRows(browser)));
                paints.add(
                        nanos(browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
                                .asDouble()));
            }
            ObjectNode node = figures.putObject(page.getKey());
            node.put("firstPaintMillisMedian", paints.millis(0.5));
            node.put("firstPaintMillisMax", paints.millis(1));
            node.put("rowsMillisMedian", rows.millis(0.5));
            node.put("rowsMillisMax", rows.millis(1));
        }
    }

    private static double awaitRows(Browser browser) throws IOException, InterruptedException {
        return await(browser, "return window.rowsAt");
    }

    private static void search(Browser browser, BenchContext bench, ObjectNode figures)
            throws IOException, InterruptedException {
        open(browser, bench, "/dashboard/graphs");
        awaitRows(browser);
        Random random = new Random(SEED);
        LatencyHistogram found = new LatencyHistogram();
        for (int search = 0; search < count(bench, MOST_SEARCHES); search++) {
            String name = bench.fleet().name(random.nextInt(bench.fleet().graphs()));
            found.add(nanos(browser.run(SEARCH, name, WAIT_MILLIS).asDouble()));
        }
        ObjectNode node = figures.putObject("search");
        node.put("p95Millis", found.millis(P95));
        found.into(node);
    }

    private static void change(Browser browser, BenchContext bench, TemporaryGraphs temporaryGraphs, ObjectNode figures)
            throws IOException, InterruptedException {
        LatencyHistogram shown = new LatencyHistogram();
        for (int number = 0; number < count(bench, MOST_CHANGES); number++) {
            ClosedLoop.HttpRequestSpec deployment =
                    temporaryGraphs.deployments().create(number);
            String name = name(deployment);
            open(browser, bench, "/dashboard/graphs?q=" + name);
            awaitLive(browser);
            long after =
                    bench.server().ask("/api/v1/events?limit=1").path("last").asLong();
            ServerUnderTest.body(bench.server().send(deployment.method(), deployment.path(), deployment.body()));
            temporaryGraphs.taken().accept(number);
            double seen = browser.run(SHOWN, name, WAIT_MILLIS).asDouble();
            shown.add(nanos(Math.max(0, seen - acceptedAt(bench, name, after))));
        }
        ObjectNode node = figures.putObject("changeVisible");
        node.put("p95Millis", shown.millis(P95));
        shown.into(node);
    }

    private static String name(ClosedLoop.HttpRequestSpec deployment) {
        return deployment.body().replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    }

    /** Shows that no graph is like that, and is told of changes. */
    private static void awaitLive(Browser browser) throws IOException, InterruptedException {
        await(browser, """
                return document.querySelector('.conn.ok') && document.querySelector('#main .empty') ? 1 : 0;""");
    }

    /** The number that a script returns, when it is above 0. */
    private static double await(Browser browser, String script) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
        while (System.nanoTime() < until) {
            double value = browser.run(script).asDouble();
            if (value > 0) {
                return value;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IOException("After %d s the page shows: %s"
                .formatted(
                        TimeUnit.MILLISECONDS.toSeconds(WAIT_MILLIS),
                        browser.run("return document.body.innerText").asText()));
    }

    private static double acceptedAt(BenchContext bench, String graph, long after)
            throws IOException, InterruptedException {
        for (JsonNode event : bench.server()
                .ask("/api/v1/events?types=hdag.accepted&limit=1000&after=" + after)
                .path("items")) {
            if (event.path("subject").asText().endsWith("/" + graph)) {
                return Instant.parse(event.path("time").asText()).toEpochMilli();
            }
        }
        throw new IOException("There is no event hdag.accepted of " + graph);
    }

    /** Twice the same number of deployments: the first warms what is kept on purpose. */
    private static boolean stayOpen(
            Browser browser, BenchContext bench, TemporaryGraphs temporaryGraphs, ObjectNode figures)
            throws IOException, InterruptedException {
        int count = Math.max(
                count(bench, MOST_CHANGES),
                Math.min(MOST_DEPLOYED, bench.fleet().graphs() / 4));
        ObjectNode node = figures.putObject("open");
        boolean good = true;
        open(browser, bench, "/dashboard/events");
        awaitRows(browser);
        for (String round : List.of("First", "Second")) {
            long begin = System.nanoTime();
            long before =
                    bench.server().ask("/api/v1/events?limit=1").path("last").asLong();
            temporaryGraphs.deploy(count);
            good = temporaryGraphs.settle() && good;
            long events =
                    bench.server().ask("/api/v1/events?limit=1").path("last").asLong() - before;
            node.put("events" + round, events);
            node.put("eventsPerSecond" + round, NumberFormats.rounded(events / ((System.nanoTime() - begin) / 1e9)));
            // at most three times a second it shows what has come
            TimeUnit.SECONDS.sleep(1);
            browser.devTools("HeapProfiler.collectGarbage", JsonNodeFactory.instance.objectNode());
            node.put(
                    "heapMegabytes" + round,
                    NumberFormats.rounded(
                            browser.devTools("Runtime.getHeapUsage", JsonNodeFactory.instance.objectNode())
                                            .path("usedSize")
                                            .asDouble()
                                    / BYTES_PER_MEGABYTE));
            node.put(
                    "nodes" + round,
                    browser.devTools("Memory.getDOMCounters", JsonNodeFactory.instance.objectNode())
                            .path("nodes")
                            .asInt());
        }
        return good;
    }

    private static int count(BenchContext bench, int most) {
        return Math.max(2, Math.min(most, bench.fleet().graphs() / GRAPHS_EACH));
    }

    private static long nanos(double millis) {
        return Math.round(millis * TimeUnit.MILLISECONDS.toNanos(1));
    }
}
