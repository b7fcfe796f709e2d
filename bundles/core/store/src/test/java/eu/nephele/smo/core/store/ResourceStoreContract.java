// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Times;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.contract.store.ResourceStore.Chosen;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Resources of any kind, on every database. */
abstract class ResourceStoreContract {

    private static final TransactionalWrites ALONE = TransactionalWrites.NOTHING;

    private final TestDatabase kind;
    private Opened database;
    private ResourceStore resources;

    ResourceStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        resources = database.stores().resources();
    }

    private static ResourceRef ref(String project, String name) {
        return new ResourceRef("rack", project, name);
    }

    private static Resource rack(ResourceRef ref, long generation, int slots) {
        return new Resource(
                ref,
                "uid-" + ref.name(),
                generation,
                1,
                JsonObject.EMPTY.with("slots", JsonNumber.of(slots)),
                Map.of("site", slots > 4 ? "big" : "small"),
                false,
                ResourceStatus.NOTHING,
                Samples.NOW,
                Samples.NOW.plusSeconds(generation));
    }

    private static Map<String, String> chosenBy(Resource resource) {
        return Map.of(
                "site",
                resource.labels().get("site"),
                "/slots",
                resource.desired().get("slots").orElseThrow().toJson());
    }

    private Resource stored(ResourceRef ref, int slots) {
        Resource fresh = rack(ref, 1, slots);
        assertThat(resources.insert(fresh, chosenBy(fresh), ALONE)).isTrue();
        return fresh;
    }

    @Test
    void keepsEveryField() {
        Resource fresh = stored(ref("p", "r1"), 8);
        assertThat(resources.find(fresh.ref())).contains(fresh);
        ResourceStatus seen = new ResourceStatus(
                Phase.FAILED,
                1,
                JsonObject.EMPTY.with("used", JsonNumber.of(3)),
                List.of(new Condition(
                        "Ready", Condition.Status.FALSE, "Failed", "the door is open", Samples.NOW.plusNanos(789), 1)));

        assertThat(resources.observe(fresh.ref(), fresh.uid(), seen, ALONE)).isTrue();

        assertThat(resources.find(fresh.ref()).orElseThrow().status()).isEqualTo(seen);
        assertThat(resources.find(ref("p", "r2"))).isEmpty();
    }

    @Test
    void whatWasSeenStaysWhenWhatIsWantedChanges() {
        Resource fresh = stored(ref("p", "r1"), 8);
        ResourceStatus seen = new ResourceStatus(Phase.READY, 1, JsonObject.EMPTY, List.of());
        resources.observe(fresh.ref(), fresh.uid(), seen, ALONE);
        Resource next = rack(fresh.ref(), 2, 2);

        assertThat(resources.change(next, 1, chosenBy(next), ALONE)).isTrue();
        assertThat(resources.change(next, 1, chosenBy(next), ALONE)).isFalse();

        Resource now = resources.find(fresh.ref()).orElseThrow();
        assertThat(now.desired()).isEqualTo(next.desired());
        assertThat(now.generation()).isEqualTo(2);
        assertThat(now.status()).isEqualTo(seen);
    }

    @Test
    void nothingOfAChangeThatIsNotMadeIsWritten() {
        Resource fresh = stored(ref("p", "r1"), 8);
        Operation operation = operation(fresh.ref());
        TransactionalWrites transactionalWrites = TransactionalWrites.of(
                        List.of(event(fresh.ref())), List.of(operation))
                .with(new IdempotencyRecord("key", "print", operation.id(), Samples.NOW));

        assertThat(resources.insert(fresh, Map.of(), transactionalWrites)).isFalse();
        assertThat(resources.change(rack(fresh.ref(), 9, 1), 8, Map.of(), transactionalWrites))
                .isFalse();
        assertThat(resources.remove(fresh.ref(), fresh.uid(), transactionalWrites))
                .as("it does not leave")
                .isEmpty();
        assertThat(resources.forget(fresh.ref(), 7, transactionalWrites))
                .as("it has another generation")
                .isEmpty();
        assertThat(resources.observe(fresh.ref(), "another", ResourceStatus.NOTHING, transactionalWrites))
                .isFalse();

        OperationStore operations = database.stores().operations();
        assertThat(operations.find(operation.id())).isEmpty();
        assertThat(operations.findKey("key")).isEmpty();
        assertThat(database.stores().events().publish(10)).isEmpty();
    }

    @Test
    void whatBelongsToAChangeIsWrittenWithIt() {
        Resource fresh = rack(ref("p", "r1"), 1, 8);
        Operation operation = operation(fresh.ref());
        TransactionalWrites transactionalWrites = TransactionalWrites.of(
                        List.of(event(fresh.ref())), List.of(operation))
                .with(new IdempotencyRecord("key", "print", operation.id(), Samples.NOW));

        assertThat(resources.insert(fresh, chosenBy(fresh), transactionalWrites))
                .isTrue();

        OperationStore operations = database.stores().operations();
        assertThat(operations.list(new OperationStore.Query(Optional.of(fresh.ref()), Optional.empty(), true, 10)))
                .containsExactly(operation);
        assertThat(operations.findKey("key")).isPresent();
        database.stores().events().publish(10);
        assertThat(database.stores().events().after(0, new EventFilter(Set.of("rack.*"), Set.of("p")), 10).stream()
                        .map(StoredEvent::resource))
                .containsExactly(Optional.of(fresh.ref()));
        Resource another = rack(ref("p", "r2"), 1, 8);
        assertThatThrownBy(() -> resources.insert(another, Map.of(), transactionalWrites))
                .isInstanceOf(SmoException.class);
        assertThat(resources.find(another.ref())).isEmpty();
    }

    @Test
    void areListedInOrderInPagesByLabelFieldAndPhase() {
        Resource b1 = stored(ref("b", "r1"), 8);
        Resource a2 = stored(ref("a", "r2"), 2);
        Resource a1 = stored(ref("a", "r1"), 8);
        resources.observe(a1.ref(), a1.uid(), new ResourceStatus(Phase.READY, 1, JsonObject.EMPTY, List.of()), ALONE);

        assertThat(resources.list(ResourceQuery.all("rack", 2)))
                .extracting(Resource::ref)
                .containsExactly(a1.ref(), a2.ref());
        assertThat(refs(query(Optional.empty(), Map.of(), Map.of(), Optional.empty(), Optional.of(a2.ref()))))
                .containsExactly(b1.ref());
        assertThat(refs(query(Optional.of("a"), Map.of(), Map.of(), Optional.empty(), Optional.empty())))
                .containsExactly(a1.ref(), a2.ref());
        assertThat(refs(query(Optional.empty(), Map.of("site", "big"), Map.of(), Optional.empty(), Optional.empty())))
                .containsExactly(a1.ref(), b1.ref());
        assertThat(refs(query(Optional.empty(), Map.of(), Map.of("/slots", "2"), Optional.empty(), Optional.empty())))
                .containsExactly(a2.ref());
        assertThat(refs(query(Optional.empty(), Map.of(), Map.of(), Optional.of(Phase.READY), Optional.empty())))
                .containsExactly(a1.ref());
        assertThat(resources.list(ResourceQuery.all("shelf", 10))).isEmpty();
        assertThat(resources.refs("rack", Optional.of(a1.ref()), 10)).containsExactly(a2.ref(), b1.ref());
        assertThat(resources.count()).isEqualTo(Map.of("rack", Map.of(Phase.PENDING, 2L, Phase.READY, 1L)));
    }

    @Test
    void whatItIsChosenByFollowsItsChanges() {
        Resource fresh = stored(ref("p", "r1"), 8);
        Resource next = rack(fresh.ref(), 2, 2);
        resources.change(next, 1, chosenBy(next), ALONE);

        assertThat(refs(query(Optional.empty(), Map.of("site", "big"), Map.of(), Optional.empty(), Optional.empty())))
                .isEmpty();
        assertThat(refs(query(Optional.empty(), Map.of("site", "small"), Map.of(), Optional.empty(), Optional.empty())))
                .containsExactly(fresh.ref());
    }

    @Test
    void goesWhenItLeavesAndCanBeMadeAgain() {
        Resource fresh = stored(ref("p", "r1"), 8);
        Resource leaving = new Resource(
                fresh.ref(),
                fresh.uid(),
                2,
                1,
                fresh.desired(),
                fresh.labels(),
                true,
                fresh.status(),
                fresh.createdAt(),
                fresh.updatedAt());
        resources.change(leaving, 1, chosenBy(leaving), ALONE);

        assertThat(resources.remove(fresh.ref(), "another", ALONE)).isEmpty();
        assertThat(resources.remove(fresh.ref(), fresh.uid(), ALONE)).contains(Phase.PENDING);

        assertThat(resources.find(fresh.ref())).isEmpty();
        stored(fresh.ref(), 4);
        assertThat(resources.forget(fresh.ref(), 1, ALONE)).contains(Phase.PENDING);
        assertThat(resources.find(fresh.ref())).isEmpty();
    }

    @Test
    void withWhatAKindWasCheckedIsKept() {
        assertThat(resources.examined("rack")).isEmpty();
        resources.examined("rack", "one");
        resources.examined("shelf", "other");
        resources.examined("rack", "two");
        assertThat(resources.examined("rack")).contains("two");
        assertThat(resources.examined("shelf")).contains("other");
    }

    @Test
    void byWhatResourcesAreChosenCanBeStoredAnewUnlessTheyHaveChanged() {
        Resource one = stored(ref("p", "r1"), 8);
        Resource two = stored(ref("p", "r2"), 8);
        resources.choose(List.of(
                new Chosen(one.ref(), 1, Map.of("/colour", "red")),
                new Chosen(two.ref(), 7, Map.of("/colour", "red")),
                new Chosen(ref("p", "gone"), 1, Map.of("/colour", "red"))));
        assertThat(refs(query(
                        Optional.empty(), Map.of(), Map.of("/colour", "red"), Optional.empty(), Optional.empty())))
                .containsExactly(one.ref());
        assertThat(refs(query(Optional.empty(), Map.of("site", "big"), Map.of(), Optional.empty(), Optional.empty())))
                .containsExactly(two.ref());
        assertThat(resources.find(one.ref())).contains(one);
    }

    private ResourceQuery query(
            Optional<String> project,
            Map<String, String> labels,
            Map<String, String> fields,
            Optional<Phase> phase,
            Optional<ResourceRef> after) {
        return new ResourceQuery("rack", project, labels, fields, phase, after, 10);
    }

    private List<ResourceRef> refs(ResourceQuery query) {
        return resources.list(query).stream().map(Resource::ref).toList();
    }

    private static Operation operation(ResourceRef ref) {
        return new Operation(
                "op-1",
                Kind.APPLY,
                ref,
                State.PENDING,
                1,
                0,
                RequestOrigin.INTERNAL,
                Times.from(Samples.NOW),
                List.of(),
                List.of(),
                Optional.empty(),
                "");
    }

    private static EventDraft event(ResourceRef ref) {
        return new EventDraft(
                "rack.created",
                Samples.NOW,
                Optional.of(ref),
                Optional.empty(),
                1,
                Optional.empty(),
                "",
                "",
                JsonObject.EMPTY);
    }
}
