// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static eu.nephele.smo.core.resilience.World.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.core.contract.outside.CircuitState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceEvent;

/** Adapters that are stopped or exchanged while calls are inside. */
class DepartureTest {

    private static final String LEFT = "The adapter of registry was stopped or replaced during";

    private final World world = new World("failures", 1, "of", 1, "attempts", 3, "firstDelayMillis", 1);
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Supplier<String> behaviour = () -> "fine";
    private final ArtifactRepository adapter = reference -> {
        calls.incrementAndGet();
        return new ArtifactRepository.FetchedDescriptor(behaviour.get(), "sha256:0");
    };
    private final ArtifactRepository port = world.guards.guard(ArtifactRepository.class, adapter, World.SYSTEM);

    private void leavesDuringTheNextCall(Supplier<String> then) {
        world.guards.departed().came(adapter);
        behaviour = () -> {
            world.guards.departed().left(adapter);
            return then.get();
        };
    }

    private void assertLeft(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(AdapterException.class, left -> {
                    assertThat(left.kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(left.retryAfter()).isPresent();
                })
                .hasMessageContaining(LEFT);
        assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.CLOSED);
    }

    private void fetch() {
        assertThat(port.descriptor("oci://here/graph").content()).isEqualTo("fine");
    }

    @Test
    void whatAnAdapterRefusesThatHasLeftIsNoRefusal() {
        leavesDuringTheNextCall(() -> {
            throw failure(Kind.REFUSED);
        });
        assertLeft(this::fetch);
        assertThat(world.count("smo_outside_calls_total", "left")).isOne();
    }

    @Test
    void faultsOfAnAdapterThatHasLeftDoNotCountAgainstItsSystem() {
        leavesDuringTheNextCall(() -> {
            throw new NoClassDefFoundError("gone with its bundle");
        });
        assertLeft(this::fetch);
    }

    @Test
    void theAnswerOfAnAdapterThatHasLeftIsNotBelieved() {
        leavesDuringTheNextCall(() -> "nothing is there");
        assertLeft(this::fetch);
    }

    @Test
    void aDepartedAdapterIsNotCalledAgain() {
        leavesDuringTheNextCall(() -> {
            throw failure(Kind.UNAVAILABLE);
        });
        assertLeft(this::fetch);
        assertLeft(this::fetch);
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatMustNotBeDoneTwiceIsBelieved() {
        List<AuditRecord> recorded = new ArrayList<>();
        AuditSink sink = new AuditSink() {
            @Override
            public void record(AuditRecord record) {
                recorded.add(record);
                world.guards.departed().left(this);
            }
        };
        world.guards.departed().came(sink);
        AuditRecord record = new AuditRecord(Instant.EPOCH, "ada", "", "graph.deploy", "p/g", "202", "");
        world.guards.guard(AuditSink.class, sink, "audit").record(record);
        assertThat(recorded).containsExactly(record);
    }

    @Test
    void aServiceWithTwoRegistrationsHasLeftWithTheLastOne() {
        DepartedAdapters departed = world.guards.departed();
        departed.came(adapter);
        departed.came(adapter);
        departed.left(adapter);
        fetch();
        departed.left(adapter);
        assertLeft(this::fetch);
        departed.came(adapter);
        fetch();
    }

    /** REST creates a new view for each request. */
    @Test
    void whatAnAdapterAnsweredIsKnownToAllViewsOfItUntilItLeaves() {
        AtomicReference<Supplier<List<InfrastructureProvider.Infrastructure>>> list = new AtomicReference<>(List::of);
        InfrastructureProvider provider = new InfrastructureProvider() {
            @Override
            public List<Infrastructure> list() {
                return list.get().get();
            }

            @Override
            public CompletionStage<Infrastructure> create(JsonObject wish) {
                throw failure(Kind.REFUSED);
            }

            @Override
            public CompletionStage<Infrastructure> scale(String id, int nodes) {
                throw failure(Kind.REFUSED);
            }

            @Override
            public CompletionStage<Void> delete(String id) {
                throw failure(Kind.REFUSED);
            }
        };
        Supplier<InfrastructureProvider> views =
                () -> world.guards.guard(InfrastructureProvider.class, provider, "nfvcl");
        world.guards.departed().came(provider);
        assertThat(views.get().list()).isEmpty();
        list.set(() -> {
            throw failure(Kind.UNAVAILABLE);
        });
        assertThat(views.get().list()).isEmpty();

        world.guards.departed().left(provider);
        world.guards.departed().came(provider);
        assertThatThrownBy(() -> views.get().list()).isInstanceOf(AdapterException.class);
    }

    @Test
    void theFrameworkTellsWhoLeaves() {
        Framework framework = new Framework(adapter);
        try (AdapterTracker adapterTracker = new AdapterTracker(framework.context(), world.guards.departed())) {
            adapterTracker.watch(ArtifactRepository.class);
            framework.tell(ServiceEvent.REGISTERED);
            fetch();
            framework.tell(ServiceEvent.UNREGISTERING);
            assertLeft(this::fetch);
        }
    }

    @Test
    void theEndOfTheGuardIsNoDepartureOfAdapters() {
        Framework framework = new Framework(adapter);
        AdapterTracker adapterTracker = new AdapterTracker(framework.context(), world.guards.departed());
        adapterTracker.watch(ArtifactRepository.class);
        framework.tell(ServiceEvent.REGISTERED);
        adapterTracker.close();
        fetch();
    }
}
