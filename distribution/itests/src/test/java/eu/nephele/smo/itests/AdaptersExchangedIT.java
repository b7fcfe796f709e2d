// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.testbed.WorldKind;
import eu.nephele.smo.lab.testbed.players.ReconciledObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each adapter is updated, stopped, started, taken out and put in again in the running server while graphs are deployed, scaled and
 * moved.
 */
@Real
class AdaptersExchangedIT {

    private static final List<String> ADAPTERS = List.of("oci", "helm", "karmada", "prometheus", "http", "grafana");
    /** Those without which nothing can be deployed. */
    private static final List<String> NEEDED = List.of("helm", "karmada");

    private static final String NAME = "eu.nephele.smo.adapters.";
    private static final long AWAY_SECONDS = Long.getLong("smo.exchange.seconds", 3);
    private static final long PATIENCE_SECONDS = 60;
    private static final long CONVERGENCE_SECONDS = 30;
    /** Those of pools that come and go with the calls. */
    private static final int POOL_THREADS = 10;

    private final Path workshop = Distribution.freshFolder("rebuilt");
    private final List<String> graphs = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"KARMADA", "CONTEXTS"})
    void operationsWaitAndGoOnNothingFailsForGoodAndNothingIsDoubledOrLeftBehind(WorldKind kind) throws Exception {
        try (Outages outages = new Outages(RealWorld.start(kind, 2))) {
            Bundles bundles = new Bundles(outages.world.client, outages.world.port, outages.world.data);
            deploy(outages, Outages.STEADY);
            allRun(outages, "the beginning");
            for (String adapter : ADAPTERS) {
                exchange(outages, bundles, adapter);
            }
            ServerInside before = ServerInside.of(outages.world.server());
            for (String adapter : ADAPTERS) {
                bundles.withdraw(NAME + adapter);
            }
            for (String adapter : NEEDED) {
                replant(outages, bundles, adapter);
            }
            allRun(outages, "the end");
            assertNothingFailed(outages.world);
            assertNothingIsDoubled(outages.world, kind);
            assertNothingIsLeftBehind(outages.world, before);
            for (String graph : graphs) {
                outages.world.api.remove(graph);
            }
            Eventually.within(PATIENCE_SECONDS, outages.world.testbed::objects, left -> assertThat(left)
                    .isEmpty());
        } finally {
            figures.forEach(figure -> System.out.println("figures: " + kind + ": " + figure));
        }
    }

    private void exchange(Outages outages, Bundles bundles, String adapter) throws Exception {
        outages.world.load(Outages.STEADY, graphs.size() % 4 == 1 ? 1.1 : 0.01);
        deploy(outages, "update-" + adapter);
        long begin = System.nanoTime();
        bundles.update(Rebuilt.of("smo-adapters-" + adapter, 1, workshop.resolve(adapter)));
        long updated = System.nanoTime();
        String moving = graphs.get(graphs.size() - 2);
        String from = outages.placeOf(moving);
        deploy(outages, "stop-" + adapter);
        bundles.stop(NAME + adapter);
        move(outages, moving, from);
        TimeUnit.SECONDS.sleep(AWAY_SECONDS);
        bundles.start(NAME + adapter);
        double recovered = allRun(outages, adapter + " was exchanged");
        Eventually.within(
                CONVERGENCE_SECONDS, () -> ServerInside.processes(outages.world.server()), workers -> assertThat(
                                workers)
                        .as("workers of Helm after the exchange of " + adapter)
                        .isLessThanOrEqualTo(1));
        figures.add("%s updated within %d ms, stopped, all graphs run %.1f s after it is back"
                .formatted(adapter, TimeUnit.NANOSECONDS.toMillis(updated - begin), recovered));
    }

    private void replant(Outages outages, Bundles bundles, String adapter) throws Exception {
        bundles.uninstall(NAME + adapter);
        deploy(outages, "without-" + adapter);
        TimeUnit.SECONDS.sleep(AWAY_SECONDS);
        bundles.install(NAME + adapter, Rebuilt.original("smo-adapters-" + adapter));
        figures.add("%s taken out and installed as a plugin, all graphs run %.1f s after that"
                .formatted(adapter, allRun(outages, adapter + " was installed again")));
    }

    private void deploy(Outages outages, String graph) throws Exception {
        outages.deploy(graph);
        graphs.add(graph);
    }

    /** Somewhere else than it was; while nobody knows the clusters, the request itself may have to come again. */
    private static void move(Outages outages, String graph, String from) throws Exception {
        String body = "{\"reason\":\"offload\",\"target\":\"%s\"}".formatted(from.equals("c1") ? "c2" : "c1");
        RestClient.Answer moved =
                outages.world.client.postJson(outages.world.api.graphs() + "/" + graph + "/placement", body);
        assertThat(moved.status()).as(moved.text()).isIn(200, 202, 503);
    }

    /** @return seconds until then */
    private double allRun(Outages outages, String when) throws Exception {
        long begin = System.nanoTime();
        for (String graph : graphs) {
            Eventually.within(CONVERGENCE_SECONDS, () -> outages.world.api.graph(graph), seen -> assertThat(
                            seen.path("phase").asText())
                    .as("%s, %s: %s", graph, when, seen.path("conditions").toPrettyString())
                    .isEqualTo(Outages.RUNNING));
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void assertNothingFailed(RealWorld world) throws Exception {
        RestClient.Answer answer = world.client.get("/api/v1/operations?limit=500");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("items")).isNotEmpty();
        for (JsonNode operation : answer.json().path("items")) {
            assertThat(operation.path("state").asText())
                    .as(operation.toPrettyString())
                    .isNotEqualTo("FAILED");
        }
    }

    /** Each service is where it was decided to be and nowhere else: with Karmada on its control plane, too. */
    private void assertNothingIsDoubled(RealWorld world, WorldKind kind) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> deployments(world), found -> assertThat(found)
                .containsExactlyInAnyOrderEntriesOf(expected(world, kind)));
    }

    private static Map<String, List<String>> deployments(RealWorld world) {
        Map<String, List<String>> found = new TreeMap<>();
        for (ReconciledObject object : world.testbed.objects()) {
            if (object.kind().equals("Deployment")) {
                found.computeIfAbsent(object.name(), first -> new ArrayList<>()).add(object.server());
            }
        }
        found.values().forEach(servers -> servers.sort(null));
        return found;
    }

    private Map<String, List<String>> expected(RealWorld world, WorldKind kind) throws Exception {
        Map<String, List<String>> expected = new TreeMap<>();
        for (String graph : graphs) {
            String place = world.api
                    .graph(graph)
                    .at("/services/0/shares/0/cluster")
                    .asText()
                    .replaceFirst(".*/", "");
            expected.put(graph, kind == WorldKind.KARMADA ? List.of(place, "karmada") : List.of(place));
        }
        return expected;
    }

    private void assertNothingIsLeftBehind(RealWorld world, ServerInside before) throws Exception {
        ServerInside after = Eventually.within(
                PATIENCE_SECONDS, () -> ServerInside.of(world.server()), now -> assertThat(now.classLoaders())
                        .as("class loaders of bundles, %s before and %s now", before, now)
                        .isLessThanOrEqualTo(before.classLoaders()));
        figures.add("before and after the second exchange of all: %s, %s".formatted(before, after));
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + POOL_THREADS);
        assertThat(after.processes()).as("workers of Helm").isEqualTo(1);
    }
}
