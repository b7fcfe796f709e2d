// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Replicas that do not fit where a service is lead to another placement, now and then. */
class RoomForReplicasTest {

    private static final GraphId WEB = new GraphId("p", "web");
    private static final ClusterId SMALL = new ClusterId(SimulatedFederation.SOURCE, "a-small");
    private static final ClusterId LARGE = new ClusterId(SimulatedFederation.SOURCE, "b-large");
    private static final Duration INTERVAL = EngineSettings.STANDARD.replacementInterval();
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1),
                        ClusterModel.of("a-small", new Resources(2000, 64 * GIB, 1000 * GIB, 0)),
                        ClusterModel.of("b-large", new Resources(6000, 64 * GIB, 1000 * GIB, 0))),
                "room-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).as("a cluster was overbooked").isFalse();
        core.close();
    }

    @Test
    void aServiceGoesWhereItsReplicasFit() {
        deploy("");
        core.world.setLoad("front", 35);
        core.passUntil(() -> replicas() == 4, Duration.ofSeconds(30));
        core.passUntil(() -> core.view(WEB).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(core.view(WEB).placement().clusterOf("front")).contains(LARGE);
        assertThat(replacements()).hasSize(1);
        assertThat(replacements().get(0).outcome()).isEqualTo("placed");
        assertThat(core.world.snapshot().releases().get(0).replicas())
                .containsOnlyKeys("b-large")
                .containsEntry("b-large", 4);
    }

    @Test
    void isTriedAtMostOncePerInterval() {
        core.world.setForeignLoad("b-large", new Resources(5000, 0, 0, 0));
        core.pass(Duration.ofSeconds(16));
        deploy("");
        core.world.setLoad("front", 35);
        core.pass(INTERVAL.minusSeconds(30));
        // it fits nowhere: the attempt is on record or published as refused, and it stays where it is
        assertThat(core.view(WEB).placement().clusterOf("front")).contains(SMALL);
        assertThat(refusals()).isEqualTo(1);
        core.world.setForeignLoad("b-large", Resources.NONE);
        core.pass(Duration.ofSeconds(20));
        assertThat(core.view(WEB).placement().clusterOf("front"))
                .as("within the interval")
                .contains(SMALL);
        core.passUntil(() -> replicas() == 4, Duration.ofSeconds(60));
        assertThat(core.view(WEB).placement().clusterOf("front")).contains(LARGE);
        assertThat(replacements().stream().filter(decision -> decision.outcome().equals("placed")))
                .hasSize(1);
    }

    @Test
    void theIntervalGoesOnOverARestart() {
        core.world.setForeignLoad("b-large", new Resources(5000, 0, 0, 0));
        core.pass(Duration.ofSeconds(16));
        deploy("");
        core.world.setLoad("front", 35);
        core.passUntil(() -> refusals() == 1, Duration.ofSeconds(60));
        core.world.setForeignLoad("b-large", Resources.NONE);
        core.stopEngine();
        core.startEngine();
        core.pass(INTERVAL.minusSeconds(60));
        assertThat(core.view(WEB).placement().clusterOf("front"))
                .as("within the interval")
                .contains(SMALL);
        core.passUntil(() -> replicas() == 4, Duration.ofSeconds(90));
        assertThat(core.view(WEB).placement().clusterOf("front")).contains(LARGE);
    }

    @Test
    void doesNotHappenToAServiceThatHasMovedFourTimesToday() {
        deploy("");
        for (ClusterId cluster : List.of(LARGE, SMALL, LARGE, SMALL)) {
            core.place(
                    WEB,
                    new PlaceRequest(
                            DecisionReason.MOVE, Set.of(), Optional.empty(), StrategySelection.UNSPECIFIED, false));
            core.passUntil(
                    () -> core.view(WEB).placement().clusterOf("front").equals(Optional.of(cluster))
                            && core.view(WEB).phase() == GraphPhase.RUNNING,
                    Duration.ofSeconds(30));
            core.pass(Duration.ofSeconds(5));
        }
        staysWhereItIs();
    }

    @Test
    void doesNotHappenWhilePaused() {
        deploy("");
        core.graphs().pause(WEB, true, CallContext.INTERNAL);
        staysWhereItIs();
        core.graphs().pause(WEB, false, CallContext.INTERNAL);
        core.passUntil(() -> replicas() == 4, Duration.ofSeconds(30));
    }

    @Test
    void doesNotHappenToAGraphThatWantsToBeHighlyAvailable() {
        deploy("  hdaGraphIntent: { highAvailability: { enabled: true } }\n");
        staysWhereItIs();
    }

    @Test
    void doesNotHappenWhenNoMovesAreAllowed() {
        deploy("  lifecycle: { maxMovesPerHour: 0 }\n");
        staysWhereItIs();
        assertThat(core.view(WEB).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void aMoveThatTheBudgetForbidsIsNotOnRecordAsPlaced() {
        deploy("  lifecycle: { maxMovesPerHour: 0 }\n");
        staysWhereItIs();
        assertThat(core.decisions(WEB, DecisionKind.PLACEMENT))
                .extracting(DecisionRecord::reason)
                .containsOnly("deploy");
    }

    @Test
    void demandAboveTheMaximumIsAConditionAndOneEvent_F65() {
        deploy("");
        core.world.setLoad("front", 330);
        core.passUntil(() -> unscalable().isPresent(), Duration.ofSeconds(90));
        assertThat(unscalable().orElseThrow().reason()).isEqualTo("Infeasible");
        assertThat(unscalable().orElseThrow().message()).contains("front", "4");
        String said = unscalable().orElseThrow().message();
        core.world.setLoad("front", 340);
        core.pass(Duration.ofMinutes(3));
        assertThat(unscalable().orElseThrow().message()).isEqualTo(said);
        assertThat(core.eventTypes(WEB)).containsOnlyOnce("scaling.infeasible");

        core.stopEngine();
        core.startEngine();
        core.pass(Duration.ofSeconds(30));
        assertThat(unscalable()).isPresent();
        assertThat(core.eventTypes(WEB)).containsOnlyOnce("scaling.infeasible");

        core.world.setLoad("front", 5);
        core.passUntil(() -> unscalable().isEmpty(), Duration.ofMinutes(2));
        core.world.setLoad("front", 330);
        core.passUntil(() -> unscalable().isPresent(), Duration.ofMinutes(2));
        assertThat(core.eventTypes(WEB).stream().filter("scaling.infeasible"::equals))
                .hasSize(2);
    }

    @Test
    void thePartThatFitsIsTakenAndDemandAboveItIsAConditionAndOneEvent_F65() {
        core.world.setForeignLoad("b-large", new Resources(5000, 0, 0, 0));
        core.pass(Duration.ofSeconds(16));
        deploy("");
        core.world.setLoad("front", 35);
        core.passUntil(() -> replicas() == 2 && unscalable().isPresent(), Duration.ofSeconds(30));
        assertThat(core.view(WEB).placement().clusterOf("front")).contains(SMALL);
        assertThat(unscalable().orElseThrow().message()).contains("needs 4 replicas, there is room for 2");
        int decided = core.decisions(WEB, DecisionKind.SCALING).size();
        core.pass(INTERVAL.minusSeconds(60));
        assertThat(core.eventTypes(WEB)).containsOnlyOnce("scaling.infeasible");
        assertThat(core.decisions(WEB, DecisionKind.SCALING).stream()
                        .limit(core.decisions(WEB, DecisionKind.SCALING).size() - decided))
                .as("nothing is decided anew in each interval")
                .allMatch(decision -> decision.outcome().equals("unchanged"));
        core.world.setLoad("front", 15);
        core.passUntil(() -> unscalable().isEmpty(), Duration.ofMinutes(1));
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void replicasThatDoNotFitAreLoggedWhenThatBeginsAndNotEachInterval() {
        Logger log = (Logger) LoggerFactory.getLogger(ScalingApplier.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.INFO);
        try {
            core.world.setForeignLoad("b-large", new Resources(5000, 0, 0, 0));
            core.pass(Duration.ofSeconds(16));
            deploy("");
            core.world.setLoad("front", 35);
            core.pass(INTERVAL.minusSeconds(30));
            // once when they begin, once more because another placement was tried for them in vain
            assertThat(lines.list.stream()
                            .filter(line -> line.getFormattedMessage().startsWith("replicas do not fit")))
                    .hasSizeBetween(1, 2);
        } finally {
            log.setLevel(null);
            log.detachAppender(lines);
        }
    }

    @Test
    void whatCouldNotBeScaledBeforeAStopIsNotSaidOfTheNextStart() {
        deploy("");
        core.world.setLoad("front", 330);
        core.passUntil(() -> unscalable().isPresent(), Duration.ofSeconds(90));
        core.stop(WEB);
        core.passUntil(() -> core.view(WEB).phase() == GraphPhase.STOPPED, Duration.ofSeconds(30));
        core.world.setLoad("front", 5);
        core.pass(Duration.ofMinutes(1));
        core.start(WEB);
        core.passUntil(() -> core.view(WEB).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        core.pass(Duration.ofSeconds(30));
        assertThat(unscalable()).isEmpty();
        assertThat(core.eventTypes(WEB)).containsOnlyOnce("scaling.infeasible");
    }

    private Optional<Condition> unscalable() {
        return core.view(WEB).condition(Condition.SCALED);
    }

    private void staysWhereItIs() {
        core.world.setLoad("front", 35);
        core.pass(Duration.ofSeconds(40));
        assertThat(core.view(WEB).placement().clusterOf("front")).contains(SMALL);
        assertThat(replacements().stream().filter(decision -> decision.outcome().equals("placed")))
                .isEmpty();
    }

    private void deploy(String head) {
        core.deploy("p", YAML.formatted(head));
        core.passUntil(() -> core.view(WEB).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        assertThat(core.view(WEB).placement().clusterOf("front")).contains(SMALL);
    }

    private int replicas() {
        return core.view(WEB).placement().replicasOf("front");
    }

    private List<DecisionRecord> replacements() {
        return core.decisions(WEB, DecisionKind.PLACEMENT).stream()
                .filter(decision -> decision.reason().equals("scale"))
                .toList();
    }

    private long refusals() {
        return replacements().stream()
                .filter(decision -> decision.outcome().equals("infeasible"))
                .count();
    }

    private static final String YAML = """
        hdaGraph:
          id: web
        %s  strategies: { scaling: { id: optimal, intervalSeconds: 5 } }
          services:
            - id: front
              deployment:
                trigger: { auto: {} }
                intent:
                  compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } }
              scaling: { maxReplicas: 4, profile: { alpha: 10, beta: 0 } }
              artifact:
                ociImage: "oci://registry.example/demo/front"
                ociConfig: { type: App, implementer: HELM }
                valuesOverwrite: {}
        """;
}
