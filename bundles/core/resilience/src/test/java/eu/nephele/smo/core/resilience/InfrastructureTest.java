// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static eu.nephele.smo.core.resilience.World.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.core.contract.outside.CircuitState;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Stages, and answers of a while ago. */
class InfrastructureTest {

    private static final class Provider implements InfrastructureProvider {

        private Supplier<List<Infrastructure>> list =
                () -> List.of(new Infrastructure("one", "ready", JsonObject.EMPTY));
        private CompletableFuture<Infrastructure> created = new CompletableFuture<>();
        private int creations;

        @Override
        public List<Infrastructure> list() {
            return list.get();
        }

        @Override
        public CompletionStage<Infrastructure> create(JsonObject wish) {
            creations++;
            return created;
        }

        @Override
        public CompletionStage<Infrastructure> scale(String id, int nodes) {
            throw failure(Kind.UNAVAILABLE);
        }

        @Override
        public CompletionStage<Void> delete(String id) {
            throw new IllegalStateException("oops");
        }
    }

    private final Provider provider = new Provider();

    private InfrastructureProvider behindGuard(World world) {
        return world.guards.guard(InfrastructureProvider.class, provider, "nfvcl");
    }

    @Test
    void aStageKeepsItsSeatUntilItIsComplete() throws Exception {
        try (World world = new World("maxConcurrent", 1)) {
            InfrastructureProvider port = behindGuard(world);
            CompletableFuture<?> first = port.create(JsonObject.EMPTY).toCompletableFuture();
            assertThat(first).isNotDone();
            assertThat(world.guards.systems().get(0).inFlight()).isOne();
            assertThat(failureOf(port.create(JsonObject.EMPTY))).hasMessageContaining("maxConcurrent=1");
            assertThat(world.count("smo_outside_calls_total", "full")).isOne();

            InfrastructureProvider.Infrastructure made =
                    new InfrastructureProvider.Infrastructure("new", "ready", JsonObject.EMPTY);
            provider.created.complete(made);
            assertThat(first.get()).isEqualTo(made);
            assertThat(world.guards.systems().get(0).inFlight()).isZero();
            assertThat(provider.creations).isOne();
        }
    }

    @Test
    void anErrorOfTheVirtualMachineLeavesNoSeatTaken() {
        try (World world = new World("maxConcurrent", 1)) {
            InfrastructureProvider broken = world.guards.guard(
                    InfrastructureProvider.class,
                    (InfrastructureProvider) Proxy.newProxyInstance(
                            InfrastructureProvider.class.getClassLoader(),
                            new Class<?>[] {InfrastructureProvider.class},
                            (proxy, method, arguments) -> {
                                throw new StackOverflowError("deep");
                            }),
                    "nfvcl");
            assertThatThrownBy(() -> broken.create(JsonObject.EMPTY)).isInstanceOf(StackOverflowError.class);
            assertThat(world.guards.systems().get(0).inFlight()).isZero();
            assertThat(world.count("smo_outside_calls_total", "fault")).isOne();
        }
    }

    @Test
    void stagesThatFailShutTheSystemAndAreNotRepeated() throws Exception {
        try (World world = new World("failures", 2, "of", 5)) {
            InfrastructureProvider port = behindGuard(world);
            for (int call = 0; call < 2; call++) {
                provider.created = new CompletableFuture<>();
                CompletionStage<?> stage = port.create(JsonObject.EMPTY);
                provider.created.completeExceptionally(
                        new AdapterException(Kind.TIMED_OUT, "nfvcl", "it said TIMED_OUT"));
                assertThat(failureOf(stage)).hasMessage("it said TIMED_OUT");
            }
            assertThat(provider.creations).isEqualTo(2);
            assertThat(world.guards.systems().get(0).access()).isEqualTo(CircuitState.OPEN);
            assertThat(failureOf(port.create(JsonObject.EMPTY))).hasMessageContaining("is not called");
            assertThat(world.guards.systems().get(0).inFlight()).isZero();
        }
    }

    @Test
    void whatIsThrownInsteadOfAStageIsAFailedStage() throws Exception {
        try (World world = new World()) {
            InfrastructureProvider port = behindGuard(world);
            assertThat(failureOf(port.scale("one", 2))).hasMessage("it said UNAVAILABLE");
            assertThat(failureOf(port.delete("one"))).hasMessageContaining("fault in the adapter of nfvcl");
            assertThat(world.guards.systems().get(0).inFlight()).isZero();
        }
    }

    @Test
    void anAnswerOfAWhileAgoStandsInUntilItIsTooOld() {
        try (World world = new World("attempts", 1, "staleSeconds", 60, "failures", 10, "of", 10)) {
            InfrastructureProvider port = behindGuard(world);
            List<?> good = port.list();
            provider.list = () -> {
                throw failure(Kind.UNAVAILABLE);
            };
            world.nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            assertThat(port.list()).isEqualTo(good);
            assertThat(world.count("smo_outside_stale_answers_total", "InfrastructureProvider.list"))
                    .isOne();
            assertThat(world.count("smo_outside_calls_total", "unavailable")).isOne();

            world.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThatThrownBy(port::list).hasMessage("it said UNAVAILABLE");
        }
    }

    @Test
    void aRefusalIsNotHiddenByAnAnswerOfAWhileAgo() {
        try (World world = new World()) {
            InfrastructureProvider port = behindGuard(world);
            assertThat(port.list()).hasSize(1);
            provider.list = () -> {
                throw failure(Kind.REFUSED);
            };
            assertThatThrownBy(port::list).hasMessage("it said REFUSED");
        }
    }

    private static AdapterException failureOf(CompletionStage<?> stage) throws InterruptedException {
        try {
            return new AdapterException(
                    Kind.REFUSED,
                    "test",
                    "it did not fail: " + stage.toCompletableFuture().get());
        } catch (ExecutionException e) {
            return (AdapterException) e.getCause();
        }
    }
}
