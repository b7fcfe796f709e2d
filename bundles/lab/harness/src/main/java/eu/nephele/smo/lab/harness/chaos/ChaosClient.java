// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.ChaosService;
import eu.nephele.smo.lab.harness.chaos.GraphState.Awaited;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiRequest;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Changes its graphs without end, one request after the other, and remembers each promise of the server. No other
 * client has these graphs, so that its memory is the expected state.
 */
final class ChaosClient implements Runnable {

    private static final double GIVES_UP = 0.1;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final int ONE_IN_LEGACY = 3;

    private final List<GraphModel> graphs;
    private final KillTarget killTarget;
    private final PromiseLedger ledger;
    private final Random random;
    private final List<String> clusters;
    private final int thoughtMillis;
    private final RetryingCaller api;
    private volatile boolean stopping;

    /**
     * @param world gives the clusters for placements and the pace
     * @param timeout time after which a missing answer is a finding
     * @param killTarget step that it brings about every other time, instead of a random one
     */
    ChaosClient(
            List<GraphModel> graphs,
            ChaosWorld world,
            KillTarget killTarget,
            ServerApi api,
            PromiseLedger ledger,
            Duration timeout,
            long seed) {
        this.killTarget = killTarget;
        this.clusters = List.copyOf(world.clusters());
        this.thoughtMillis = world.pace().thoughtMillis();
        this.graphs = List.copyOf(graphs);
        this.ledger = ledger;
        this.random = new Random(seed);
        this.api = new RetryingCaller(api, ledger, random, GIVES_UP, timeout);
    }

    /** Lets it end after its present request. */
    void stop() {
        stopping = true;
    }

    void fill() {
        graphs.forEach(graph -> carefully(graph, () -> deploy(graph)));
    }

    @Override
    public void run() {
        boolean goesOn = true;
        while (goesOn && !stopping) {
            GraphModel graph = graphs.get(random.nextInt(graphs.size()));
            goesOn = carefully(graph, () -> {
                if (!graph.isTainted()) {
                    act(graph);
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(thoughtMillis) + 1);
            });
        }
    }

    private interface ClientWork {
        void run() throws InterruptedException;
    }

