// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.engine.EngineResult;
import eu.nephele.smo.lab.harness.engine.Metrics;
import eu.nephele.smo.lab.harness.engine.UsageReading;
import eu.nephele.smo.lab.harness.server.FreePort;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One run: engines, a server, a HAProxy where there is one, and one measurement after the other. What a measurement
 * finds wrong is in the result.
 */
public final class ContainersRun {

    private static final Duration LONG = Duration.ofMinutes(20);
    private static final Duration SHORT = Duration.ofMinutes(3);
    private static final String LABEL = "smo.nephele.eu/service";
    private static final double USUAL_CORES = 0.5;
    private static final double MANY_CORES = 0.95;
    private static final int SLOW_MILLIS = 3_000;
    private static final int PROBES = 200;
    private static final double MILLIS = 1_000;

    private final ContainersOptions options;
    private final Path folder;
    private final PrintStream progress;
    private final ObjectNode result = JsonNodeFactory.instance.objectNode();
    /** What is wrong; one per measurement at most. */
    private final List<String> findings = new ArrayList<>();

    public ContainersRun(ContainersOptions options, Path folder, PrintStream progress) {
        this.options = options;
        this.folder = folder;
        this.progress = progress;
    }

    /** @throws IOException when the run itself failed */
    public EngineResult run() throws IOException, InterruptedException {
        result.put("benchmark", "containers");
        result.put("servers", options.servers());
        result.put("services", options.services());
        result.put("containers", options.containers());
        result.put("delayMillis", options.delayMillis());
        Optional<BalancerProcess> balancer = BalancerProcess.prepared();
        result.put("haproxy", balancer.isPresent());
        try (EnginesProcess engines = EnginesProcess.start(options.servers(), options.delayMillis(), folder)) {
            PoolFile file = new PoolFile(options, engines.servers(), ports());
            try (ContainersServer server = ContainersServer.start(
                    options.server(),
                    folder,
                    file.idle(),
                    balancer.map(BalancerProcess::configuration).orElse(List.of()))) {
                measure(engines, server, file, balancer);
            }
        } finally {
            if (balancer.isPresent()) {
                balancer.get().close();
            }
        }
        findings.forEach(result.withArrayProperty("findings")::add);
        return new EngineResult(result, findings.isEmpty());
    }

