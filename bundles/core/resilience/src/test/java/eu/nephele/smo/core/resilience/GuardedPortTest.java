// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static eu.nephele.smo.core.resilience.World.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GuardedPortTest {

    /** Answers that nothing is known, as a registry does whose source is unavailable. */
    private static final class Blind implements ClusterRegistry {
        @Override
        public List<ClusterState> clusters() {
            throw new IllegalStateException("its own words");
        }

        @Override
        public Subscription subscribe(Runnable onChange) {
            return () -> {};
        }
    }

    @Test
    void aMethodThatAnswersFromACacheIsNotGuarded() {
        try (World world = new World("failures", 1, "of", 1)) {
            ClusterRegistry registry = world.guards.guard(ClusterRegistry.class, new Blind(), "clusters");
            for (int call = 0; call < 3; call++) {
                assertThatThrownBy(registry::clusters)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("its own words");
            }
        }
    }

    @Test
    void whatTheInterfaceDoesByDefaultStillWorks() {
        try (World world = new World()) {
            ClusterId cluster = ClusterId.parse("lab/one");
            ClusterRegistry registry = world.guards.guard(ClusterRegistry.class, new Blind(), "clusters");
            assertThat(registry.target(cluster).cluster()).isEqualTo(cluster);
            assertThatThrownBy(() -> world.port.chart("oci://x"))
                    .isInstanceOf(AdapterException.class)
                    .hasMessageContaining("descriptors only");
        }
    }

    @Test
    void viewsOfOneAdapterAreEqualAndOthersAreNot() {
        try (World world = new World()) {
            ArtifactRepository adapter = reference -> new ArtifactRepository.FetchedDescriptor("", "");
            ArtifactRepository other = reference -> new ArtifactRepository.FetchedDescriptor("", "1");
            ArtifactRepository view = world.guards.guard(ArtifactRepository.class, adapter, "a");
            assertThat(view)
                    .isEqualTo(world.guards.guard(ArtifactRepository.class, adapter, "a"))
                    .hasSameHashCodeAs(world.guards.guard(ArtifactRepository.class, adapter, "a"))
                    .isNotEqualTo(world.guards.guard(ArtifactRepository.class, other, "a"))
                    .isNotEqualTo(world.guards.guard(ArtifactRepository.class, adapter, "b"))
                    .isNotEqualTo(adapter)
                    .isNotEqualTo(null);
            assertThat(view.toString()).contains("ArtifactRepository of a behind its guard");
        }
    }

    @Test
    void twoAdaptersOfOneSystemShareItsGuard() {
        try (World world = new World("attempts", 1).failing(failure(Kind.TIMED_OUT))) {
            for (int call = 0; call < 3; call++) {
                assertThatThrownBy(world::fetch).isInstanceOf(AdapterException.class);
            }
            ArtifactRepository second = world.guards.guard(
                    ArtifactRepository.class,
                    reference -> new ArtifactRepository.FetchedDescriptor("", ""),
                    World.SYSTEM);
            ArtifactRepository elsewhere = world.guards.guard(
                    ArtifactRepository.class, reference -> new ArtifactRepository.FetchedDescriptor("", ""), "another");
            assertThatThrownBy(() -> second.descriptor("x")).hasMessageContaining("is not called");
            assertThat(elsewhere.descriptor("x").content()).isEmpty();
        }
    }

    @Test
    void aFaultOfTheAdapterIsUnavailableNamesTheSystemAndIsNotRepeated() {
        try (World world = new World()) {
            world.behaviour = () -> {
                throw new IllegalStateException("oops");
            };
            assertThatThrownBy(world::fetch)
                    .isInstanceOfSatisfying(AdapterException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
                        assertThat(e.system()).isEqualTo(World.SYSTEM);
                    })
                    .hasMessageContaining("fault in the adapter of registry")
                    .hasMessageContaining("oops")
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(world.calls).hasValue(1);
            assertThat(world.count("smo_outside_calls_total", "fault")).isOne();
            assertThatThrownBy(world::fetch).hasMessageContaining("oops");
            assertThatThrownBy(world::fetch).hasMessageContaining("oops");
            assertThatThrownBy(world::fetch).hasMessageContaining("is not called");
        }
    }

    @Test
    void aClassThatWentWithItsBundleIsAFaultToo() {
        try (World world = new World()) {
            world.behaviour = () -> {
                throw new NoClassDefFoundError("gone");
            };
            assertThatThrownBy(world::fetch)
                    .isInstanceOf(AdapterException.class)
                    .hasMessageContaining("gone");
        }
    }

    @Test
    void anErrorOfTheVirtualMachinePasses() {
        try (World world = new World()) {
            world.behaviour = () -> {
                throw new StackOverflowError("too deep");
            };
            assertThatThrownBy(world::fetch).isInstanceOf(StackOverflowError.class);
            assertThat(world.count("smo_outside_calls_total", "ok")).isZero();
            assertThat(world.count("smo_outside_calls_total", "fault")).isOne();
        }
    }

    @Test
    void whatHangsIsInterruptedAndTheCallerIsNot() {
        try (World world = new World("timeoutMillis", 100, "attempts", 1)) {
            world.behaviour = () -> {
                try {
                    new CountDownLatch(1).await();
                    return "never";
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AdapterException(Kind.UNAVAILABLE, World.SYSTEM, "interrupted", e);
                }
            };
            long began = System.nanoTime();
            assertThatThrownBy(world::fetch)
                    .isInstanceOfSatisfying(
                            AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT))
                    .hasMessageContaining("did not answer ArtifactRepository.descriptor within 100 ms");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(world.guards.systems().get(0).lastFailure()).isPresent();
        }
    }

    @Test
    void afterTheEndOfTheGuardCallsStillGoThrough() {
        World world = new World();
        world.close();
        assertThat(world.fetch()).isEqualTo("fine");
    }
}