    /** @return false when the thread has to end */
    private boolean carefully(GraphModel graph, ClientWork work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IllegalStateException e) {
            ledger.find(ChaosFinding.stuck(graph.toString(), "an answer", String.valueOf(e.getMessage())));
            graph.taint();
        }
        return true;
    }

    private void act(GraphModel graph) throws InterruptedException {
        Optional<ServerStep> wanted = killTarget.wanted().filter(any -> random.nextBoolean());
        if (wanted.isPresent()) {
            bringAbout(graph, wanted.get());
        } else {
            anything(graph);
        }
    }

    private void bringAbout(GraphModel graph, ServerStep wanted) throws InterruptedException {
        if (graph.state().spec().isEmpty()) {
            deploy(graph);
        } else if (wanted == ServerStep.REMOVE) {
            remove(graph);
        } else if (!graph.state().running()) {
            start(graph);
        } else if (wanted == ServerStep.DEPLOY) {
            remove(graph);
        } else if (wanted == ServerStep.ALERT) {
            alertOrAwait(graph);
        }
    }

    private void alertOrAwait(GraphModel graph) throws InterruptedException {
        List<ChaosService> waiting = graph.state().spec().orElseThrow().services().stream()
                .filter(service ->
                        graph.state().awaited().getOrDefault(service.id(), Awaited.INSTALLED) != Awaited.INSTALLED)
                .toList();
        if (waiting.isEmpty()) {
            update(graph, graph.edits().waiting(graph.state().spec().orElseThrow()));
        } else {
            alert(graph, waiting);
        }
    }

    private void anything(GraphModel graph) throws InterruptedException {
        int dice = random.nextInt(100);
        if (graph.state().spec().isEmpty()) {
            deploy(graph);
        } else if (dice < 10) {
            remove(graph);
        } else if (dice < 40) {
            update(graph);
        } else if (!graph.state().running()) {
            start(graph);
        } else if (dice < 55) {
            stop(graph);
        } else if (dice < 70) {
            place(graph);
        } else if (dice < 75) {
            deployAgain(graph);
        } else {
            alert(graph);
        }
    }

    private void deploy(GraphModel graph) throws InterruptedException {
        GraphSpec spec = graph.edits().fresh();
        String path = isLegacy()
                ? "/project/%s/graphs".formatted(DescriptorEdits.PROJECT)
                : ServerApi.GRAPHS.formatted(DescriptorEdits.PROJECT);
        change(graph, "deploy", keyed("POST", path, spec.json()), GraphState.deployed(spec));
    }

    /** Repeats a request, which must change nothing. */
    private void deployAgain(GraphModel graph) throws InterruptedException {
        String body = graph.state().spec().map(GraphSpec::json).orElseThrow();
        change(
                graph,
                "deploy again",
                keyed("POST", ServerApi.GRAPHS.formatted(DescriptorEdits.PROJECT), body),
                graph.state());
    }

    private void update(GraphModel graph) throws InterruptedException {
        update(graph, graph.edits().changed(graph.state().spec().orElseThrow()));
    }

    private void update(GraphModel graph, GraphSpec spec) throws InterruptedException {
        change(
                graph,
                "update",
                keyed("PUT", graph.path(), spec.json()),
                graph.state().updated(spec));
    }

    private void start(GraphModel graph) throws InterruptedException {
        change(
                graph,
                "start",
                keyed("POST", base(graph) + "/start", ""),
                graph.state().started());
    }

    private void stop(GraphModel graph) throws InterruptedException {
        change(
                graph,
                "stop",
                keyed("POST", base(graph) + "/stop", ""),
                graph.state().stopped());
    }

    private void remove(GraphModel graph) throws InterruptedException {
        change(graph, "remove", keyed("DELETE", base(graph), ""), GraphState.ABSENT);
    }

    private void place(GraphModel graph) throws InterruptedException {
        String wish = random.nextBoolean()
                ? ""
                : "{\"reason\":\"offload\",\"target\":\"%s\"}".formatted(clusters.get(random.nextInt(clusters.size())));
        change(graph, "place", keyed("POST", graph.path() + "/placement", wish), graph.state());
    }

    private void alert(GraphModel graph) throws InterruptedException {
        List<ChaosService> conditional = graph.state().spec().orElseThrow().services().stream()
                .filter(ChaosService::isConditional)
                .toList();
        if (!conditional.isEmpty()) {
            alert(graph, conditional);
        }
    }

    private void alert(GraphModel graph, List<ChaosService> conditional) throws InterruptedException {
        ChaosService service = conditional.get(random.nextInt(conditional.size()));
        String event = ChaosService.EVENTS.get(random.nextInt(ChaosService.EVENTS.size()));
        ApiRequest request =
                new ApiRequest("POST", "/alerts", AlertSender.firing(graph, service.id(), event), Optional.empty());
        RetryingCaller.RetriedOutcome outcome = api.ask(request);
        if (outcome.answer().isEmpty()) {
            forget(graph, service);
            return;
        }
        ApiResponse answer = outcome.answer().get();
        String result = answer.json().at("/results/0/result").asText();
        switch (result) {
            case "installed" -> graph.state(graph.state().with(service.id(), Awaited.INSTALLED));
            case "noted", "unchanged" -> {
                if (outcome.repeated()) {
                    forget(graph, service);
                }
            }
            default -> {
                ledger.find(ChaosFinding.lost(
                        graph + "/" + service.id(),
                        "an alert for a conditional service of a running graph is taken",
                        answer.status() + " " + answer.text()));
                forget(graph, service);
                return;
            }
        }
        ledger.acknowledge("alert");
    }

    /** Forgets the expectation: the acceptance of the alert is unknown; services installed before stay so. */
    private static void forget(GraphModel graph, ChaosService service) {
        if (graph.state().awaited().get(service.id()) != Awaited.INSTALLED) {
            graph.state(graph.state().with(service.id(), Awaited.UNKNOWN));
        }
    }

    private void change(GraphModel graph, String what, ApiRequest request, GraphState after)
            throws InterruptedException {
        GraphState before = graph.state();
        RetryingCaller.RetriedOutcome outcome = api.ask(request);
        Optional<ApiResponse> answer = outcome.answer();
        if (answer.filter(ApiResponse::isGood).isPresent()) {
            graph.state(after);
            ledger.acknowledge(what);
            request.key().ifPresent(key -> ledger.request(key, "%s of %s".formatted(what, graph)));
            answer.get()
                    .location()
                    .filter(it -> it.contains("/operations/"))
                    .ifPresent(it -> ledger.operation(it, "%s of %s to %s".formatted(what, graph, after)));
            return;
        }
        answer.filter(it -> !isKnownRefusal(request, it, outcome.repeated()))
                .ifPresent(it -> ledger.refused("%s of %s (%s): %d %s"
                        .formatted(what, graph, before, it.status(), it.text().strip())));
        findOut(graph, what, before, after);
    }

    /** Returns whether the refusal is legitimate although the client made no mistake. */
    private static boolean isKnownRefusal(ApiRequest request, ApiResponse answer, boolean repeated) {
        if (request.path().startsWith("/api/")) {
            // a placement while the graph is under way
            return request.path().endsWith("/placement") && answer.status() == CONFLICT;
        }
        // the reference's paths name a graph, not an operation: an operation that failed while the call waited,
        // a graph that the first try has removed
        return List.of(CONFLICT, BAD_GATEWAY, GATEWAY_TIMEOUT).contains(answer.status())
                || (repeated && request.method().equals("DELETE") && answer.status() == NOT_FOUND);
    }

    /** The outcome of a request without a good answer is unknown: the server must show one of both states. */
    private void findOut(GraphModel graph, String what, GraphState before, GraphState after)
            throws InterruptedException {
        ApiResponse answer = api.ask(ApiRequest.get(graph.path()))
                .answer()
                .orElseGet(() -> new ApiResponse(0, "", Optional.empty()));
        if (answer.status() == 0) {
            findOut(graph, what, before, after);
            return;
        }
        JsonNode view = answer.json();
        if (after.matches(answer.status(), view)) {
            graph.state(after);
        } else if (before.matches(answer.status(), view)) {
            graph.state(before);
        } else {
            ledger.find(ChaosFinding.lost(
                    graph.toString(),
                    "%s as before, or %s after a %s without an answer".formatted(before, after, what),
                    "%d %s version %s"
                            .formatted(
                                    answer.status(),
                                    view.path("desired").asText(),
                                    view.path("version").asText())));
            graph.taint();
        }
    }

    private boolean isLegacy() {
        return random.nextInt(ONE_IN_LEGACY) == 0;
    }

    private String base(GraphModel graph) {
        return isLegacy() ? graph.legacyPath() : graph.path();
    }

    private ApiRequest keyed(String method, String path, String body) {
        String key = new UUID(random.nextLong(), random.nextLong()).toString();
        return new ApiRequest(method, path, body, Optional.of(key));
    }
}
