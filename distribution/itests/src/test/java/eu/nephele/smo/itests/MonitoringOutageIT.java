// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.testbed.WorldKind;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Registry, Prometheus and Alertmanager are away for {@code smo.outage.seconds}: reads stay fast, what does not need them goes on,
 * what does waits and is complete soon after.
 */
@Real
class MonitoringOutageIT {

    private static final double MUCH = 1.1;
    private static final double LITTLE = 0.01;
    private static final int MOST = 3;
    private static final long PATIENCE_SECONDS = 90;

    private static Outages outages;

    @BeforeAll
    static void start() throws Exception {
        outages = new Outages(RealWorld.startGated(WorldKind.CONTEXTS, 2));
        // the registry is asked for what is known, too
        Files.writeString(
                outages.world.testbed.folder().resolve("etc/eu.nephele.smo.adapters.oci.cfg"),
                "tagSeconds=1\n",
                StandardOpenOption.APPEND);
        outages.world.load(Outages.STEADY, MUCH);
        outages.deployAndAwait(Outages.STEADY);
    }

    @AfterAll
    static void end() throws Exception {
        if (outages != null) {
            outages.close();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Gate.State.class, mode = EnumSource.Mode.EXCLUDE, names = "OPEN")
    void withoutRegistryWhatIsKnownIsDeployedAndTheRestWaits(Gate.State how) throws Exception {
        String suffix = how.name().toLowerCase(Locale.ROOT);
        outages.push("later-" + suffix);
        outages.away(
                "registry",
                how,
                () -> {
                    outages.world.api.deploy(outages.graph("waits-" + suffix, "later-" + suffix));
                    outages.deploy("known-" + suffix);
                    outages.runsSoon("known-" + suffix);
                    assertThat(outages.world.phase("waits-" + suffix)).isNotEqualTo(Outages.RUNNING);
                },
                () -> outages.runsSoon("waits-" + suffix));
    }

    @ParameterizedTest
    @EnumSource(value = Gate.State.class, mode = EnumSource.Mode.EXCLUDE, names = "OPEN")
    void withoutPrometheusGraphsAreDeployedAndReplicasStay(Gate.State how) throws Exception {
        String graph = "fires-" + how.name().toLowerCase(Locale.ROOT);
        outages.world.load(Outages.STEADY, MUCH);
        awaitReplicas(MOST, PATIENCE_SECONDS);
        outages.away(
                "prometheus",
                how,
                () -> {
                    outages.world.load(Outages.STEADY, LITTLE);
                    outages.world.api.deploy(conditional(graph));
                    Eventually.within(30, () -> outages.readyPlaces(graph + "-first"), places -> assertThat(places)
                            .hasSize(1)
                            .first()
                            .asString()
                            .endsWith(":1"));
                    assertThat(outages.world.phase(graph)).isNotEqualTo(Outages.RUNNING);
                    assertThat(replicas()).as("without figures").isEqualTo(MOST);
                },
                () -> {
                    Eventually.within(30, MonitoringOutageIT::replicas, now -> assertThat(now)
                            .isEqualTo(1));
                    outages.runsSoon(graph);
                });
    }

    /** Prometheus tells an alert again until it is heard. */
    @ParameterizedTest
    @EnumSource(value = Gate.State.class, mode = EnumSource.Mode.EXCLUDE, names = "OPEN")
    void withoutAlertmanagerAlertsThatFireMeanwhileArriveAfterwards(Gate.State how) throws Exception {
        String graph = "hears-" + how.name().toLowerCase(Locale.ROOT);
        outages.away(
                "alertmanager",
                how,
                () -> {
                    outages.world.api.deploy(conditional(graph));
                    Eventually.within(30, MonitoringOutageIT::firing, graphs -> assertThat(graphs)
                            .contains(graph));
                    outages.isSoon(graph, "WAITING");
                },
                () -> outages.runsSoon(graph));
    }

    private static List<String> firing() throws Exception {
        RestClient prometheus =
                RestClient.unchecked(outages.world.testbed.prometheus().url().getPort());
        JsonNode alerts = prometheus.get("/api/v1/alerts").json().path("data").path("alerts");
        return StreamSupport.stream(alerts.spliterator(), false)
                .filter(alert -> alert.path("state").asText().equals("firing"))
                .map(alert -> alert.path("labels").path("smo_graph").asText())
                .toList();
    }

    /** A service that runs at once, and one for an event that is always there. */
    private static String conditional(String graph) {
        return Descriptors.graph(
                graph,
                outages.service(Descriptors.service(graph + "-first"), RealWorld.PROJECT),
                outages.service(
                        Descriptors.onEvents(graph + "-second", "ANY", Map.of("always", "vector(1)")),
                        RealWorld.PROJECT));
    }

    private static void awaitReplicas(int wanted, long seconds) throws Exception {
        Eventually.within(
                seconds, MonitoringOutageIT::replicas, now -> assertThat(now).isEqualTo(wanted));
    }

    private static int replicas() throws Exception {
        return outages.world
                .api
                .graph(Outages.STEADY)
                .path("services")
                .path(0)
                .path("replicas")
                .asInt();
    }
}
