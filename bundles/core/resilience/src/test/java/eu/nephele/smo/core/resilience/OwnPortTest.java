// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static eu.nephele.smo.core.resilience.World.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.Asynchronous;
import eu.nephele.smo.api.port.AtMostOnce;
import eu.nephele.smo.api.port.Idempotent;
import eu.nephele.smo.api.port.NonBlocking;
import eu.nephele.smo.api.port.OnStandby;
import eu.nephele.smo.api.port.Port;
import eu.nephele.smo.api.port.StaleIfError;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.outside.CircuitState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceEvent;

/** A port that is declared here and nowhere else: what stands at it is all that the guard needs. */
class OwnPortTest {

    // docs: port
    /** Leased hosts of containers. Published with the property {@link #REGION}. */
    @Port(name = "container-hosts", chosenBy = ContainerHosts.REGION, system = ContainerHosts.REGION)
    public interface ContainerHosts {

        /** Service property (String, required): where the hosts are. */
        String REGION = "smo.test.region";

        /** Region of the hosts, from memory. */
        @NonBlocking
        String region();

        /** All hosts, for people: also those of a server that stands by. */
        @StaleIfError
        @OnStandby
        List<String> all();

        /** Makes the host exist. There already: nothing happens. */
        @Idempotent
        void ensure(String host);

        /** Lends another host: twice is two. */
        @AtMostOnce
        void lendOne();

        /** Says nothing: called once, too. */
        void unsaid();

        /** Complete when nothing runs on the host any more. */
        @Asynchronous
        CompletionStage<String> drain(String host);
    }
    // docs: end

    /** Does as it is told. */
    private static final class Rented implements ContainerHosts {

        private final AtomicInteger calls = new AtomicInteger();
        private volatile Supplier<String> behaviour = () -> "fine";

        private String answer() {
            calls.incrementAndGet();
            return behaviour.get();
        }

        @Override
        public String region() {
            return answer();
        }

        @Override
        public List<String> all() {
            return List.of(answer());
        }

        @Override
        public void ensure(String host) {
            answer();
        }

        @Override
        public void lendOne() {
            answer();
        }

        @Override
        public void unsaid() {
            answer();
        }

        @Override
        public CompletionStage<String> drain(String host) {
            return CompletableFuture.completedFuture(answer());
        }
    }

    private final Rented adapter = new Rented();

    private ContainerHosts behindGuard(World world, Map<String, ?> properties) {
        return world.guards.guard(ContainerHosts.class, adapter, properties);
    }

    private ContainerHosts behindGuard(World world) {
        return behindGuard(world, Map.of(ContainerHosts.REGION, "north"));
    }

    private void failsWith(Kind kind) {
        adapter.behaviour = () -> {
            throw failure(kind);
        };
    }

    @Test
    void whatIsIdempotentIsRepeatedAndCounted() {
        try (World world = new World("attempts", 3, "firstDelayMillis", 1)) {
            adapter.behaviour = () -> {
                if (adapter.calls.get() < 3) {
                    throw failure(Kind.UNAVAILABLE);
                }
                return "fine";
            };
            behindGuard(world).ensure("one");
            assertThat(adapter.calls).hasValue(3);
            assertThat(world.count("smo_outside_calls_total", "ok")).isOne();
            assertThat(world.count("smo_outside_call_duration_seconds", "ContainerHosts.ensure"))
                    .isOne();
            assertThat(world.count("smo_outside_retries_total", "ContainerHosts.ensure"))
                    .isEqualTo(2);
        }
    }

    @Test
    void whatMayBeStaleIsAnsweredWithWhatWasKnown() {
        try (World world = new World("attempts", 1, "staleSeconds", 60, "failures", 10, "of", 10)) {
            ContainerHosts port = behindGuard(world);
            assertThat(port.all()).containsExactly("fine");
            failsWith(Kind.TIMED_OUT);
            world.nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            assertThat(port.all()).containsExactly("fine");
            assertThat(world.count("smo_outside_stale_answers_total", "ContainerHosts.all"))
                    .isOne();
            world.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThatThrownBy(port::all).hasMessage("it said TIMED_OUT");
        }
    }

    @Test
    void whatIsCalledAtMostOnceOrSaysNothingIsNotRepeated() {
        try (World world = new World("attempts", 3, "firstDelayMillis", 1)) {
            failsWith(Kind.UNAVAILABLE);
            assertThatThrownBy(behindGuard(world)::lendOne).hasMessage("it said UNAVAILABLE");
            assertThat(adapter.calls).hasValue(1);
            assertThatThrownBy(behindGuard(world)::unsaid).hasMessage("it said UNAVAILABLE");
            assertThat(adapter.calls).hasValue(2);
        }
    }

    @Test
    void whatDoesNotBlockHasNothingBeforeIt() {
        try (World world = new World("failures", 1, "of", 1)) {
            failsWith(Kind.UNAVAILABLE);
            for (int call = 0; call < 3; call++) {
                assertThatThrownBy(behindGuard(world)::region).hasMessage("it said UNAVAILABLE");
            }
            assertThat(world.counted).isEmpty();
        }
    }

