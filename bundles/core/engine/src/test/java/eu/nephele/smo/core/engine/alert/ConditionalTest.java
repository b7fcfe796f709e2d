// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.alert;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.AlertService.Alert;
import eu.nephele.smo.api.graph.AlertService.Outcome;
import eu.nephele.smo.api.graph.AlertService.Result;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.Rights;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.MetricSeries;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.federation.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services that wait for events, with the monitoring of the simulated world and with alerts of others. */
class ConditionalTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final long GIB = 1L << 30;
    private static final MetricSeries HOT = new MetricSeries("hot", Map.of());
    private static final MetricSeries WET = new MetricSeries("wet", Map.of());

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = core(Scenario.of(
                Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(900_000, 6400 * GIB, 10_000 * GIB, 0))));
    }

    private static EmbeddedCore core(Scenario scenario) throws Exception {
        EmbeddedCore core = new EmbeddedCore(scenario, "conditional-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
        return core;
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void anyOfItsEventsInstallsAService() {
        deploy("ANY");
        assertThat(core.world.snapshot().rules()).hasSize(2);
        core.pass(Duration.ofSeconds(30));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.WAITING);
        set(WET, 1);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(core.eventTypes(G)).contains("alert.received");
    }

    @Test
    void aServiceIsPendingFromTheFirstAnswerOn() {
        // before the first pass, and again after each start
        Change deployed = core.deploy(
                "p", Hdag.graph("g").conditional("w", "ANY", "hot=hot == 1").yaml());
        assertThat(deployed.accepted().service("w").orElseThrow().state()).isEqualTo(ServiceState.PENDING);
        assertThat(core.view(G).service("w").orElseThrow().state()).isEqualTo(ServiceState.PENDING);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.WAITING, Duration.ofSeconds(20));
        core.stop(G);
        assertThat(core.view(G).service("w").orElseThrow().state()).isNotEqualTo(ServiceState.DEPLOYED);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.STOPPED, Duration.ofSeconds(20));
        core.start(G);
        assertThat(core.view(G).service("w").orElseThrow().state()).isEqualTo(ServiceState.PENDING);
    }

    @Test
    void allEventsTogetherInstallAServiceAndNotOneAfterTheOther() {
        deploy("ALL");
        set(HOT, 1);
        core.pass(Duration.ofSeconds(10));
        set(HOT, 0);
        core.pass(Duration.ofSeconds(10));
        set(WET, 1);
        core.pass(Duration.ofSeconds(70));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.WAITING);
        set(HOT, 1);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    @Test
    void eventsOfAllMayComeWithARestartInBetween() {
        deploy("ALL");
        set(HOT, 1);
        core.pass(Duration.ofSeconds(10));
        core.stopEngine();
        core.startEngine();
        set(WET, 1);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    @Test
    void rulesGoAtStopAndComeBackAtStart() {
        // after a start the service waits for its event anew, and an alert that still fires installs it again
        deploy("ANY");
        set(HOT, 1);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.stop(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.STOPPED, Duration.ofSeconds(20));
        assertThat(core.world.snapshot().rules()).isEmpty();
        assertThat(core.world.snapshot().releases()).isEmpty();
        set(HOT, 0);
        core.pass(Duration.ofSeconds(5));
        core.start(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.WAITING, Duration.ofSeconds(20));
        assertThat(core.view(G).service("w").orElseThrow().state()).isEqualTo(ServiceState.PENDING);
        core.pass(Duration.ofSeconds(60));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.WAITING);
        set(HOT, 1);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.remove(G);
        core.pass(Duration.ofSeconds(5));
        assertThat(core.world.snapshot().rules()).isEmpty();
    }

    @Test
    void aStartBeforeAnythingWasStoppedTakesAwayWhatWaitsAnew() {
        deploy("ANY");
        set(HOT, 1);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        set(HOT, 0);
        core.pass(Duration.ofSeconds(60));
        core.stop(G);
        core.start(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.WAITING, Duration.ofSeconds(20));
        assertThat(core.view(G).service("w").orElseThrow().state()).isEqualTo(ServiceState.PENDING);
        assertThat(core.world.snapshot().releases())
                .extracting(release -> release.state().workload().service())
                .containsExactly("a");
        assertThat(core.world.snapshot().rules()).hasSize(2);
        set(HOT, 1);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    @Test
    void aServiceThatWasGoneWaitsForItsEventAnew() {
        deploy("ANY");
        fire("hot", true);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.update("p", Hdag.graph("g").service("a").yaml());
        core.passUntil(() -> core.world.snapshot().releases().size() == 1, Duration.ofSeconds(60));
        core.pass(Duration.ofSeconds(10));
        core.update(
                "p",
                Hdag.graph("g")
                        .service("a")
                        .conditional("w", "ANY", "hot=hot == 1")
                        .yaml());
        core.passUntil(() -> core.view(G).phase() == GraphPhase.WAITING, Duration.ofSeconds(20));
        core.pass(Duration.ofSeconds(60));
        assertThat(core.world.snapshot().releases()).hasSize(1);
    }

    @Test
    void anAlertThatFiresAllTheTimeInstallsAgainAfterStopAndStart() {
        deploy("ANY");
        fire("hot", true);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.stop(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.STOPPED, Duration.ofSeconds(20));
        assertThat(fire("hot", true).outcome()).isEqualTo(Outcome.UNKNOWN);
        core.start(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.WAITING, Duration.ofSeconds(20));
        assertThat(fire("hot", true).outcome()).isEqualTo(Outcome.INSTALLED);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    @Test
    void aRepeatedAlertChangesNothing() {
        deploy("ANY");
        assertThat(fire("hot", true).outcome()).isEqualTo(Outcome.INSTALLED);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        int events = core.events().size();
        long revision = core.stores.graphs().find(G).orElseThrow().desired().revision();
        long writes = core.world.snapshot().repeatedWrites();
        for (int i = 0; i < 5; i++) {
            assertThat(fire("hot", true).outcome()).isEqualTo(Outcome.UNCHANGED);
        }
        core.pass(Duration.ofSeconds(10));
        assertThat(core.events()).hasSize(events);
        assertThat(core.stores.graphs().find(G).orElseThrow().desired().revision())
                .isEqualTo(revision);
        assertThat(core.world.snapshot().repeatedWrites()).isEqualTo(writes);
        assertThat(fire("hot", false).outcome()).isEqualTo(Outcome.NOTED);
        assertThat(fire("hot", false).outcome()).isEqualTo(Outcome.UNCHANGED);
        core.pass(Duration.ofSeconds(10));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void theOldLabelsOfRulesAreUnderstood() {
        // the reference names the rule after the event and gives the service only
        deploy("ANY");
        Alert old = new Alert("", true, Map.of("alertname", "hot", "service", "w"), Optional.empty());
        assertThat(receive(List.of(old)).get(0).outcome()).isEqualTo(Outcome.INSTALLED);
        assertThat(receive(List.of(old)).get(0).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void eachAlertIsHandledOnItsOwn() {
        deploy("ANY");
        core.deploy("q", Hdag.graph("g").conditional("w", "ANY", "hot=hot == 1").yaml());
        core.pass(Duration.ofSeconds(3));
        List<Result> results = receive(List.of(
                new Alert("1", true, Map.of("alertname", "hot", "service", "w"), Optional.empty()),
                new Alert("2", true, Map.of("alertname", "hot", "service", "nobody"), Optional.empty()),
                new Alert("3", true, Map.of("alertname", "hot"), Optional.empty()),
                new Alert(
                        "4", true, Map.of("alertname", "other", "service", "w", "smo_project", "p"), Optional.empty()),
                new Alert(
                        "5", true, Map.of("alertname", "hot", "service", "w", "smo_project", "q"), Optional.empty())));
        assertThat(results)
                .extracting(Result::outcome)
                .containsExactly(
                        Outcome.AMBIGUOUS, Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.INSTALLED);
        assertThat(results.get(0).message()).contains("p/g", "q/g");
        assertThat(results.get(4).graph()).contains(new GraphId("q", "g"));
        core.pass(Duration.ofSeconds(5));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.WAITING);
    }

    @Test
    void anAlertInstallsNothingInAGraphThatItsSenderMayNotOperateAndDoesNotNameIt() {
        Rights rights = new Rights();
        core.stopEngine();
        core.access = rights;
        core.startEngine();
        CallContext anna = CallContext.of("anna", "10.0.0.1", Set.of(), "c1");
        GraphId theirs = new GraphId("theirs", "h");
        deploy("ANY");
        core.deploy(
                "theirs",
                Hdag.graph("h").conditional("w", "ANY", "hot=hot == 1").yaml());
        core.passUntil(() -> core.view(theirs).phase() == GraphPhase.WAITING, Duration.ofSeconds(20));
        rights.hideProjects(Set.of("theirs"));
        AlertService alertService = core.doors().alerts();

        Alert named = new Alert(
                "f1",
                true,
                Map.of("alertname", "hot", "service", "w", "smo_project", "theirs", "smo_graph", "h"),
                Optional.empty());
        Alert anywhere = new Alert("f2", true, Map.of("alertname", "hot", "service", "w"), Optional.empty());
        assertThat(alertService.receive(List.of(named), anna))
                .containsExactly(new Result(
                        Outcome.UNKNOWN,
                        Optional.empty(),
                        Optional.empty(),
                        "no running graph has a conditional service w"));
        assertThat(alertService.receive(List.of(anywhere), anna))
                .as("one that may be operated is found, and the other one does not make it ambiguous")
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.outcome()).isEqualTo(Outcome.INSTALLED);
                    assertThat(result.graph()).contains(G);
                    assertThat(result.message()).doesNotContain("theirs");
                });
        core.pass(Duration.ofSeconds(10));
        assertThat(core.view(theirs).phase()).isEqualTo(GraphPhase.WAITING);
        assertThat(core.eventTypes(theirs)).doesNotContain("alert.received");

        rights.reset();
        assertThat(alertService.receive(List.of(named), anna))
                .extracting(Result::outcome)
                .containsExactly(Outcome.INSTALLED);
    }

    @Test
    void aRuleThatIsNoQueryFailsTheDeploymentWithTheWordsOfTheMonitoring() {
        Change change = core.deploy(
                "p",
                Hdag.graph("g")
                        .service("a")
                        .conditional("w", "ANY", "bad=rate(up[")
                        .yaml());
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(20));
        assertThat(core.doors()
                        .operations()
                        .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                        .orElseThrow()
                        .error())
                .hasValueSatisfying(fault -> assertThat(fault.message()).isNotBlank());
        assertThat(core.world.snapshot().releases()).isEmpty();
        assertThat(core.world.snapshot().rules()).isEmpty();
        core.remove(G);
        core.passUntil(() -> core.stores.graphs().find(G).isEmpty(), Duration.ofSeconds(20));
    }

    @Test
    void theVirtualObjectOfBrusselsJoinsWhenItsMonitoringIsSilent() throws Exception {
        Path descriptor = Path.of("../../../examples/brussels/hdag.yaml");
        core.close();
        core = core(ScenarioFile.builtIn());
        GraphId brussels = new GraphId("demo", "brussels-demo");
        core.deploy("demo", Files.readString(descriptor));
        core.passUntil(() -> core.view(brussels).phase() == GraphPhase.WAITING, Duration.ofSeconds(30));
        core.pass(Duration.ofMinutes(5));
        assertThat(core.view(brussels).phase()).isEqualTo(GraphPhase.WAITING);
        core.world.apply(new WorldAction.DropSeries(new MetricSeries("up", Map.of("prometheus", "smo/brussels"))));
        core.pass(Duration.ofSeconds(110));
        assertThat(core.view(brussels).phase()).as("within its grace").isEqualTo(GraphPhase.WAITING);
        core.passUntil(() -> core.view(brussels).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        assertThat(core.world.snapshot().releases())
                .extracting(release -> release.state().workload().service())
                .contains("image-compression-vo");
        assertThat(core.delivered).extracting(Result::outcome).contains(Outcome.INSTALLED);
        long revision =
                core.stores.graphs().find(brussels).orElseThrow().desired().revision();
        core.pass(Duration.ofMinutes(3));
        assertThat(core.stores.graphs().find(brussels).orElseThrow().desired().revision())
                .isEqualTo(revision);
    }

    @Test
    void aStormOfAlertsIsHandledInBulk() {
        for (int i = 0; i < 200; i++) {
            core.deploy(
                    "p",
                    Hdag.graph("g" + i)
                            .conditional("w" + i, i % 2 == 0 ? "ANY" : "ALL", "hot=hot == 1", "wet=wet == 1")
                            .yaml());
        }
        core.pass(Duration.ofSeconds(2));
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String service = i % 10 == 9 ? "nobody" + i : "w" + (i / 10) % 200;
            alerts.add(new Alert(
                    "hot/" + service, true, Map.of("alertname", "hot", "service", service), Optional.empty()));
        }
        long start = System.nanoTime();
        List<Result> results = receive(alerts);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(results).hasSize(10_000);
        assertThat(results.stream().filter(result -> result.outcome() == Outcome.UNKNOWN))
                .hasSize(1000);
        core.pass(Duration.ofSeconds(5));
        for (int i = 0; i < 200; i++) {
            assertThat(core.view(new GraphId("p", "g" + i)).phase())
                    .isEqualTo(i % 2 == 0 ? GraphPhase.RUNNING : GraphPhase.WAITING);
        }
        int events = core.events().size();
        for (int i = 0; i < 1000; i++) {
            String number = Integer.toString(i % 200);
            Map<String, String> labels =
                    Map.of("alertname", "hot", "service", "w" + number, "smo_project", "p", "smo_graph", "g" + number);
            Alert alert = new Alert("hot/w" + number, true, labels, Optional.empty());
            assertThat(receive(java.util.Collections.nCopies(10, alert)))
                    .noneMatch(result -> result.outcome() == Outcome.INSTALLED || result.outcome() == Outcome.FAILED);
        }
        assertThat(core.events()).hasSize(events);
    }

    private void deploy(String condition) {
        core.deploy(
                "p",
                Hdag.graph("g")
                        .service("a")
                        .conditional("w", condition, "hot=hot == 1", "wet=wet == 1")
                        .yaml());
        core.passUntil(() -> core.view(G).phase() == GraphPhase.WAITING, Duration.ofSeconds(20));
    }

    private void set(MetricSeries series, double value) {
        core.world.apply(new WorldAction.SetSeries(series, value));
    }

    private Result fire(String event, boolean firing) {
        return core.fire(G, "w", event, firing).get(0);
    }

    private List<Result> receive(List<Alert> alerts) {
        AlertService alertService = core.doors().alerts();
        return alertService.receive(alerts, CallContext.INTERNAL);
    }
}
