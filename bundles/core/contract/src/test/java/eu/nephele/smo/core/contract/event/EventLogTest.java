// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.event.EventLog.EventPage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class EventLogTest {

    private static List<StoredEvent> events(long... sequences) {
        return LongStream.of(sequences)
                .mapToObj(sequence -> new StoredEvent(
                        "e" + sequence,
                        sequence,
                        new EventDraft(
                                "hdag.updated",
                                Instant.EPOCH,
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                Optional.empty(),
                                "call",
                                "",
                                JsonObject.EMPTY)))
                .toList();
    }

    private static EventPage even(long place, long first, long... sequences) {
        return EventPage.create(place, events(sequences), first, event -> event.sequence() % 2 == 0);
    }

    @Test
    void aPartHasWhatIsSeenAndHowFarItGoes() {
        assertThat(even(3, 1, 4, 5, 6, 7)).isEqualTo(new EventPage(events(4, 6), 7, false, false, 1));
        assertThat(even(3, 1)).isEqualTo(new EventPage(List.of(), 3, false, false, 1));
    }

    @Test
    void aPartEndsBeforeAHole() {
        assertThat(even(3, 1, 4, 5, 7, 8)).isEqualTo(new EventPage(events(4), 5, false, true, 1));
        assertThat(even(3, 1, 5, 6)).isEqualTo(new EventPage(List.of(), 3, false, true, 1));
    }

    @Test
    void whatIsNotKeptAnyMoreIsMissing() {
        assertThat(even(3, 5, 5, 6)).isEqualTo(new EventPage(List.of(), 3, true, true, 5));
        assertThat(even(3, 4, 4).missing()).isFalse();
    }
}