    @Test
    void whatIsAsynchronousEndsAsAStage() throws Exception {
        try (World world = new World()) {
            failsWith(Kind.REFUSED);
            CompletionStage<String> stage = behindGuard(world).drain("one");
            assertThatThrownBy(() -> stage.toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AdapterException.class);
            adapter.behaviour = () -> "drained";
            assertThat(behindGuard(world).drain("one").toCompletableFuture().get())
                    .isEqualTo("drained");
        }
    }

    @Test
    void theSystemOfAPartnersPortIsNamedByItsServiceProperties() {
        try (World world = new World()) {
            behindGuard(world, Map.of(ContainerHosts.REGION, "north", AdapterException.SYSTEM, "lender"));
            behindGuard(world, Map.of(ContainerHosts.REGION, "north", AdapterException.SYSTEM, " "));
            behindGuard(world, Map.of());
            assertThat(world.guards.systems())
                    .extracting(system -> system.system())
                    .containsExactly("container-hosts", "lender", "north", World.SYSTEM);
        }
    }

    @Test
    void theCircuitOfAPartnersPortOpensLikeAnyOther() {
        try (World world = new World("failures", 1, "of", 1, "attempts", 1)) {
            adapter.behaviour = () -> {
                throw new AdapterException(Kind.UNAVAILABLE, "north", "it is foggy");
            };
            ContainerHosts port = behindGuard(world);
            assertThatThrownBy(port::all).hasMessage("it is foggy");
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.OPEN);
            assertThatThrownBy(() -> port.ensure("one")).hasMessageContaining("north is not called");
        }
    }

    /** As the store would hand it over. */
    private static final class HeldTenure implements Tenure {
        private volatile Duration left = Duration.ofSeconds(5);

        @Override
        public String holder() {
            return "here";
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public Duration left() {
            return left;
        }
    }

    @Test
    void aServerThatStandsByCallsOnlyWhatSaysSo() {
        try (World world = new World("attempts", 3, "firstDelayMillis", 1)) {
            ContainerHosts port = behindGuard(world);
            world.guards.outward().standBy();
            assertThat(port.all()).containsExactly("fine");
            assertThat(port.region()).isEqualTo("fine");
            adapter.calls.set(0);
            assertThatThrownBy(() -> port.ensure("one"))
                    .isInstanceOfSatisfying(
                            AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining("this server does not own its database now");
            assertThatThrownBy(port::lendOne).isInstanceOf(AdapterException.class);
            assertThatThrownBy(port::unsaid).isInstanceOf(AdapterException.class);
            assertThat(port.drain("one")).isCompletedExceptionally();
            assertThat(adapter.calls).hasValue(0);
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void anOwnerBeginsNoCallAfterItsLease() {
        try (World world = new World("attempts", 3, "firstDelayMillis", 1)) {
            ContainerHosts port = behindGuard(world);
            HeldTenure tenure = new HeldTenure();
            world.guards.outward().standBy();
            world.guards.outward().begin(tenure);
            port.ensure("one");
            // what fails is repeated, but not when the lease has ended meanwhile
            adapter.behaviour = () -> {
                tenure.left = Duration.ZERO;
                throw failure(Kind.UNAVAILABLE);
            };
            adapter.calls.set(0);
            assertThatThrownBy(() -> port.ensure("one")).hasMessageContaining("does not own its database now");
            assertThat(adapter.calls).hasValue(1);
            adapter.behaviour = () -> "fine";
            assertThatThrownBy(port::lendOne).hasMessageContaining("does not own its database now");
            tenure.left = Duration.ofSeconds(1);
            port.lendOne();
            world.guards.outward().end(tenure);
            assertThatThrownBy(port::lendOne).hasMessageContaining("does not own its database now");
        }
    }

    @Test
    void theDepartureOfAnAdapterOfAPartnersPortIsNoticed() {
        Framework framework = new Framework(adapter);
        GuardComponent component =
                new GuardComponent(framework.context(), Settings.config(GuardConfig.class, Map.of()));
        component.bindTenure(new HeldTenure());
        assertThat(framework.filters()).isEmpty();
        ContainerHosts port = component.guard(ContainerHosts.class, adapter, Map.of(ContainerHosts.REGION, "north"));
        component.guard(ContainerHosts.class, adapter, "south");
        assertThat(framework.filters()).containsExactly("(objectClass=%s)".formatted(ContainerHosts.class.getName()));
        framework.tell(ServiceEvent.REGISTERED);
        assertThat(port.all()).containsExactly("fine");
        framework.tell(ServiceEvent.UNREGISTERING);
        assertThatThrownBy(() -> port.ensure("one"))
                .hasMessageContaining("The adapter of north was stopped or replaced during ContainerHosts.ensure");
        component.close();
    }
}
