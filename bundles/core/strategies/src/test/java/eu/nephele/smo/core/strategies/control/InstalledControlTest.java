// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.control;

import static eu.nephele.smo.core.strategies.Room.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyControl.Standing;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.Room;
import eu.nephele.smo.core.strategies.settings.Settings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InstalledControlTest {
    private static final PlacementRequest DEPLOY = Room.request(DecisionReason.DEPLOY);
    private static final StrategyRef S = new StrategyRef(StrategyRef.PLACEMENT, "s", "1.0.0");

    private final Room room = new Room();
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeEach
    void lastResort() {
        room.placement("first-fit", Room.allOn(0));
        room.objective("moves", (request, costs) -> {});
    }

    @AfterEach
    void close() {
        over.set(true);
        room.close();
    }

    private Standing standing() {
        return room.standing("placement", "s", "1.0.0");
    }

    @Test
    void tellsCallsDecisionsAndFaults() {
        AtomicBoolean broken = new AtomicBoolean();
        room.placement("s", (request, context) -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            return Room.placed(request, 1);
        });
        room.decide(DEPLOY, wish("request", "s"));
        broken.set(true);
        room.decide(DEPLOY, wish("request", "s"));
        assertThat(standing().state()).isEqualTo(State.USED);
        assertThat(standing().calls()).isEqualTo(2);
        assertThat(standing().decisions()).isEqualTo(1);
        assertThat(standing().faults()).isEqualTo(1);
        assertThat(standing().lastDecisionAt()).contains(Room.NOW);
        assertThat(standing().bundle()).isEqualTo("program");
        assertThat(standing().latest()).singleElement().satisfies(fault -> {
            assertThat(fault.at()).isEqualTo(Room.NOW);
            assertThat(fault.fault().what()).isEqualTo("exception");
        });
        assertThat(room.standing("objective", "moves", "0.0.0").decisions()).isEqualTo(2);
    }

    @Test
    void noMoreThanTenFaultsAreKept() {
        room.bear(1_000, 100, new Settings.Limits(0, 0, 60, 0, 0));
        room.placement("s", (request, context) -> {
            throw new IllegalStateException("broken");
        });
        for (int i = 0; i < 12; i++) {
            room.decide(DEPLOY, wish("request", "s"));
        }
        assertThat(standing().state()).as("0 means never").isEqualTo(State.USED);
        assertThat(standing().faults()).isEqualTo(12);
        assertThat(standing().latest()).hasSize(10);
    }

    @Test
    void anOperatorEjectsAndLetsInAndTheReasonIsSaid() {
        room.placement("s", Room.allOn(1));
        Standing ejected = room.strategies.control().eject(S, "wrong weights", CallContext.INTERNAL);
        assertThat(ejected.state()).isEqualTo(State.EJECTED);
        assertThat(ejected.why()).isEqualTo("wrong weights");
        PlacementOutcome without = room.decide(DEPLOY, wish("request", "s"));
        assertThat(without.decidedBy().id()).isEqualTo("first-fit");
        assertThat(without.faults()).containsExactly(new StrategyFault("s 1.0.0", "ejected", "ejected: wrong weights"));
        assertThat(standing().calls()).isZero();
        assertThat(room.strategies.control().letIn(S, CallContext.INTERNAL).state())
                .isEqualTo(State.USED);
        assertThat(room.decide(DEPLOY, wish("request", "s")).decidedBy()).isEqualTo(S);
    }

    @Test
    void whoIsLetInHasACleanSlate() {
        AtomicBoolean broken = new AtomicBoolean(true);
        room.placement("s", (request, context) -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            return Room.placed(request, 1);
        });
        for (int i = 0; i < 3; i++) {
            room.decide(DEPLOY, wish("request", "s"));
        }
        assertThat(standing().why())
                .startsWith("3 faults in a row, the last: exception: ")
                .contains("broken");
        room.strategies.control().letIn(S, CallContext.INTERNAL);
        assertThat(standing().faults()).isZero();
        assertThat(standing().latest()).isEmpty();
        assertThat(standing().why()).isEmpty();
        room.decide(DEPLOY, wish("request", "s"));
        assertThat(standing().state()).as("one fault is one fault").isEqualTo(State.USED);
    }

    @Test
    void anEjectionInterruptsCallsInFlight() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        room.placement("s", (request, context) -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Room.placed(request, 1);
        });
        CompletableFuture<PlacementOutcome> deciding =
                CompletableFuture.supplyAsync(() -> room.decide(DEPLOY, wish("request", "s")));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        room.strategies.control().eject(S, "now", CallContext.INTERNAL);
        PlacementOutcome outcome = deciding.get(10, TimeUnit.SECONDS);
        assertThat(outcome.decidedBy().id()).isEqualTo("first-fit");
        assertThat(outcome.faults())
                .extracting(StrategyFault::message)
                .first()
                .asString()
                .contains("was ejected while it decided");
    }

    @Test
    void whoKeepsAThreadIsNotLetIn() throws InterruptedException {
        room.bear(50, 0, Settings.Limits.STANDARD);
        room.placement("s", (request, context) -> {
            while (!over.get()) {
                Thread.onSpinWait();
            }
            return Room.placed(request, 1);
        });
        until(() -> {
            room.decide(DEPLOY, wish("request", "s"));
            return standing().state() == State.EJECTED;
        });
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> room.strategies.control().letIn(S, CallContext.INTERNAL))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(SmoException.Kind.CONFLICT));
        over.set(true);
        until(() -> standing().abandonedThreads() == 0);
        assertThat(room.strategies.control().letIn(S, CallContext.INTERNAL).state())
                .isEqualTo(State.USED);
    }

    @Test
    void whatIsNotInstalledIsNotFound() {
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> room.strategies.control().eject(S, "", CallContext.INTERNAL))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(SmoException.Kind.NOT_FOUND));
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> room.strategies.control().letIn(S, CallContext.INTERNAL))
                .withMessageContaining("No placement 's' of version 1.0.0 is installed");
    }

    @Test
    void aFaultyObjectiveIsEjectedAndLeftOut() {
        room.objective("price", (request, costs) -> costs.assign(0, 0, Double.NaN));
        for (int i = 0; i < 4; i++) {
            PlacementOutcome outcome =
                    room.decide(DEPLOY, Room.weights("request", Map.of("price", ObjectiveWeight.of(1))));
            assertThat(outcome.faults()).extracting(StrategyFault::what).contains(i < 3 ? "invalid_cost" : "ejected");
        }
        Standing price = room.standing("objective", "price", "0.0.0");
        assertThat(price.state()).isEqualTo(State.EJECTED);
        assertThat(price.calls()).isEqualTo(3);
    }

    /** Fails, instead of waiting for ever, when it does not come true. */
    private static void until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it does not come true").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
