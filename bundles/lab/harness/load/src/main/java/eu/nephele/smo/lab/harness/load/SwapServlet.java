// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.core.contract.decision.DecisionJournal;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.store.DecisionStore;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Control of the load by another process: {@code POST begin}, {@code GET first}, {@code POST end}, {@code GET process}.
 * Answers are JSON; moments are microseconds since 1970.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/*",
            "osgi.http.whiteboard.servlet.name=" + SwapContext.NAME,
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=" + SwapContext.NAME + ")"
        })
public final class SwapServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int CONFLICT = HttpServletResponse.SC_CONFLICT;
    private static final long WRITTEN_SECONDS = 60;

    private final transient PlacementDecider decider;
    private final transient DecisionJournal journal;
    private final transient DecisionStore store;
    private final transient JsonMapper json = new JsonMapper();
    private final transient Object turn = new Object();
    private transient volatile Optional<DecisionLoadGenerator> asking = Optional.empty();

    /** @param gate filters requests by itself; required here so that nothing is served without it */
    @Activate
    public SwapServlet(
            @Reference PlacementDecider decider,
            @Reference DecisionJournal journal,
            @Reference DecisionStore store,
            @Reference(target = "(osgi.http.whiteboard.filter.name=smo-gate)") Filter gate) {
        this.decider = decider;
        this.journal = journal;
        this.store = store;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String call = request.getMethod() + " "
                + Optional.ofNullable(request.getPathInfo()).orElse("/");
        try {
            switch (call) {
                case "POST /begin" -> begin(request, response);
                case "GET /first" -> write(response, first(request.getParameter("of")));
                case "POST /end" -> end(response);
                case "GET /process" -> write(response, process());
                default -> response.sendError(HttpServletResponse.SC_NOT_FOUND, "No " + call + " here");
            }
        } catch (IllegalArgumentException wrong) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, wrong.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The server ends");
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        DecisionLoadGenerator.LoadPlan plan = new DecisionLoadGenerator.LoadPlan(
                number(request, "perSecond", 1200),
                number(request, "threads", 12),
                number(request, "graphs", 100),
                List.of(Optional.ofNullable(request.getParameter("plugins"))
                        .orElse("")
                        .split(",")),
                number(request, "seconds", 120));
        synchronized (turn) {
            if (asking.isPresent()) {
                response.sendError(CONFLICT, "The load is running already");
                return;
            }
            asking = Optional.of(DecisionLoadGenerator.begin(decider, journal, plan));
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private ObjectNode first(String version) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        asking.map(DecisionLoadGenerator::firsts)
                .map(firsts -> firsts.get(version))
                .ifPresent(at -> node.put("at", micros(at)));
        return node;
    }

    private void end(HttpServletResponse response) throws IOException, InterruptedException {
        Optional<DecisionLoadGenerator> ending = taken();
        if (ending.isEmpty()) {
            response.sendError(CONFLICT, "No load is running");
            return;
        }
        DecisionLoadGenerator asked = ending.get();
        asked.end();
        write(response, report(asked, written(asked)));
    }

    private Optional<DecisionLoadGenerator> taken() {
        synchronized (turn) {
            Optional<DecisionLoadGenerator> taken = asking;
            asking = Optional.empty();
            return taken;
        }
    }

    /** The journal writes asynchronously: polls until all decisions are recorded, or no more come. */
    private RecordedDecisions written(DecisionLoadGenerator asked) throws InterruptedException {
        Set<String> plugins = Set.copyOf(asked.plan().plugins());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WRITTEN_SECONDS);
        long before = store.count();
        TimeUnit.MILLISECONDS.sleep(500);
        while (store.count() != before && System.nanoTime() < end) {
            before = store.count();
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return RecordedDecisions.since(store, asked.begin(), plugins);
    }

    private static ObjectNode report(DecisionLoadGenerator asked, RecordedDecisions recorded) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("asked", asked.asked());
        node.put("failed", asked.failed());
        node.put("recorded", recorded.recorded());
        node.put("fallbacks", recorded.fallbacks());
        node.put("mixed", recorded.mixed());
        ArrayNode whose = node.putArray("fallbacksOf");
        asked.fallbacks().forEach(fallback -> whose.addObject()
                .put("plugin", fallback.plugin())
                .put("from", micros(fallback.from()))
                .put("to", micros(fallback.to())));
        recorded.examples().forEach(node.withArray("examples")::add);
        node.put("begin", micros(asked.begin()));
        node.put("perSecond", asked.plan().perSecond());
        Arrays.stream(asked.waitedMicros()).forEach(node.putArray("waitedMicros")::add);
        Arrays.stream(asked.decidedMicros()).forEach(node.putArray("decidedMicros")::add);
        ObjectNode firsts = node.putObject("firsts");
        asked.firsts().forEach((version, at) -> firsts.put(version, micros(at)));
        return node;
    }

    private static ObjectNode process() {
        ProcessState state = ProcessState.now();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("loaders", state.loaders());
        node.put("liveBytes", state.liveBytes());
        ObjectNode threads = node.putObject("threads");
        for (Map.Entry<String, Integer> kind : state.threads().entrySet()) {
            threads.put(kind.getKey(), kind.getValue());
        }
        return node;
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static int number(HttpServletRequest request, String name, int otherwise) {
        String text = request.getParameter(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    private void write(HttpServletResponse response, ObjectNode node) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(json.writeValueAsBytes(node));
    }

    @Deactivate
    public void close() throws InterruptedException {
        Optional<DecisionLoadGenerator> ending = taken();
        if (ending.isPresent()) {
            ending.get().end();
        }
    }
}
