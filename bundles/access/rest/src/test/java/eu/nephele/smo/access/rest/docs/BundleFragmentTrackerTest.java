// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** A part is there as long as a resource of its bundle is in this interface. */
final class BundleFragmentTrackerTest {

    private static final Object OURS = "(osgi.jakartars.name=smo)";

    @TempDir
    Path folder;

    private final JoinedContract contract = new JoinedContract();
    private final List<ServiceListener> listeners = new ArrayList<>();
    private final List<ServiceReference<?>> registered = new ArrayList<>();
    private final BundleFragmentTracker parts = new BundleFragmentTracker(context(), contract);

    @BeforeEach
    void open() {
        parts.open();
    }

    @AfterEach
    void close() {
        parts.close();
    }

    private BundleContext context() {
        return fake(BundleContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "addServiceListener" -> {
                listeners.add((ServiceListener) arguments[0]);
                yield null;
            }
            case "removeServiceListener" -> {
                listeners.remove((ServiceListener) arguments[0]);
                yield null;
            }
            case "getServiceReferences" -> registered.toArray(ServiceReference<?>[]::new);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> type.getSimpleName();
                    default -> handler.invoke(proxy, method, arguments);
                }));
    }

    private Bundle bundle(String name, String version, String path) throws IOException {
        Path file = folder.resolve(name + version + ".yaml");
        if (!path.isEmpty()) {
            String part =
                    "openapi: 3.1.0\npaths:\n  %s:\n    get:\n      responses:\n        '204':\n          description: Done\n"
                            .formatted(path);
            Files.write(file, part.getBytes(StandardCharsets.UTF_8));
        }
        return fake(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getSymbolicName" -> name;
            case "getVersion" -> Version.valueOf(version);
            case "getEntry" ->
                arguments[0].equals("OSGI-INF/openapi.yaml") && Files.exists(file)
                        ? file.toUri().toURL()
                        : null;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    /** A resource; the id says when it was registered. */
    private ServiceReference<?> register(Bundle bundle, Object select, long id, int ranking) {
        Map<String, Object> properties = Map.of(
                "osgi.jakartars.resource",
                true,
                "osgi.jakartars.application.select",
                select,
                Constants.SERVICE_ID,
                id,
                Constants.SERVICE_RANKING,
                ranking);
        ServiceReference<?> reference =
                fake(ServiceReference.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBundle" -> bundle;
                    case "getProperty" -> properties.get(arguments[0]);
                    case "compareTo" -> {
                        ServiceReference<?> other = (ServiceReference<?>) arguments[0];
                        int byRanking =
                                Integer.compare(ranking, (Integer) other.getProperty(Constants.SERVICE_RANKING));
                        yield byRanking != 0
                                ? byRanking
                                : Long.compare((Long) other.getProperty(Constants.SERVICE_ID), id);
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        registered.add(reference);
        tell(ServiceEvent.REGISTERED, reference);
        return reference;
    }

    private void unregister(ServiceReference<?> reference) {
        registered.remove(reference);
        tell(ServiceEvent.UNREGISTERING, reference);
    }

    private void tell(int type, ServiceReference<?> reference) {
        List.copyOf(listeners).forEach(listener -> listener.serviceChanged(new ServiceEvent(type, reference)));
    }

    private String document() {
        return contract.yaml();
    }

    @Test
    void aPartComesWithTheFirstResourceOfItsBundleAndGoesWithTheLast() throws IOException {
        Bundle zones = bundle("zones", "1.0.0", "/api/v1/zones");
        ServiceReference<?> one = register(zones, OURS, 1, 0);
        ServiceReference<?> other = register(zones, OURS, 2, 0);
        assertThat(document()).contains("/api/v1/zones:");

        unregister(one);
        assertThat(document()).contains("/api/v1/zones:");
        unregister(other);
        assertThat(document()).doesNotContain("/api/v1/zones:");
        assertThat(contract.warnings()).isEmpty();
    }

    @Test
    void resourcesOfOtherApplicationsBringNothing() throws IOException {
        register(bundle("zones", "1.0.0", "/api/v1/zones"), "(osgi.jakartars.name=another)", 1, 0);
        register(bundle("odd", "1.0.0", "/api/v1/odd"), "no filter", 2, 0);

        assertThat(document()).doesNotContain("/api/v1/zones:", "/api/v1/odd:");
        assertThat(contract.warnings()).isEmpty();
    }

    @Test
    void aResourceMaySelectSeveralApplications() throws IOException {
        register(
                bundle("zones", "1.0.0", "/api/v1/zones"),
                new String[] {"(osgi.jakartars.name=another)", "(osgi.jakartars.name=s*)"},
                1,
                0);

        assertThat(document()).contains("/api/v1/zones:");
    }

    @Test
    void aBundleWithoutAPartIsNoReasonToWarn() throws IOException {
        register(bundle("zones", "1.0.0", ""), OURS, 1, 0);

        assertThat(contract.warnings()).isEmpty();
    }

    /** While an upgrade is under way, both versions are there. */
    @Test
    void ofTwoVersionsThatCountsWhichIsServed() throws IOException {
        ServiceReference<?> before = register(bundle("zones", "1.0.0", "/api/v1/zones"), OURS, 1, 0);
        register(bundle("zones", "2.0.0", "/api/v2/zones"), OURS, 2, 0);
        assertThat(document()).contains("/api/v1/zones:").doesNotContain("/api/v2/zones:");

        unregister(before);
        assertThat(document()).contains("/api/v2/zones:").doesNotContain("/api/v1/zones:");
        assertThat(contract.warnings()).isEmpty();
    }

    @Test
    void ofTwoBundlesThatClashTheOneOfHigherRankingIsTaken() throws IOException {
        register(bundle("zones", "1.0.0", "/api/v1/zones/{zone}"), OURS, 1, 0);
        register(bundle("others", "1.0.0", "/api/v1/zones/{name}"), OURS, 2, 10);

        assertThat(document()).contains("/api/v1/zones/{name}:").doesNotContain("/api/v1/zones/{zone}:");
        assertThat(contract.warnings()).singleElement().asString().contains("zones 1.0.0");
    }
}
