// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testbed.push.PushOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A world whose systems can be away for some seconds, with one graph that lives there from the beginning. */
final class Outages implements AutoCloseable {

    static final String STEADY = "steady";
    /** Running and not asked for more. */
    static final String RUNNING = "RUNNING";

    private static final long SECONDS = Long.getLong("smo.outage.seconds", 10);
    private static final long RECOVERY_SECONDS = 30;
    private static final long PATIENCE_SECONDS = 90;
    private static final List<String> READ = List.of(
            "/clusters",
            "/project/" + RealWorld.PROJECT + "/graphs",
            "/graphs/" + STEADY,
            "/api/v1/clusters",
            "/api/v1/projects/" + RealWorld.PROJECT + "/graphs",
            "/api/v1/projects/" + RealWorld.PROJECT + "/graphs/" + STEADY);
    private static final String SCALING =
            "\"scaling\":{\"minReplicas\":1,\"maxReplicas\":3,\"profile\":{\"alpha\":0.533,\"beta\":-0.416}},";

    final RealWorld world;

    Outages(RealWorld world) {
        this.world = world;
    }

    interface Step {
        void take() throws Exception;
    }

    /** A graph of one service of the same name, with the chart of the demo in the given repository. */
    String graph(String name, String repository) {
        return scaled(Descriptors.graph(name, service(Descriptors.service(name), repository)));
    }

    /** Replicas follow the load. */
    static String scaled(String graph) {
        return graph.replace(
                "\"services\":",
                "\"strategies\":{\"scaling\":{\"id\":\"optimal\",\"intervalSeconds\":2}},\"services\":");
    }

    String service(String service, String repository) {
        return service.replace(
                        "registry.example/samples/any", "%s/%s/noise-reduction".formatted(world.registry(), repository))
                .replace("\"deployment\":", SCALING + "\"deployment\":");
    }

    void deploy(String name) throws Exception {
        world.api.deploy(graph(name, RealWorld.PROJECT));
    }

    void deployAndAwait(String name) throws Exception {
        deploy(name);
        Eventually.within(PATIENCE_SECONDS, () -> world.phase(name), phase -> assertThat(phase)
                .isEqualTo(RUNNING));
        Reads.warmUp(world.client, READ);
    }

    /** Charts that the server has not seen, put there behind its back. */
    void push(String repository) throws Exception {
        Path chart = RealWorld.DEMO.resolve("charts/noise-reduction");
        new PushOptions(world.testbed.registry().host(), repository, List.of(chart)).push();
    }

    /**
     * The system is away; reads are measured meanwhile.
     *
     * @param meanwhile what must go on while it is away; the outage lasts until it has
     * @param recovered what must have happened soon after it is back
     */
    void away(String system, Gate.State how, Step meanwhile, Step recovered) throws Exception {
        String name = "%s %s".formatted(system, how);
        Gate gate = world.gates.gate(system);
        long begin = System.nanoTime();
        gate.set(how);
        Reads reads = Reads.start(world.client, READ);
        try {
            meanwhile.take();
            System.out.printf("%s: what does not need it went on after %.1f s%n", name, seconds(begin));
            TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(SECONDS) - (System.nanoTime() - begin));
        } finally {
            System.out.printf("%s: away for %.1f s%n", name, seconds(begin));
            gate.set(Gate.State.OPEN);
        }
        long back = System.nanoTime();
        reads.assertFast(name);
        recovered.take();
        System.out.printf("%s: recovered %.1f s after it is back%n", name, seconds(back));
        assertThat(seconds(back)).as("seconds until it recovered").isLessThan(RECOVERY_SECONDS);
    }

    static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    void runsSoon(String graph) throws Exception {
        isSoon(graph, RUNNING);
    }

    void isSoon(String graph, String phase) throws Exception {
        Eventually.within(RECOVERY_SECONDS, () -> world.api.graph(graph), seen -> assertThat(
                        seen.path("phase").asText())
                .as(seen.path("conditions").toPrettyString())
                .isEqualTo(phase));
    }

    /** Where the server has decided that the only service of a graph runs. */
    String placeOf(String graph) throws Exception {
        return world.api
                .graph(graph)
                .path("services")
                .path(0)
                .path("shares")
                .path(0)
                .path("cluster")
                .asText();
    }

    /** Ready replicas in fact, by cluster that has some. */
    List<String> readyPlaces(String service) {
        List<String> places = new ArrayList<>();
        world.members().forEach(cluster -> {
            if (world.deployment(cluster, service).isPresent()) {
                places.add(cluster + ":" + world.ready(cluster, service));
            }
        });
        return places;
    }

    @Override
    public void close() throws IOException {
        world.close();
    }
}
