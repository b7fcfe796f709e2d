// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.ContainerInventory;
import eu.nephele.smo.api.port.EngineSummary;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** What a change of the configuration of a server does to its connection. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConfiguredServerTest {

    private static final String MARK = "felix.fileinstall.filename";

    private final Map<Object, Object> published = new HashMap<>();
    private final Map<String, Object> properties = new HashMap<>();
    private PlayedDocker engine;
    private DockerAdapter adapter;
    private ConfiguredServer server;

    @BeforeEach
    void begin() throws IOException {
        engine = new PlayedDocker();
        adapter = new DockerAdapter(context(), config(DockerStatisticsConfig.class));
        properties.put("endpoint", engine.address().toString());
        properties.put("service.pid", "eu.nephele.smo.adapters.docker~default.edge-1");
        properties.put("name", "edge-1");
        server = new ConfiguredServer(config(DockerServerConfig.class), properties);
        adapter.bindServer(server);
        adapter.publish();
        Await.until("listed", () -> engines().get(0).failure().isEmpty());
        // nothing that is connected anew is listed
        engine.hang();
    }

    @AfterEach
    void end() {
        engine.goOn();
        adapter.end();
        engine.close();
    }

    /** As the container of components does it. */
    private void change(String key, Object value) {
        properties.put(key, value);
        server.modified(config(DockerServerConfig.class), properties);
        adapter.updatedServer(server);
    }

    private List<EngineSummary> engines() {
        return ((ContainerInventory) published.get(ContainerInventory.class)).engines();
    }

    @Test
    void theMarkOfTheWatcherOfFilesLeavesAServerConnected() {
        change(MARK, "file:/data/etc/x.config");
        change("pool", "default");
        assertThat(engines()).singleElement().satisfies(same -> assertThat(same.failure())
                .isEmpty());
    }

    @Test
    void aServerThatIsAnotherOneIsConnectedAnew() {
        change("maxContainers", 3);
        assertThat(engines()).singleElement().satisfies(another -> {
            assertThat(another.failure()).hasValue("it was not listed yet");
            assertThat(another.maxContainers()).isEqualTo(3);
        });
    }

    @Test
    void anInvalidConfigurationIsNoServerUntilItIsValid() {
        change("maxContainers", 0);
        assertThat(engines()).isEmpty();
        change("maxContainers", 3);
        assertThat(engines()).hasSize(1);
    }

    @Test
    void oneThatIsInvalidFromTheStartComesWhenItIsCorrected() {
        adapter.unbindServer(server);
        properties.put("host", "a_b");
        server = new ConfiguredServer(config(DockerServerConfig.class), properties);
        adapter.bindServer(server);
        assertThat(engines()).isEmpty();
        change("host", "127.0.0.1");
        assertThat(engines()).hasSize(1);
    }

    @Test
    void whoeverAsksForComponentsThatHaveNotStartedIsToldWhatIsWrong() {
        new ServerConfigCheck(config(DockerServerConfig.class), properties);
        properties.put("maxContainers", 0);
        assertThatThrownBy(() -> new ServerConfigCheck(config(DockerServerConfig.class), properties))
                .hasMessage("maxContainers is 0, expected 1 or more");
    }

    @Test
    void whatIsNotConfiguredAnyMoreIsNotLookedAfter() {
        adapter.unbindServer(server);
        assertThat(engines()).isEmpty();
    }

    private <T> T config(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, given) -> properties.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, given) -> {
                    if (!method.getName().equals("registerService")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    published.put(given[0], given[1]);
                    return Proxy.newProxyInstance(
                            ServiceRegistration.class.getClassLoader(),
                            new Class<?>[] {ServiceRegistration.class},
                            (registration, called, with) -> null);
                });
    }
}
