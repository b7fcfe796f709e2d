// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.plugin.ServiceGate;
import eu.nephele.smo.core.strategies.StrategyHost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** In a real framework, with bundles of the product and others. */
class GateTest {
    @TempDir
    Path storage;

    private Framework framework;
    private TrackedServices tracked;
    private final StrategyRegistry registry = new StrategyRegistry();
    private final Gate gate = new Gate();
    private final Told told = new Told();

    private static final class Gate implements ServiceGate {
        private final Set<Long> open = ConcurrentHashMap.newKeySet();
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

        @Override
        public boolean open(long bundleId) {
            return open.contains(bundleId);
        }

        @Override
        public Subscription onChange(Runnable listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        void set(Bundle... now) {
            open.clear();
            List.of(now).forEach(bundle -> open.add(bundle.getBundleId()));
            listeners.forEach(Runnable::run);
        }
    }

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
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString(), "smo.home", "/somewhere/smo"));
        framework.start();
        tracked = new TrackedServices(framework.getBundleContext(), registry, told);
    }

    @AfterEach
    void stop() throws Exception {
        tracked.close();
        framework.stop();
        framework.waitForStop(5_000);
    }

    private Bundle bundle(String name, String location) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        Bundle bundle =
                framework.getBundleContext().installBundle(location, new ByteArrayInputStream(bytes.toByteArray()));
        bundle.start();
        return bundle;
    }

    private Bundle plugin(String name) throws Exception {
        return bundle(name, "smo-plugin:" + name + ".jar");
    }

    private static ServiceRegistration<PlacementStrategy> offer(Bundle bundle, String id, String version) {
        return bundle.getBundleContext()
                .registerService(
                        PlacementStrategy.class,
                        StrategyHost.allOn(0),
                        FrameworkUtil.asDictionary(
                                Map.of(PlacementStrategy.ID, id, PlacementStrategy.VERSION, version)));
    }

    private List<String> used() {
        return registry.offers(ServiceKind.PLACEMENT).stream()
                .map(RegisteredService::who)
                .toList();
    }

    private List<State> states() {
        return registry.all().stream().map(RegisteredService::state).toList();
    }

    @Test
    void whatTheProductBringsNeedsNoGate() throws Exception {
        offer(bundle("ours", "reference:file:/somewhere/smo/bundles/ours.jar"), "ours", "1.0.0");
        assertThat(used()).containsExactly("ours 1.0.0");
        assertThat(told.lines)
                .as("that a server has what it was started with is no news")
                .isEmpty();
    }

    @Test
    void aNameOfTheProductIsNobodyElses() throws Exception {
        offer(bundle("ours", "reference:file:/somewhere/smo/bundles/ours.jar"), "optimal", "0.1.0");
        Bundle plugin = plugin("theirs");
        tracked.bindGate(gate);
        gate.set(plugin);
        offer(plugin, "optimal", "1.0.0");
        offer(plugin, "acme.optimal", "1.0.0");
        assertThat(used()).containsExactly("acme.optimal 1.0.0", "optimal 0.1.0");
    }

    @Test
    void whatComesLaterIsKnownAndNotUsedUntilTheGateOpens() throws Exception {
        Bundle plugin = plugin("theirs");
        offer(plugin, "theirs", "1.0.0");
        assertThat(used()).as("without a gate").isEmpty();
        assertThat(states()).containsExactly(State.HELD);
        tracked.bindGate(gate);
        assertThat(used()).as("the gate is shut").isEmpty();
        gate.set(plugin);
        assertThat(used()).containsExactly("theirs 1.0.0");
        gate.set();
        assertThat(used()).isEmpty();
        assertThat(states()).containsExactly(State.HELD);
        gate.set(plugin);
        plugin.stop();
        assertThat(states()).isEmpty();
        assertThat(told.lines).containsExactly("+ theirs 1.0.0", "- theirs 1.0.0", "+ theirs 1.0.0", "- theirs 1.0.0");
    }

    @Test
    void aSwitchBetweenTwoVersionsLeavesNoGap() throws Exception {
        Bundle one = plugin("one");
        Bundle two = plugin("two");
        tracked.bindGate(gate);
        gate.set(one);
        offer(one, "theirs", "1.0.0");
        offer(two, "theirs", "2.0.0");
        assertThat(used()).containsExactly("theirs 1.0.0");
        long before = registry.revision();
        gate.set(two);
        assertThat(registry.revision()).as("both in one step").isEqualTo(before + 1);
        assertThat(used()).containsExactly("theirs 2.0.0");
    }

    @Test
    void whileTheGateIsReplacedWhatIsInStaysAndNothingNewGetsIn() throws Exception {
        Bundle plugin = plugin("theirs");
        tracked.bindGate(gate);
        gate.set(plugin);
        ServiceRegistration<PlacementStrategy> service = offer(plugin, "theirs", "1.0.0");
        tracked.unbindGate(gate);
        offer(plugin, "new", "1.0.0");
        service.setProperties(
                FrameworkUtil.asDictionary(Map.of(PlacementStrategy.ID, "theirs", PlacementStrategy.VERSION, "1.0.1")));
        assertThat(used()).containsExactly("theirs 1.0.1");
        assertThat(gate.listeners).isEmpty();
        tracked.bindGate(gate);
        assertThat(used()).containsExactly("new 1.0.0", "theirs 1.0.1");
    }

    @Test
    void whatWasEjectedStaysOutWhenItsServiceComesBackUnlessItsBundleIsNew() throws Exception {
        Bundle plugin = plugin("theirs");
        tracked.bindGate(gate);
        gate.set(plugin);
        ServiceRegistration<PlacementStrategy> service = offer(plugin, "theirs", "1.0.0");
        registry.eject(
                registry.find(ServiceKind.PLACEMENT, "theirs", Optional.empty()).orElseThrow(), "enough");
        service.unregister();
        offer(plugin, "theirs", "1.0.0");
        assertThat(states()).containsExactly(State.EJECTED);
        plugin.uninstall();
        Bundle again = plugin("theirs");
        gate.set(again);
        offer(again, "theirs", "1.0.0");
        assertThat(used()).containsExactly("theirs 1.0.0");
    }

    @Test
    void aBundleOfTheProductThatComesBackIsNews() throws Exception {
        ServiceRegistration<PlacementStrategy> service =
                offer(bundle("ours", "reference:file:/somewhere/smo/bundles/ours.jar"), "ours", "1.0.0");
        service.setProperties(FrameworkUtil.asDictionary(
                Map.of(PlacementStrategy.ID, "ours", PlacementStrategy.VERSION, "1.0.0", "more", "1")));
        assertThat(told.lines).as("nothing entered or left use").isEmpty();
        Bundle bundle = service.getReference().getBundle();
        bundle.stop();
        bundle.start();
        offer(bundle, "ours", "1.0.0");
        assertThat(told.lines).containsExactly("- ours 1.0.0", "+ ours 1.0.0");
    }
}
