// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static eu.nephele.smo.core.runtime.RuntimeRig.await;
import static eu.nephele.smo.core.runtime.RuntimeRig.kind;
import static eu.nephele.smo.core.runtime.RuntimeRig.made;
import static eu.nephele.smo.core.runtime.RuntimeRig.rack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stored documents are checked when their kind has another schema, or other selectable fields. */
class ChangedSchemaTest {

    private static final String STRICTER = RuntimeRig.SCHEMA.replace("64", "32");

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private RuntimeRig rig;

    @BeforeEach
    void start() throws SQLException {
        rig = new RuntimeRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private InstalledController install(String version, ResourceKind kind) {
        return rig.install(version, kind, (resource, call) -> {
            asked.add(resource.ref().name());
            return made(resource);
        });
    }

    private void awaitReason(String name, String reason) {
        await(() -> rig.resource(name).status().conditions().stream()
                .anyMatch(condition -> condition.type().equals(ResourceStatusFactory.RECONCILED)
                        && condition.reason().equals(reason)));
    }

    private List<String> chosenBy(String field, String value) {
        ResourceQuery query = new ResourceQuery(
                "rack", Optional.empty(), Map.of(), Map.of(field, value), Optional.empty(), Optional.empty(), 10);
        return rig.desk().list(query, CallContext.INTERNAL).stream()
                .map(resource -> resource.ref().name())
                .toList();
    }

    @Test
    void aStricterSchemaOfTheSameVersionIsAppliedToWhatWasAcceptedBefore() {
        install("1.0.0", kind(1, RuntimeRig.SCHEMA));
        rig.apply("r1", 60);
        rig.apply("r2", 8);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        InstalledController stricter = install("1.1.0", kind(1, STRICTER));
        awaitReason("r1", "DocumentInvalid");
        awaitReason("r2", "Answered");
        assertThat(stricter.fits()).as("one does not").isFalse();
        assertThat(rig.resource("r1").status().conditions())
                .anySatisfy(condition ->
                        assertThat(condition.message()).contains("/slots").contains("acme.racks 1.1.0"));

        rig.restart();
        asked.clear();
        MetricsRecorder metricsRecorder = mock(MetricsRecorder.class);
        rig.runtime().publish(metricsRecorder);
        install("1.1.0", kind(1, STRICTER));
        await(() -> asked.contains("r2"));
        verify(metricsRecorder, timeout(5_000).atLeast(2))
                .time(eq("smo_runtime_pass_seconds"), eq(Map.of("kind", "rack", "outcome", "refused")), any());
        awaitReason("r1", "DocumentInvalid");
        assertThat(asked).as("asked about what is valid only").containsExactly("r2");
        rig.apply("r1", 16);
        await(() -> rig.resource("r1").status().observedGeneration() == 2);
        awaitReason("r1", "Answered");
    }

    @Test
    void whatWasFoundValidIsNotCheckedAgain() {
        InstalledController first = install("1.0.0", kind(1, RuntimeRig.SCHEMA));
        await(() -> first.fits().get());
        rig.apply("r1", 8);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        AtomicInteger checks = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        rig.restart();
        InstalledController same = rig.install(
                "1.0.0",
                kind(1, RuntimeRig.SCHEMA),
                (document, limit) -> {
                    checks.incrementAndGet();
                    return List.of();
                },
                (resource, call) -> {
                    calls.incrementAndGet();
                    return made(resource);
                });
        await(() -> same.fits().get());
        await(() -> calls.get() > 0);
        int once = checks.get();
        int before = calls.get();
        await(() -> {
            rig.desk().wake(rack("r1"));
            return calls.get() > before + 2;
        });
        assertThat(checks).as("no more than before it was known").hasValue(once);
        assertThat(rig.stores().resources().examined("rack")).isPresent();
    }

    @Test
    void fieldsThatANewVersionAddsChooseWhatWasThereBefore() {
        ResourceKind without = new ResourceKind("rack", ResourceKind.Scope.PROJECT, 1, "{}", Set.of());
        install("1.0.0", without);
        for (int rack = 0; rack < 120; rack++) {
            rig.apply("r" + rack, rack == 77 ? 9 : 8);
        }
        install("1.1.0", new ResourceKind("rack", ResourceKind.Scope.PROJECT, 1, "{}", Set.of("/slots")));
        await(() -> chosenBy("/slots", "9").equals(List.of("r77")));
        assertThat(chosenBy("/slots", "8")).hasSize(10);
    }

    @Test
    void fieldsOfANewVersionOfDocumentsAreThoseThatTheyHaveNow() {
        install("1.0.0", kind(1, RuntimeRig.SCHEMA));
        rig.apply("r1", 8);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        ResourceKind next = new ResourceKind("rack", ResourceKind.Scope.PROJECT, 2, "{}", Set.of("/units"));
        rig.install("2.0.0", next, new ResourceController() {
            @Override
            public ResourceKind kind() {
                return next;
            }

            @Override
            public Reconciled reconcile(Resource resource, Reconciliation call) {
                return made(resource);
            }

            @Override
            public JsonObject upgraded(JsonObject desired, int documentVersion) {
                return JsonObject.EMPTY.with("units", desired.get("slots").orElse(JsonNumber.of(0)));
            }
        });
        await(() -> chosenBy("/units", "8").equals(List.of("r1")));
    }

    @Test
    void whatLeavesNeedNotBeValid() {
        InstalledController installed = install("1.0.0", kind(1, RuntimeRig.SCHEMA));
        rig.apply("r1", 60);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        rig.runtime().controllers().remove(installed);
        rig.desk().remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        install("1.1.0", kind(1, STRICTER));
        await(() -> rig.desk().find(rack("r1"), CallContext.INTERNAL).isEmpty());
    }
}
