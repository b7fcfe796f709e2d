// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.simulator.WorldSnapshot.RuleState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Notifications reach the receiver through any sequence of begins, ends, removals and losses. */
class AlertDeliveryPropertiesTest {

    private static final List<String> EVENTS = List.of("x", "y", "z");

    /** One event, and the pause after it. */
    record Move(String what, String event, int millis) {}

    /** A receiver that keeps the last state of each event, and accepts only every n-th call. */
    private static final class Receiver {
        private final Map<String, Boolean> firing = new HashMap<>();
        private int losesEvery;
        private int calls;

        void take(Notification notification) {
            if (losesEvery > 0 && ++calls % losesEvery == 0) {
                throw new IllegalStateException("lost, on purpose");
            }
            notification.alerts().forEach(alert -> firing.put(event(alert), alert.isFiring()));
        }

        private static String event(Notification.NotifiedAlert alert) {
            return String.valueOf(alert.labels().get("smo_event"));
        }
    }

    @Property(tries = 500)
    void theReceiverKnowsInTheEndWhatFires(@ForAll("moves") List<Move> moves, @ForAll("timings") AlertTiming timing) {
        Receiver receiver = new Receiver();
        Lab lab = new Lab(Scenario.of(Lab.DELAY, Lab.cluster("a", 1)).withAlerting(timing), receiver::take);
        for (Move move : moves) {
            happen(lab, receiver, move);
            lab.pass(Duration.ofMillis(move.millis()));
        }
        receiver.losesEvery = 0;
        // pending at one evaluation, firing at the next; then notified, or notified again
        lab.pass(timing.evaluationInterval().multipliedBy(2));
        lab.pass(timing.groupWait().plus(timing.groupInterval().multipliedBy(2)));

        List<String> believed = new ArrayList<>();
        receiver.firing.forEach((event, firing) -> {
            if (firing) {
                believed.add(event);
            }
        });
        List<String> real = lab.world.snapshot().rules().stream()
                .filter(rule -> rule.state() == RuleState.FIRING)
                .map(WorldSnapshot.RuleSnapshot::event)
                .toList();
        assertThat(new TreeSet<>(believed)).isEqualTo(new TreeSet<>(real));
    }

    @Example
    void twoNotificationsThatAreLostAtOnceKeepNoEndFromBeingTold() {
        theReceiverKnowsInTheEndWhatFires(
                List.of(
                        new Move("write", "y", 20),
                        new Move("begin", "y", 1980),
                        new Move("lose all", "y", 615),
                        new Move("write", "z", 31),
                        new Move("begin", "z", 0),
                        new Move("end", "y", 1354),
                        new Move("end", "z", 0)),
                new AlertTiming(
                        Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1), Duration.ofMinutes(1), true));
    }

    @Example
    void anAlertThatCameBackWhileItsEndWasLostIsToldToEndAllTheSame() {
        theReceiverKnowsInTheEndWhatFires(
                List.of(
                        new Move("begin", "x", 1),
                        new Move("begin", "x", 129),
                        new Move("begin", "y", 613),
                        new Move("write", "y", 0),
                        new Move("begin", "x", 1257),
                        new Move("end", "y", 0),
                        new Move("lose all", "x", 1000),
                        new Move("begin", "y", 0),
                        new Move("begin", "x", 2000),
                        new Move("begin", "x", 1000),
                        new Move("end", "y", 0)),
                new AlertTiming(
                        Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1), Duration.ofMinutes(1), true));
    }

    private static void happen(Lab lab, Receiver receiver, Move move) {
        switch (move.what()) {
            case "begin" -> lab.series(move.event(), Map.of(), 1);
            case "end" -> lab.drop(move.event(), Map.of());
            case "write" -> lab.rule("web", move.event(), move.event() + " > 0", Duration.ofMillis(500));
            case "remove" -> lab.world.alertRules().remove(Lab.ref("web"), move.event());
            case "lose all" -> receiver.losesEvery = 1;
            case "lose some" -> receiver.losesEvery = 2;
            default -> receiver.losesEvery = 0;
        }
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<String> what = Arbitraries.of(
                "begin", "begin", "end", "write", "write", "remove", "lose all", "lose some", "lose none");
        return Combinators.combine(
                        what, Arbitraries.of(EVENTS), Arbitraries.integers().between(0, 6000))
                .as(Move::new)
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<AlertTiming> timings() {
        Arbitrary<Integer> millis = Arbitraries.of(0, 300, 1000, 2500);
        return Combinators.combine(millis, millis.filter(each -> each > 0))
                .as((wait, interval) -> new AlertTiming(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(wait),
                        Duration.ofMillis(interval),
                        Duration.ofMinutes(1),
                        true));
    }
}
