// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Registered services, and remains after the end. */
class PrometheusAdapterTest {

    private static final Map<String, Object> URL = Map.of("url", "http://127.0.0.1:9090", "service_ranking", 7);

    private final Map<String, Dictionary<?, ?>> services = new HashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    @Test
    void metricsAreThereAlwaysAndRulesWhereTheyCanBeWritten(@TempDir Path folder) {
        PrometheusAdapter none = adapter(URL);
        assertThat(services).containsOnlyKeys(MetricsSource.class.getName());
        none.end();
        PrometheusAdapter files = adapter(with(Map.of("rules", "files", "rulesFolder", folder.toString())));
        assertThat(services).containsOnlyKeys(MetricsSource.class.getName(), AlertRules.class.getName());
        assertThat(property(MetricsSource.class, AdapterException.SYSTEM)).isEqualTo("prometheus");
        assertThat(property(AlertRules.class, AdapterException.SYSTEM)).isEqualTo("prometheus");
        assertThat(property(MetricsSource.class, "service.ranking")).isEqualTo(7);
        files.end();
        PrometheusAdapter objects = adapter(with(Map.of("rules", "objects", "kubeconfig", "file:k")));
        assertThat(property(AlertRules.class, AdapterException.SYSTEM)).isEqualTo("prometheus-rules");
        objects.end();
        assertThat(services).isEmpty();
        assertThat(open).hasValue(0);
    }

    @Test
    void aWrongConfigurationLeavesNothingOpen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adapter(with(Map.of("rules", "both"))))
                .withMessageContaining("rules")
                .withMessageContaining("both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adapter(with(Map.of("rules", "objects"))))
                .withMessageContaining("kubeconfig");
        assertThat(services).isEmpty();
        assertThat(open).hasValue(0);
    }

    private Object property(Class<?> type, String key) {
        return services.get(type.getName()).get(key);
    }

    private static Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(URL);
        all.putAll(more);
        return all;
    }

    private PrometheusAdapter adapter(Map<String, ?> values) {
        return new PrometheusAdapter(context(), settings -> counted(), Configurations.of(values));
    }

    private HttpSystem counted() {
        open.incrementAndGet();
        return new HttpSystem() {
            @Override
            public HttpAnswer send(HttpCall call) {
                throw new AssertionError("Nothing is sent when an adapter starts");
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                PrometheusAdapterTest.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (p, method, a) -> {
                    String name = ((Class<?>) a[0]).getName();
                    services.put(name, (Dictionary<?, ?>) a[2]);
                    return Proxy.newProxyInstance(
                            PrometheusAdapterTest.class.getClassLoader(),
                            new Class<?>[] {ServiceRegistration.class},
                            (registration, call, arguments) -> {
                                services.remove(name);
                                return null;
                            });
                });
    }
}
