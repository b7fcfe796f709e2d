// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static eu.nephele.smo.core.runtime.RuntimeRig.await;
import static eu.nephele.smo.core.runtime.RuntimeRig.made;
import static eu.nephele.smo.core.runtime.RuntimeRig.rack;
import static eu.nephele.smo.core.runtime.RuntimeRig.slots;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.store.OperationStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two kinds in one store: deletion of old records, and the view of a client that watches one of them. */
class KindsTogetherTest {

    private static final EventFilter RACKS = new EventFilter(Set.of("rack.*"), Set.of());
    private static final EventFilter SHELVES = new EventFilter(Set.of("shelf.*"), Set.of());

    private final AtomicBoolean shelvesWait = new AtomicBoolean();
    private RuntimeRig rig;

    @BeforeEach
    void start() throws SQLException {
        rig = new RuntimeRig();
        rig.install((resource, call) -> made(resource));
        rig.install(
                "1.0.0",
                RuntimeRig.shelves(),
                (resource, call) ->
                        shelvesWait.get() ? Reconciled.progressing(JsonObject.EMPTY, "the lorry") : made(resource));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static ResourceRef shelf(String name) {
        return new ResourceRef("shelf", "", name);
    }

    private Operation applied(ResourceRef ref, int slots, State until) {
        Operation begun = rig.desk()
                .apply(ref, slots(slots), CallContext.INTERNAL)
                .operation()
                .orElseThrow();
        await(() -> rig.operation(Optional.of(begun)).state() == until);
        return begun;
    }

    private void remove(ResourceRef ref) {
        rig.desk().remove(ref, OptionalLong.empty(), CallContext.INTERNAL);
        await(() -> rig.desk().find(ref, CallContext.INTERNAL).isEmpty());
    }

    private List<Operation> of(String kind, String project) {
        return rig.stores()
                .operations()
                .list(new OperationStore.Query(
                        Optional.empty(),
                        Optional.of(new OperationStore.TargetKind(kind, project)),
                        Optional.empty(),
                        false,
                        100));
    }

    private List<StoredEvent> after(long sequence, EventFilter filter) {
        return rig.stores().events().after(sequence, filter, 100);
    }

    private long last() {
        while (!rig.stores().events().publish(100).isEmpty()) {
            // until all are
        }
        return rig.stores().events().last();
    }

    @Test
    void operationsOfAllKindsAreLetGoOfAlikeAndOpenOnesOfAnyKindStay() {
        applied(rack("r1"), 8, State.SUCCEEDED);
        applied(shelf("s1"), 8, State.SUCCEEDED);
        shelvesWait.set(true);
        Operation open = applied(shelf("s2"), 8, State.RUNNING);
        Instant later = Instant.now().plus(Duration.ofDays(400));
        assertThat(rig.stores().operations().prune(later, 100, later)).isEqualTo(2);
        assertThat(of("rack", "p")).isEmpty();
        assertThat(of("shelf", "")).extracting(Operation::id).containsExactly(open.id());
        assertThat(rig.resource("r1").status().phase())
                .as("a resource outlives its operations")
                .isEqualTo(Phase.READY);

        shelvesWait.set(false);
        await(() -> rig.operation(Optional.of(open)).state() == State.SUCCEEDED);
        applied(rack("r1"), 9, State.SUCCEEDED);
    }

    @Test
    void beyondTheNumberTheOldestGoWhicheverKindTheyAreOf() {
        applied(shelf("s1"), 8, State.SUCCEEDED);
        Operation rack = applied(rack("r1"), 8, State.SUCCEEDED);
        Operation newer = applied(shelf("s1"), 9, State.SUCCEEDED);
        assertThat(rig.stores().operations().prune(Instant.EPOCH, 2, Instant.EPOCH))
                .isEqualTo(1);
        assertThat(of("rack", "p")).extracting(Operation::id).containsExactly(rack.id());
        assertThat(of("shelf", "")).extracting(Operation::id).containsExactly(newer.id());
    }

    @Test
    void ofEventsTheOldestGoAndWhatIsLeftOfEachKindHasNoHoles() {
        for (int round = 1; round <= 4; round++) {
            applied(rack("r1"), round, State.SUCCEEDED);
            applied(shelf("s1"), round, State.SUCCEEDED);
        }
        long last = last();
        List<StoredEvent> racks = after(0, RACKS);
        List<StoredEvent> shelves = after(0, SHELVES);
        assertThat(racks).hasSize(8);
        assertThat(shelves).hasSize(8);
        assertThat(rig.stores().events().prune(Instant.EPOCH, 5)).isEqualTo(last - 5);
        long first = rig.stores().events().first();
        assertThat(first).isEqualTo(last - 4);
        assertThat(sequences(after(0, RACKS))).isEqualTo(from(first, racks)).isNotEmpty();
        assertThat(sequences(after(0, SHELVES))).isEqualTo(from(first, shelves)).isNotEmpty();
    }

    private static List<Long> from(long first, List<StoredEvent> events) {
        return sequences(events).stream().filter(sequence -> sequence >= first).toList();
    }

    private static List<Long> sequences(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::sequence).toList();
    }

