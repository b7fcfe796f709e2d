// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.event.WebhookService.Registration;
import eu.nephele.smo.core.events.Rig;
import eu.nephele.smo.core.events.webhooks.Receiver.Mood;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A thousand events over twenty graphs to a receiver that fails, hangs, redirects and is down, while the program is killed again and
 * again; and to one that is well.
 */
final class ReceiverTest {

    private static final int GRAPHS = 20;
    private static final int STEP = 200;
    private static final int EVENTS = 1000;

    private Rig rig;
    private Receiver bad;
    private Receiver well;

    @BeforeEach
    void open() throws SQLException, IOException {
        rig = new Rig().start();
        bad = new Receiver("a secret of the bad one");
        well = new Receiver("a secret of the other one");
        for (Receiver receiver : List.of(bad, well)) {
            String secret = receiver.equals(bad) ? "a secret of the bad one" : "a secret of the other one";
            rig.webhooks()
                    .register(
                            new Registration(receiver.url(), List.of(), List.of(), Optional.of(secret), false), "anna");
        }
    }

    @AfterEach
    void close() {
        bad.close();
        well.close();
        rig.close();
    }

    private void appendStep(int step) {
        for (int number = step * STEP; number < (step + 1) * STEP; number++) {
            rig.append("hdag.updated", number % GRAPHS, number);
        }
    }

    /** The working receiver has all events while the failing one has none: neither waited for the other. */
    private void onlyTheWellOneGetsAll(int step) {
        int all = (step + 1) * STEP;
        Await.until(() -> "the well one has " + well.count() + " of " + all, () -> well.count() == all);
        Await.until("the bad one was tried", () -> bad.requests() > 0);
        assertThat(bad.count()).isZero();
    }

    private void killAndRestart() {
        rig.kill();
        rig.start();
    }

    @Test
    void eachEventArrivesInOrderPerGraphWhateverTheReceiverDoesAndHoweverOftenWeDie() throws IOException {
        List<Mood> moods =
                List.of(new Mood.Status(500, ""), new Mood.Hang(), new Mood.Status(307, "Location: /elsewhere"));
        for (int step = 0; step < moods.size(); step++) {
            bad.mood(moods.get(step));
            appendStep(step);
            onlyTheWellOneGetsAll(step);
            killAndRestart();
        }
        bad.down();
        appendStep(3);
        onlyTheWellOneGetsAll(3);
        bad.mood(Mood.FINE);
        bad.up();
        appendStep(4);
        Await.until("half of it has arrived", () -> bad.count() > EVENTS / 2);
        killAndRestart();
        Await.until(() -> "the bad one has " + bad.count(), () -> bad.count() == EVENTS && well.count() == EVENTS);

        Map<String, List<Long>> sent = sent();
        for (Receiver receiver : List.of(bad, well)) {
            assertThat(receiver.firstArrivals()).isEqualTo(sent);
            assertThat(receiver.badSignatures()).isEmpty();
            assertThat(receiver.traces()).containsOnly(Rig.TRACE);
            assertThat(receiver.mostAtOnce()).isPositive();
            duplicatesAreTheSame(receiver);
        }
        assertThat(bad.followedRedirects()).isZero();
    }

    private Map<String, List<Long>> sent() {
        List<StoredEvent> events = rig.bus()
                .after(0, EventFilter.ALL, EVENTS + 1, CallContext.INTERNAL)
                .events();
        assertThat(events).hasSize(EVENTS);
        return events.stream()
                .collect(Collectors.groupingBy(
                        event -> event.graph().orElseThrow().toString(),
                        Collectors.mapping(StoredEvent::sequence, Collectors.toList())));
    }

    private static void duplicatesAreTheSame(Receiver receiver) {
        Map<String, JsonNode> bySequence = new HashMap<>();
        for (JsonNode event : receiver.all()) {
            JsonNode before = bySequence.putIfAbsent(event.get("sequence").asText(), event);
            assertThat(Optional.ofNullable(before).orElse(event)).isEqualTo(event);
        }
    }
}
