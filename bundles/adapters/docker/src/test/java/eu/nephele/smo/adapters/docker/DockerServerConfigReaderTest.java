// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.docker.engine.DirectTransport;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.Variable;
import eu.nephele.smo.adapters.docker.server.ServerSettings;
import eu.nephele.smo.adapters.docker.server.ServerSettings.RegistryAccount;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration of a server: defaults, and what is refused. */
class DockerServerConfigReaderTest {

    private static DockerServerConfigReader reader(Map<String, Object> values) {
        DockerServerConfig config = (DockerServerConfig) Proxy.newProxyInstance(
                DockerServerConfig.class.getClassLoader(),
                new Class<?>[] {DockerServerConfig.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
        return new DockerServerConfigReader(config, "eu.nephele.smo.adapters.docker~alpha");
    }

    @Test
    void theNameIsThatOfTheFile() {
        var settings = reader(Map.of(
                        "registries", new String[] {"host:5000=me:env:SECRET"},
                        "labels", new String[] {"disk=ssd"},
                        "hostPaths", new String[] {"/srv"}))
                .settings();
        assertThat(settings.id()).hasToString("docker/alpha");
        assertThat(settings.registries()).isEqualTo(Map.of("host:5000", new RegistryAccount("me", "env:SECRET")));
        assertThat(settings.labels()).containsEntry("disk", "ssd").containsEntry("smo.nephele.eu/role", "worker");
        assertThat(settings.maxContainers()).isEqualTo(12);
    }

    @Test
    void noSecretIsForContainersUnlessItIsNamed() {
        assertThat(reader(Map.of()).settings().refusesSecret("X", new Variable("env:A", true)))
                .isPresent();
        ServerSettings settings = reader(Map.of("secrets", new String[] {"env:A", "file:/run/web/*"}))
                .settings();
        assertThat(List.of("env:A", "file:/run/web/a", "file:/run/web/a/b"))
                .allSatisfy(each -> assertThat(settings.refusesSecret("X", new Variable(each, true)))
                        .isEmpty());
        assertThat(List.of(
                        "env:AB",
                        "env:",
                        "file:/run/webs",
                        "file:/run/web/../smo",
                        "file:/run/web/%2e%2e/smo",
                        "file:/run/web/..\\smo",
                        " file:/run/web/a"))
                .allSatisfy(each -> assertThat(settings.refusesSecret("X", new Variable(each, true)))
                        .isPresent());
        assertThat(settings.refusesSecret("X", new Variable("file:/etc/shadow", false)))
                .isEmpty();
        for (String wrong : new String[] {"", "*:A", "env:*A"}) {
            assertThatThrownBy(() ->
                            reader(Map.of("secrets", new String[] {wrong})).settings())
                    .hasMessageContaining("secrets is '" + wrong + "'");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "name, Alpha, name is Alpha",
        "host, a b, host is a b",
        "host, a_b, host is a_b",
        "host, [:], host is [:]",
        "role, king, role is king",
        "endpoint, http://x, endpoint is http://x",
        "endpoint, tcp://server:2375, expected certificates",
        "endpoint, tcp://server, endpoint is tcp://server",
        "endpoint, unix://x y, endpoint is"
    })
    void aWrongValueIsNamed(String key, String value, String message) {
        DockerServerConfigReader reader = reader(Map.of(key, value));
        assertThatThrownBy(() -> {
                    reader.settings();
                    reader.transport();
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** What is equal stays connected. */
    @Test
    void theSameConfigurationIsTheSameServer() {
        Map<String, Object> bySsh = Map.of("endpoint", "ssh://me@edge-1:22", "sshKeyFile", "/etc/key");
        Map<String, Object> byTls = Map.of("endpoint", "tcp://edge-1:2376", "certificates", "/etc/tls");
        assertThat(reader(bySsh).access())
                .isEqualTo(reader(bySsh).access())
                .hasSameHashCodeAs(reader(bySsh).access());
        assertThat(reader(byTls).access()).isEqualTo(reader(byTls).access());
        Map<String, Object> others = Map.of(
                "endpoint",
                "ssh://you@edge-1:22",
                "sshKeyFile",
                "/etc/other",
                "sshKnownHostsFile",
                "/etc/hosts",
                "connectTimeoutMillis",
                1,
                "timeoutMillis",
                1,
                "maxContainers",
                1);
        others.forEach((key, value) -> {
            Map<String, Object> changed = new HashMap<>(bySsh);
            changed.put(key, value);
            assertThat(reader(changed).access())
                    .as(key)
                    .isNotEqualTo(reader(bySsh).access());
        });
        assertThat(reader(Map.of("endpoint", "tcp://edge-1:2376", "certificates", "/etc/other"))
                        .access())
                .isNotEqualTo(reader(byTls).access());
    }

    @Test
    void loopbackNeedsNoCertificates() {
        for (String host : new String[] {"localhost", "127.0.0.1", "127.1.2.3"}) {
            assertThat(new DirectTransport(URI.create("tcp://" + host + ":1"), Optional.empty(), Duration.ofSeconds(1)))
                    .isNotNull();
        }
        assertThatThrownBy(() -> new DirectTransport(
                        URI.create("tcp://127.0.0.1.example:1"), Optional.empty(), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
