// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.ClientSettings;
import eu.nephele.smo.access.client.SmoClient;
import eu.nephele.smo.access.client.call.SmoProblemException;
import eu.nephele.smo.access.client.call.TaggedValue;
import eu.nephele.smo.access.client.call.TokenSource;
import eu.nephele.smo.access.client.event.EventSelection;
import eu.nephele.smo.access.client.event.EventSubscription;
import eu.nephele.smo.access.client.model.SmoCloudEvent;
import eu.nephele.smo.access.client.model.SmoExplanation;
import eu.nephele.smo.access.client.model.SmoGraph;
import eu.nephele.smo.access.client.model.SmoOperation;
import eu.nephele.smo.access.client.model.SmoPlan;
import eu.nephele.smo.access.client.model.SmoService;
import eu.nephele.smo.access.client.model.SmoShadow;
import eu.nephele.smo.access.client.resource.ChangedGraph;
import eu.nephele.smo.access.client.resource.GraphCalls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The life of a graph through the Java client alone; after each step REST says the same. */
class JavaClientScenarioIT {

    private static final int PORT = Distribution.freePort();
    private static final Path DATA = Settings.fresh().data();
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static ServerProcess server;
    private static RestClient rest;
    private static SmoClient smo;

    private final GraphCalls graphs = smo.graphs(ScenarioGraph.PROJECT);

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.ready(PORT, DATA);
        Path token = DATA.resolve("etc/admin.token");
        rest = RestClient.known(PORT, Files.readString(token).strip());
        smo = SmoClient.create(
                ClientSettings.standard(URI.create("http://127.0.0.1:" + PORT)).with(TokenSource.file(token)));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void theLifeOfAGraph() throws Exception {
        assertThat(smo.version().send().name()).isNotEmpty();
        try (EventSubscription events = smo.events()
                .subscribe(EventSelection.forProject(ScenarioGraph.PROJECT).ofTypes("hdag.*"), "0", gap -> {})) {
            deployAndUpdate();
            assertThat(events.next()).map(SmoCloudEvent::type).contains("hdag.accepted");
        }
        scaleAndDrain();
        explainAndShadow();
        rollBackAndRemove();
    }

    private void deployAndUpdate() throws Exception {
        SmoPlan first =
                graphs.plan(ScenarioGraph.NAME, ScenarioGraph.descriptor(1)).send();
        assertThat(first.feasible()).isTrue();
        assertThat(first.services().added()).containsExactly("web");
        done(graphs.deploy(ScenarioGraph.descriptor(1), WAIT)
                .sendLater()
                .toCompletableFuture()
                .join());
        assertThat(stored().path("version").asText()).isEqualTo("1.0.0");

        TaggedValue<SmoGraph> before = graphs.get(ScenarioGraph.NAME).sendTagged();
        assertThat(before.value().summary().phase())
                .isEqualTo(stored().path("phase").asText());
        SmoPlan plan =
                graphs.plan(ScenarioGraph.NAME, ScenarioGraph.descriptor(2)).send();
        assertThat(plan.services().changed()).containsExactly("web");
        done(graphs.apply(plan, WAIT).send());
        assertThat(stored().path("version").asText()).isEqualTo("2.0.0");

        SmoProblemException stale = catchThrowableOfType(
                SmoProblemException.class, () -> graphs.update(ScenarioGraph.NAME, ScenarioGraph.descriptor(1), WAIT)
                        .onlyIf(before.tag())
                        .send());
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stored().path("version").asText()).isEqualTo("2.0.0");
    }

    private void scaleAndDrain() throws Exception {
        SmoGraph held = graphs.hold(ScenarioGraph.NAME, "web", 2, Optional.of(Duration.ofMinutes(5)))
                .send();
        assertThat(held.service("web").flatMap(SmoService::hold)).isPresent();
        Eventually.within(60, () -> stored().at("/services/0/readyReplicas"), ready -> assertThat(ready.asInt())
                .isEqualTo(2));
        graphs.release(ScenarioGraph.NAME, "web").send();

        String cluster =
                graphs.service(ScenarioGraph.NAME, "web").send().shares().get(0).cluster();
        SmoOperation drained = smo.clusters().drain(cluster, "scenario", WAIT).send();
        assertThat(smo.operations().await(drained, WAIT).hasSucceeded()).isTrue();
        assertThat(stored().at("/services/0/shares/0/cluster").asText()).isNotEqualTo(cluster);
        assertThat(smo.clusters().get(cluster).send().cordon()).isPresent();
        assertThat(smo.clusters().uncordon(cluster).send().cordoned()).isFalse();
    }

    private void explainAndShadow() throws Exception {
        SmoExplanation explanation = graphs.explain(ScenarioGraph.NAME, "web").send();
        assertThat(explanation.placed()).isTrue();
        assertThat(explanation.cluster())
                .contains(stored().at("/services/0/shares/0/cluster").asText());
        assertThat(explanation.text()).isNotEmpty();
        assertThat(graphs.decisions(ScenarioGraph.NAME)).isNotEmpty();

        SmoShadow shadow = smo.shadows()
                .start("placement", "greedy", ScenarioGraph.PROJECT + "/" + ScenarioGraph.NAME)
                .send();
        done(graphs.place(ScenarioGraph.NAME, WAIT).send());
        Eventually.within(30, () -> smo.shadows().report(shadow.id()).send(), report -> assertThat(report.compared())
                .isPositive());
        smo.shadows().promote(shadow.id(), WAIT).send();
        done(graphs.place(ScenarioGraph.NAME, WAIT).send());
        assertThat(graphs.decisions(ScenarioGraph.NAME).stream()
                        .map(decision -> decision.strategy().id()))
                .contains("greedy");
    }

    private void rollBackAndRemove() throws Exception {
        assertThat(graphs.revisions(ScenarioGraph.NAME).toList()).hasSizeGreaterThan(1);
        done(graphs.rollback(ScenarioGraph.NAME, 1, WAIT).send());
        assertThat(stored().path("version").asText()).isEqualTo("1.0.0");
        done(graphs.remove(ScenarioGraph.NAME, WAIT).send());
        assertThat(rest.get(path()).status()).isEqualTo(404);
        assertThat(graphs.list()).isEmpty();
    }

    private static void done(ChangedGraph changed) {
        assertThat(changed.isDone()).as("%s", changed).isTrue();
    }

    private static JsonNode stored() throws Exception {
        return rest.get(path()).json();
    }

    private static String path() {
        return "/api/v1/projects/%s/graphs/%s".formatted(ScenarioGraph.PROJECT, ScenarioGraph.NAME);
    }
}
