// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.event.EventHistory.KeptEvents;
import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.lab.testkit.Await;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events of the past, as other bundles read and write them. */
class LogHistoryTest {

    private static final Set<String> REPLACED = Set.of("container.replaced");

    private Rig rig;

    @BeforeEach
    void open() throws SQLException {
        rig = new Rig().start();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void record(String project, int number) {
        new StoredRecorder(rig.stores().events())
                .record(
                        "container.replaced",
                        new GraphId(project, "web"),
                        "web",
                        JsonObject.EMPTY.with("number", JsonNumber.of(number)));
    }

    private KeptEvents latest(long after, int limit) {
        return new LogHistory(rig.bus()).latest(REPLACED, "shop", after, limit, CallContext.INTERNAL);
    }

    private static List<Integer> numbers(KeptEvents kept) {
        return kept.events().stream()
                .map(SmoEvent::data)
                .map(data -> data.get("number")
                        .flatMap(number -> number.asNumber())
                        .orElseThrow()
                        .intValue())
                .toList();
    }

    private void published(long sequence) {
        Await.until("the events are published", () -> rig.bus().last() == sequence);
    }

    @Test
    void theNewestOnesOfAProjectComeInTheirOrder() {
        for (int i = 1; i <= 5; i++) {
            record("shop", i);
            record("other", 100 + i);
            rig.append("hdag.updated", 1, i);
        }
        published(15);
        assertThat(numbers(latest(0, 3))).containsExactly(3, 4, 5);
        assertThat(numbers(latest(0, 100))).containsExactly(1, 2, 3, 4, 5);
        assertThat(latest(0, 3).reached()).isEqualTo(15);
        assertThat(latest(0, 3).events().get(0).service()).contains("web");
    }

    @Test
    void whatWasReadIsNotReadAgainAndARestartForgetsNothing() {
        record("shop", 1);
        published(1);
        KeptEvents first = latest(0, 100);
        assertThat(latest(first.reached(), 100)).isEqualTo(new KeptEvents(List.of(), first.reached()));
        rig.kill();
        rig.start();
        record("shop", 2);
        published(2);
        assertThat(numbers(latest(first.reached(), 100))).containsExactly(2);
        assertThat(numbers(latest(0, 100))).containsExactly(1, 2);
    }

    @Test
    void theyAreFoundBehindThousandsOfOthers() {
        record("shop", 7);
        for (int i = 0; i < 2500; i++) {
            rig.append("hdag.updated", 1, i);
        }
        published(2501);
        assertThat(numbers(latest(0, 1))).containsExactly(7);
    }
}
