// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.strategies.StrategyHost;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** In a real framework, with services of the system bundle. */
class TrackedServicesTest {
    @TempDir
    Path storage;

    private Framework framework;
    private BundleContext context;
    private final StrategyRegistry registry = new StrategyRegistry();
    private final Told teller = new Told();

    /** Notifications in their order. */
    private static final class Told implements StrategyUseListener {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void entered(RegisteredService registeredService) {
            lines.add("+ " + registeredService.who());
        }

        @Override
        public void left(RegisteredService registeredService) {
            lines.add("- " + registeredService.who());
        }
    }

    @BeforeEach
    void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
        framework.start();
        context = framework.getBundleContext();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(5_000);
    }

    private ServiceRegistration<PlacementStrategy> register(Dictionary<String, Object> properties) {
        return context.registerService(PlacementStrategy.class, StrategyHost.allOn(0), properties);
    }

    private static Dictionary<String, Object> properties(String id, String version) {
        return FrameworkUtil.asDictionary(Map.of(PlacementStrategy.ID, id, PlacementStrategy.VERSION, version));
    }

    private List<String> known() {
        return registry.offers(ServiceKind.PLACEMENT).stream()
                .map(RegisteredService::who)
                .toList();
    }

    @Test
    void servicesComeGoAndChangeWithoutRestart() throws Exception {
        ServiceRegistration<PlacementStrategy> before = register(properties("early", "1.0.0"));
        TrackedServices tracked = new TrackedServices(context, registry, teller);
        ServiceRegistration<PlacementStrategy> two = register(properties("late", "2.0.0"));
        assertThat(known()).containsExactly("early 1.0.0", "late 2.0.0");
        two.setProperties(properties("late", "2.1.0"));
        assertThat(known()).containsExactly("early 1.0.0", "late 2.1.0");
        before.unregister();
        assertThat(known()).containsExactly("late 2.1.0");
        tracked.close();
        assertThat(known()).isEmpty();
    }

    @Test
    void aServiceThatDoesNotSayWhoItIsKeepsNobodyElseAway() throws Exception {
        TrackedServices tracked = new TrackedServices(context, registry, teller);
        ServiceRegistration<PlacementStrategy> nameless = register(FrameworkUtil.asDictionary(Map.of()));
        register(properties("good", "1.0.0"));
        assertThat(known()).containsExactly("good 1.0.0");
        nameless.setProperties(properties("named", "1.0.0"));
        assertThat(known()).containsExactly("good 1.0.0", "named 1.0.0");
        tracked.close();
    }

    @Test
    void theBundleGivesNameAndVersion() throws Exception {
        TrackedServices tracked = new TrackedServices(context, registry, teller);
        register(FrameworkUtil.asDictionary(Map.of(PlacementStrategy.ID, "s")));
        ServiceDescription description = registry.find(ServiceKind.PLACEMENT, "s", Optional.empty())
                .orElseThrow()
                .description();
        assertThat(description.origin().bundle()).isEqualTo(framework.getSymbolicName());
        assertThat(description.version()).isEqualTo(framework.getVersion());
        tracked.close();
    }
}