    /** Follows the list of racks, as a stream of events does for its client: so far, and on from there. */
    private final class Watcher {
        private final Set<String> racks;
        private final Set<String> shown = new TreeSet<>();
        private long seen;

        /** First where the log is, then the list: what happens between is seen twice, and not missed. */
        Watcher() {
            seen = last();
            racks = listed();
        }

        /** @param lastEventId that it says it has seen */
        void goOn(long lastEventId, int atMost) {
            last();
            for (StoredEvent event : rig.stores().events().after(lastEventId, RACKS, atMost)) {
                String name = event.resource().orElseThrow().name();
                shown.add(event.type());
                if (event.type().equals("rack.removed")) {
                    racks.remove(name);
                } else {
                    racks.add(name);
                }
                seen = event.sequence();
            }
        }
    }

    private Set<String> listed() {
        return rig.desk().list(ResourceQuery.all("rack", 100), CallContext.INTERNAL).stream()
                .map(rack -> rack.ref().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aResumedWatchOfAKindMissesNothingAndSeesNoOtherKind() {
        applied(rack("r1"), 8, State.SUCCEEDED);
        applied(shelf("s1"), 8, State.SUCCEEDED);
        Watcher watcher = new Watcher();
        assertThat(watcher.racks).containsExactly("r1");

        applied(rack("r2"), 8, State.SUCCEEDED);
        applied(shelf("s2"), 8, State.SUCCEEDED);
        watcher.goOn(watcher.seen, 1);
        assertThat(watcher.shown).as("cut off after the first").containsExactly("rack.created");

        long lastEventId = watcher.seen;
        remove(rack("r1"));
        remove(shelf("s1"));
        applied(rack("r3"), 8, State.SUCCEEDED);
        rig.restart();
        watcher.goOn(lastEventId, 100);
        assertThat(watcher.racks).isEqualTo(listed()).containsExactly("r2", "r3");
        assertThat(watcher.shown)
                .containsExactlyInAnyOrder("rack.created", "rack.ready", "rack.leaving", "rack.removed");

        long end = watcher.seen;
        watcher.goOn(end, 100);
        assertThat(watcher.seen).as("nothing is reported twice").isEqualTo(end);
        watcher.goOn(0, 100);
        assertThat(watcher.racks).as("a repeated event does no harm").isEqualTo(listed());
    }

    @Test
    void aWatchResumedTooLateSeesTheGapAndListsAgain() {
        applied(rack("r1"), 8, State.SUCCEEDED);
        Watcher watcher = new Watcher();
        remove(rack("r1"));
        applied(rack("r2"), 8, State.SUCCEEDED);
        applied(shelf("s1"), 8, State.SUCCEEDED);
        last();
        assertThat(rig.stores().events().first()).as("so far it could go on").isLessThanOrEqualTo(watcher.seen + 1);
        rig.stores().events().prune(Instant.EPOCH, 2);
        assertThat(rig.stores().events().first()).isGreaterThan(watcher.seen + 1);
        watcher.goOn(watcher.seen, 100);
        assertThat(watcher.racks).as("it would never hear of it").isNotEqualTo(listed());
        assertThat(new Watcher().racks).isEqualTo(listed()).containsExactly("r2");
    }
}
