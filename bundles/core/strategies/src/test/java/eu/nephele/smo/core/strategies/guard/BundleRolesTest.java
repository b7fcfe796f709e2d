// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.core.strategies.registry.Origin;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** A bundle that is more than strategies goes on when one of these is ejected. */
class BundleRolesTest {

    private final StrategyRegistry registry = new StrategyRegistry();
    private final StrategyGuard guard = new StrategyGuard(
            () -> StrategySettings.DEFAULTS, new EjectionPolicy(registry, () -> StrategySettings.DEFAULTS), registry);
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void end() {
        over.countDown();
        guard.close();
    }

    @Test
    void threadsOfABundleThatOffersStrategiesOnlyAreInterrupted() throws InterruptedException {
        Thread thread = startedByAStrategyBeside();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void threadsOfABundleThatIsAnAdapterTooGoOn() {
        Thread thread = startedByAStrategyBeside(WorkloadDeployer.class);
        assertThat(thread.isInterrupted()).isFalse();
        assertThat(thread.isAlive()).isTrue();
    }

    /** A thread that is there when the strategy, whose bundle offers these services as well, has been ejected. */
    private Thread startedByAStrategyBeside(Class<?>... others) {
        ServiceReference<?>[] services = Stream.concat(Stream.of(PlacementStrategy.class), Arrays.stream(others))
                .map(BundleRolesTest::offering)
                .toArray(ServiceReference<?>[]::new);
        Bundle bundle = answering(Bundle.class, BundleRolesTest.class.getClassLoader(), services);
        Object strategy = answering(PlacementStrategy.class, new OfBundle(bundle), "none");
        registry.add(strategy, Map.of(PlacementStrategy.ID, "s"), new Origin("partner", Version.emptyVersion, "7/1"));
        RegisteredService registeredService =
                registry.find(ServiceKind.PLACEMENT, "s", Optional.empty()).orElseThrow();
        AtomicReference<Thread> started = new AtomicReference<>();
        guard.call(registeredService, 10_000, deadline -> {
            Thread thread = new Thread(this::untilOver, "partner-thread");
            thread.start();
            started.set(thread);
            return 1;
        });
        registry.ejectFaulty(registeredService, "faults");
        return started.get();
    }

    private void untilOver() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServiceReference<?> offering(Class<?> type) {
        return answering(ServiceReference.class, BundleRolesTest.class.getClassLoader(), new String[] {type.getName()});
    }

    /** Returns the same answer from every method. */
    private static <T> T answering(Class<T> type, ClassLoader loader, Object answer) {
        return type.cast(Proxy.newProxyInstance(loader, new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(answer, arguments);
            }
            return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments) : answer;
        }));
    }

    private static final class OfBundle extends ClassLoader implements BundleReference {
        private final Bundle bundle;

        OfBundle(Bundle bundle) {
            super(BundleRolesTest.class.getClassLoader());
            this.bundle = bundle;
        }

        @Override
        public Bundle getBundle() {
            return bundle;
        }
    }
}