    private List<Integer> ports() throws IOException {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < options.services()) {
            ports.add(FreePort.choose());
        }
        return List.copyOf(ports);
    }

    private void measure(
            EnginesProcess engines, ContainersServer server, PoolFile file, Optional<BalancerProcess> balancer)
            throws IOException, InterruptedException {
        idle(server);
        deploy(engines, server, file, balancer);
        steady(server, balancer);
        look(engines, server);
        first(engines, server, balancer.isPresent() ? Optional.of(file.ports().get(0)) : Optional.empty());
        decisions(engines, server);
        probes(engines);
        actions(engines, server, file);
        memory(server, balancer, "end");
    }

    private ObjectNode begin(String name) {
        progress.println(name + " ...");
        return result.withObjectProperty(name);
    }

    private void end(String name) {
        progress.println("  " + result.path(name));
    }

    private void idle(ContainersServer server) throws IOException, InterruptedException {
        ObjectNode figures = begin("idle");
        TimeUnit.SECONDS.sleep(2);
        figures.put("heapMegabytes", rounded(server.liveMegabytes()));
        figures.put(
                "residentMegabytes",
                UsageReading.residentMegabytes(server.process().pid()));
        figures.put("threads", threads(server.metrics()));
        end("idle");
    }

    private static long threads(Metrics metrics) {
        return Math.round(metrics.sum("jvm_threads_live_threads"));
    }

    private static double rounded(double figure) {
        return Math.round(figure * 10) / 10.0;
    }

    private static double seconds(Duration time) {
        return rounded(time.toMillis() / MILLIS);
    }

    private void deploy(
            EnginesProcess engines, ContainersServer server, PoolFile file, Optional<BalancerProcess> balancer)
            throws IOException, InterruptedException {
        ObjectNode figures = begin("deploy");
        engines.put("load?label=%s&cores=%s".formatted(LABEL, USUAL_CORES));
        UsageReading before = UsageReading.create(server.process().pid(), 0, server.metrics());
        long begun = System.nanoTime();
        server.load(file.text());
        if (balancer.isPresent()) {
            balancer.get().begin(SHORT);
        }
        new PatientReader(LONG, 1_000)
                .await(
                        "all containers run, and all graphs",
                        () -> replicas(engines).equals(asDeployed())
                                && server.metrics().graphs("running") == options.services());
        figures.put("seconds", seconds(Duration.ofNanos(System.nanoTime() - begun)));
        UsageReading after = UsageReading.create(server.process().pid(), 0, server.metrics());
        figures.put("cpuSeconds", rounded(after.cpuMillisSince(before) / MILLIS));
        figures.put("stoppedContainers", engines.stopped());
        figures.set("calls", engines.get("calls"));
        end("deploy");
    }

    private Map<String, Integer> asDeployed() {
        Map<String, Integer> all = new HashMap<>();
        for (int i = 0; i < options.services(); i++) {
            all.put(ContainersOptions.service(i), options.replicas());
        }
        return all;
    }

    private static Map<String, Integer> replicas(EnginesProcess engines) throws IOException, InterruptedException {
        Map<String, Integer> counted = new HashMap<>();
        engines.running().forEach((service, ids) -> counted.put(service, ids.size()));
        return counted;
    }

    private void steady(ContainersServer server, Optional<BalancerProcess> balancer)
            throws IOException, InterruptedException {
        ObjectNode figures = begin("steady");
        TimeUnit.SECONDS.sleep(options.checkSeconds());
        Metrics first = server.metrics();
        UsageReading before = UsageReading.create(server.process().pid(), 0, first);
        TimeUnit.SECONDS.sleep(2L * options.checkSeconds());
        Metrics last = server.metrics();
        UsageReading after = UsageReading.create(server.process().pid(), 0, last);
        figures.put("percentOfACore", Math.round(after.percentOfACoreSince(before)));
        figures.put("threads", threads(last));
        cycle(first, last, figures);
        memory(server, balancer, "steady");
        end("steady");
    }

    /** What decisions on all services cost, once: reading what was measured, deciding, noting. */
    private void cycle(Metrics first, Metrics last, ObjectNode figures) {
        double looks = last.sum("smo_scaling_looks") - first.sum("smo_scaling_looks");
        double seconds = last.sum("smo_scaling_seconds") - first.sum("smo_scaling_seconds");
        figures.put("decisionMillisOfAllServices", rounded(MILLIS * seconds / Math.max(1, looks) * options.services()));
        figures.put("looks", Math.round(looks));
    }

    private void memory(ContainersServer server, Optional<BalancerProcess> balancer, String name)
            throws IOException, InterruptedException {
        ObjectNode figures = result.withObjectProperty(name);
        figures.put(
                "residentMegabytes",
                UsageReading.residentMegabytes(server.process().pid()));
        if (balancer.isPresent()) {
            figures.put("haproxyResidentMegabytes", balancer.get().residentMegabytes());
        }
        double live = server.liveMegabytes();
        figures.put("heapMegabytes", rounded(live));
        figures.put(
                "heapMegabytesOverIdle",
                rounded(live - result.at("/idle/heapMegabytes").asDouble()));
    }

    /** Somebody starts a container on each server at the same moment: how long until the server has seen all of them. */
    private void look(EnginesProcess engines, ContainersServer server) throws IOException, InterruptedException {
        ObjectNode figures = begin("look");
        int before = containersSeen(server);
        engines.post("stranger?name=somebody");
        Duration seen = new PatientReader(SHORT, 20)
                .await(
                        "the server has seen a new container on each server",
                        () -> containersSeen(server) >= before + options.servers());
        figures.put("seconds", seconds(seen));
        end("look");
    }

    private static int containersSeen(ContainersServer server) throws IOException, InterruptedException {
        int seen = 0;
        for (JsonNode row : server.get("servers")) {
            seen += row.path("current_containers").asInt();
        }
        return seen;
    }

    /** From one step up until the new container has answered a request. */
    private void first(EnginesProcess engines, ContainersServer server, Optional<Integer> port)
            throws IOException, InterruptedException {
        ObjectNode figures = begin("first");
        String service = ContainersOptions.service(0);
        Set<String> before = engines.running().getOrDefault(service, Set.of());
        long begun = System.nanoTime();
        server.post("services/%s/scale/up".formatted(service));
        PatientReader quick = new PatientReader(SHORT, 20);
        quick.await(
                "a container is started", () -> fresh(engines, service, before).size() == 1);
        figures.put("startedSeconds", seconds(Duration.ofNanos(System.nanoTime() - begun)));
        String id = fresh(engines, service, before).iterator().next();
        quick.await("the container is healthy", () -> isHealthy(server, service, id));
        figures.put("healthySeconds", seconds(Duration.ofNanos(System.nanoTime() - begun)));
        if (port.isPresent()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(port.get())))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            new PatientReader(SHORT, 1).await("the container has answered through HAProxy", () -> server.process()
                    .http()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .equals(id));
            figures.put("servedSeconds", seconds(Duration.ofNanos(System.nanoTime() - begun)));
        }
        end("first");
    }

    private static Set<String> fresh(EnginesProcess engines, String service, Set<String> before)
            throws IOException, InterruptedException {
        Set<String> fresh = new HashSet<>(engines.running().getOrDefault(service, Set.of()));
        fresh.removeAll(before);
        return fresh;
    }

    private static boolean isHealthy(ContainersServer server, String service, String id)
            throws IOException, InterruptedException {
        for (JsonNode container :
                server.get("services/%s/stats".formatted(service)).path("containers")) {
            if (container.path("id").asText().equals(id)) {
                return container.path("health").asText().equals("healthy");
            }
        }
        return false;
    }

    /** The load of all services rises at one moment: how long until each of them has one replica more. */
    private void decisions(EnginesProcess engines, ContainersServer server) throws IOException, InterruptedException {
        ObjectNode figures = begin("decisions");
        Map<String, Integer> before = replicas(engines);
        Metrics first = server.metrics();
        engines.put("load?label=%s&cores=%s".formatted(LABEL, MANY_CORES));
        try {
            Duration decided = new PatientReader(SHORT, 100)
                    .await(
                            "each service has got a replica more",
                            () -> grown(before, replicas(engines)) == before.size());
            figures.put("seconds", seconds(decided));
        } catch (IOException late) {
            findings.add(String.valueOf(late.getMessage()));
        }
        figures.put("grown", grown(before, replicas(engines)));
        engines.put("load?label=%s&cores=%s".formatted(LABEL, USUAL_CORES));
        cycle(first, server.metrics(), figures);
        end("decisions");
    }

    private static long grown(Map<String, Integer> before, Map<String, Integer> now) {
        return before.entrySet().stream()
                .filter(service -> now.getOrDefault(service.getKey(), 0) > service.getValue())
                .count();
    }

    /** One server answers late for a while: what that does to the probes of the others. */
    private void probes(EnginesProcess engines) throws IOException, InterruptedException {
        ObjectNode figures = begin("probes");
        String slow = engines.servers().get(0).name();
        engines.put("engines/%s/fault?kind=SLOW&millis=%d".formatted(slow, SLOW_MILLIS));
        engines.post("probes/reset");
        TimeUnit.SECONDS.sleep(options.probeSeconds());
        JsonNode read = engines.get("probes");
        engines.put("engines/%s/fault?kind=NONE".formatted(slow));
        latest(read, slow, options.probeSeconds(), figures);
        end("probes");
    }

    private static void latest(JsonNode read, String except, double seconds, ObjectNode figures) {
        double gap = 0;
        long count = 0;
        for (Map.Entry<String, JsonNode> server : read.properties()) {
            count += server.getValue().path("probes").asLong();
            if (!server.getKey().equals(except)) {
                gap = Math.max(gap, server.getValue().path("longestGapMillis").asDouble());
            }
        }
        figures.put("perSecond", rounded(count / seconds));
        figures.put("secondsOf%d".formatted(PROBES), rounded(PROBES * seconds / Math.max(1, count)));
        figures.put("latestMillis", Math.round(Math.max(0, gap - PoolFile.PROBE_SECONDS * MILLIS)));
    }

    private void actions(EnginesProcess engines, ContainersServer server, PoolFile file)
            throws IOException, InterruptedException {
        ObjectNode figures = begin("actions");
        ScaleLedger ledger = new ScaleLedger(restingReplicas(engines, file));
        ScaleActions actions = new ScaleActions(server, options, ledger);
        engines.post("probes/reset");
        UsageReading before = UsageReading.create(server.process().pid(), 0, server.metrics());
        long begun = System.nanoTime();
        actions.run();
        double seconds = seconds(Duration.ofNanos(System.nanoTime() - begun));
        latest(engines.get("probes"), "", seconds, figures.putObject("probes"));
        figures.put("seconds", seconds);
        UsageReading after = UsageReading.create(server.process().pid(), 0, server.metrics());
        figures.put("percentOfACore", Math.round(after.percentOfACoreSince(before)));
        figures.put("acknowledged", ledger.acknowledged());
        figures.put("refusedAtLimit", ledger.refused());
        figures.put("putOff", actions.putOff());
        actions.steps().into(figures.putObject("steps"));
        actions.reads().into(figures.putObject("reads"));
        judge(engines, ledger, figures);
        end("actions");
    }

    /** The load fell a moment ago: what was decided by the former one, and its steps back, are no steps by hand. */
    private Map<String, Integer> restingReplicas(EnginesProcess engines, PoolFile file)
            throws IOException, InterruptedException {
        long atRestSeconds = file.cooldownSeconds() + 2L * options.checkSeconds();
        long endNanos = System.nanoTime() + LONG.toNanos();
        Map<String, Integer> before = replicas(engines);
        for (long resting = 0; resting < atRestSeconds; resting++) {
            if (System.nanoTime() - endNanos > 0) {
                throw new IOException("The pool does not come to rest in %d s".formatted(LONG.toSeconds()));
            }
            TimeUnit.SECONDS.sleep(1);
            Map<String, Integer> now = replicas(engines);
            resting = now.equals(before) ? resting : 0;
            before = now;
        }
        return before;
    }

    /** Also after the time in which a step by hand counts: what was taken over stays. */
    private void judge(EnginesProcess engines, ScaleLedger ledger, ObjectNode figures)
            throws IOException, InterruptedException {
        Map<String, Integer> promised = ledger.replicas();
        try {
            Duration settled = new PatientReader(SHORT, 500)
                    .await("replicas are as acknowledged", () -> replicas(engines)
                            .equals(promised));
            figures.put("settledSeconds", seconds(settled));
            TimeUnit.SECONDS.sleep(3L * options.checkSeconds());
        } catch (IOException never) {
            findings.add(String.valueOf(never.getMessage()));
        }
        Map<String, Integer> there = replicas(engines);
        int lost = 0;
        int extra = 0;
        for (Map.Entry<String, Integer> service : promised.entrySet()) {
            int difference = there.getOrDefault(service.getKey(), 0) - service.getValue();
            lost += Math.max(0, -difference);
            extra += Math.max(0, difference);
        }
        figures.put("lost", lost);
        figures.put("extra", extra);
        if (lost + extra > 0) {
            findings.add("%d replicas are missing and %d too many; acknowledged %s, there %s"
                    .formatted(lost, extra, promised, there));
        }
    }
}
