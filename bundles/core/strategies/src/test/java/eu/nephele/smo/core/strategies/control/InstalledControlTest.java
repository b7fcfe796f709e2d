// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.control;

import static eu.nephele.smo.core.strategies.StrategyHost.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.lab.testkit.Await;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InstalledControlTest {
    private static final PlacementRequest DEPLOY = StrategyHost.request(DecisionReason.DEPLOY);
    private static final StrategyRef S = new StrategyRef(StrategyRef.PLACEMENT, "s", "1.0.0");

    private final StrategyHost strategyHost = new StrategyHost();
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeEach
    void lastResort() {
        strategyHost.placement("first-fit", StrategyHost.allOn(0));
        strategyHost.objective("moves", (request, costs) -> {});
    }

    @AfterEach
    void close() {
        over.set(true);
        strategyHost.close();
    }

    private StrategyStatus standing() {
        return strategyHost.standing("placement", "s", "1.0.0");
    }

    @Test
    void tellsCallsDecisionsAndFaults() {
        AtomicBoolean broken = new AtomicBoolean();
        strategyHost.placement("s", (request, context) -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            return StrategyHost.placed(request, 1);
        });
        strategyHost.decide(DEPLOY, wish("request", "s"));
        broken.set(true);
        strategyHost.decide(DEPLOY, wish("request", "s"));
        assertThat(standing().state()).isEqualTo(State.USED);
        assertThat(standing().calls()).isEqualTo(2);
        assertThat(standing().decisions()).isEqualTo(1);
        assertThat(standing().faults()).isEqualTo(1);
        assertThat(standing().lastDecisionAt()).contains(StrategyHost.NOW);
        assertThat(standing().bundle()).isEqualTo("program");
        assertThat(standing().latest()).singleElement().satisfies(fault -> {
            assertThat(fault.at()).isEqualTo(StrategyHost.NOW);
            assertThat(fault.fault().what()).isEqualTo("exception");
        });
        assertThat(strategyHost.standing("objective", "moves", "0.0.0").decisions())
                .isEqualTo(2);
    }

    @Test
    void noMoreThanTenFaultsAreKept() {
        strategyHost.bear(1_000, 100, new StrategySettings.StrategyLimits(0, 0, 60, 0, 0));
        strategyHost.placement("s", (request, context) -> {
            throw new IllegalStateException("broken");
        });
        for (int i = 0; i < 12; i++) {
            strategyHost.decide(DEPLOY, wish("request", "s"));
        }
        assertThat(standing().state()).as("0 means never").isEqualTo(State.USED);
        assertThat(standing().faults()).isEqualTo(12);
        assertThat(standing().latest()).hasSize(10);
    }

    @Test
    void anOperatorEjectsAndLetsInAndTheReasonIsSaid() {
        strategyHost.placement("s", StrategyHost.allOn(1));
        StrategyStatus ejected = strategyHost.strategies.control().eject(S, "wrong weights", CallContext.INTERNAL);
        assertThat(ejected.state()).isEqualTo(State.EJECTED);
        assertThat(ejected.why()).isEqualTo("wrong weights");
        PlacementOutcome without = strategyHost.decide(DEPLOY, wish("request", "s"));
        assertThat(without.decidedBy().id()).isEqualTo("first-fit");
        assertThat(without.faults()).containsExactly(new StrategyFault("s 1.0.0", "ejected", "ejected: wrong weights"));
        assertThat(standing().calls()).isZero();
        assertThat(strategyHost
                        .strategies
                        .control()
                        .letIn(S, CallContext.INTERNAL)
                        .state())
                .isEqualTo(State.USED);
        assertThat(strategyHost.decide(DEPLOY, wish("request", "s")).decidedBy())
                .isEqualTo(S);
    }

    @Test
    void aReinstatedStrategyHasNoFaults() {
        AtomicBoolean broken = new AtomicBoolean(true);
        strategyHost.placement("s", (request, context) -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            return StrategyHost.placed(request, 1);
        });
        for (int i = 0; i < 3; i++) {
            strategyHost.decide(DEPLOY, wish("request", "s"));
        }
        assertThat(standing().why())
                .startsWith("3 faults in a row, the last: exception: ")
                .contains("broken");
        strategyHost.strategies.control().letIn(S, CallContext.INTERNAL);
        assertThat(standing().faults()).isZero();
        assertThat(standing().latest()).isEmpty();
        assertThat(standing().why()).isEmpty();
        strategyHost.decide(DEPLOY, wish("request", "s"));
        assertThat(standing().state()).as("one fault is one fault").isEqualTo(State.USED);
    }

    @Test
    void anEjectionInterruptsCallsInFlight() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        strategyHost.placement("s", (request, context) -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return StrategyHost.placed(request, 1);
        });
        CompletableFuture<PlacementOutcome> deciding =
                CompletableFuture.supplyAsync(() -> strategyHost.decide(DEPLOY, wish("request", "s")));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        strategyHost.strategies.control().eject(S, "now", CallContext.INTERNAL);
        PlacementOutcome outcome = deciding.get(10, TimeUnit.SECONDS);
        assertThat(outcome.decidedBy().id()).isEqualTo("first-fit");
        assertThat(outcome.faults())
                .extracting(StrategyFault::message)
                .first()
                .asString()
                .contains("was ejected while it decided");
    }

    @Test
    void aStrategyWithAnAbandonedThreadIsNotReinstated() throws InterruptedException {
        strategyHost.bear(50, 0, StrategySettings.StrategyLimits.STANDARD);
        strategyHost.placement("s", (request, context) -> {
            while (!over.get()) {
                Thread.onSpinWait();
            }
            return StrategyHost.placed(request, 1);
        });
        Await.until("the strategy is ejected", () -> {
            strategyHost.decide(DEPLOY, wish("request", "s"));
            return standing().state() == State.EJECTED;
        });
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> strategyHost.strategies.control().letIn(S, CallContext.INTERNAL))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(SmoException.Kind.CONFLICT));
        over.set(true);
        Await.until("no abandoned thread", () -> standing().abandonedThreads() == 0);
        assertThat(strategyHost
                        .strategies
                        .control()
                        .letIn(S, CallContext.INTERNAL)
                        .state())
                .isEqualTo(State.USED);
    }

    @Test
    void whatIsNotInstalledIsNotFound() {
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> strategyHost.strategies.control().eject(S, "", CallContext.INTERNAL))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(SmoException.Kind.NOT_FOUND));
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> strategyHost.strategies.control().letIn(S, CallContext.INTERNAL))
                .withMessageContaining("No placement 's' of version 1.0.0 is installed");
    }

    @Test
    void aFaultyObjectiveIsEjectedAndLeftOut() {
        strategyHost.objective("price", (request, costs) -> costs.assign(0, 0, Double.NaN));
        for (int i = 0; i < 4; i++) {
            PlacementOutcome outcome = strategyHost.decide(
                    DEPLOY, StrategyHost.weights("request", Map.of("price", ObjectiveWeight.of(1))));
            assertThat(outcome.faults()).extracting(StrategyFault::what).contains(i < 3 ? "invalid_cost" : "ejected");
        }
        StrategyStatus price = strategyHost.standing("objective", "price", "0.0.0");
        assertThat(price.state()).isEqualTo(State.EJECTED);
        assertThat(price.calls()).isEqualTo(3);
    }
}
