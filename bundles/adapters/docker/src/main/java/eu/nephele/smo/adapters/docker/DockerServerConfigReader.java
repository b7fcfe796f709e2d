// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import eu.nephele.smo.adapters.docker.engine.DirectTransport;
import eu.nephele.smo.adapters.docker.engine.EngineCertificates;
import eu.nephele.smo.adapters.docker.engine.EngineFailures;
import eu.nephele.smo.adapters.docker.engine.EngineTransport;
import eu.nephele.smo.adapters.docker.server.ServerSettings;
import eu.nephele.smo.adapters.docker.server.ServerSettings.RegistryAccount;
import eu.nephele.smo.adapters.docker.ssh.SshTarget;
import eu.nephele.smo.adapters.docker.ssh.SshTransport;
import eu.nephele.smo.api.model.ClusterId;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the configuration of one server; messages name the key, its value and the rule. */
record DockerServerConfigReader(DockerServerConfig config, String pid) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:]+\\]");
    private static final String ROLE = "smo.nephele.eu/role";

    static DockerServerConfigReader from(DockerServerConfig config, Map<String, Object> properties) {
        return new DockerServerConfigReader(config, String.valueOf(properties.get("service.pid")));
    }

    /** @throws IllegalArgumentException if a value is invalid */
    ServerAccess access() {
        return new ServerAccess(settings(), transport(), Duration.ofMillis(config.timeoutMillis()));
    }

    /** @throws IllegalArgumentException if a value is invalid */
    ServerSettings settings() {
        String name = name();
        require(NAME.matcher(name).matches(), "name", name, "lower-case letters, digits, '-' and '.'");
        require(isHost(config.host()), "host", config.host(), "a name or an address");
        require(
                config.role().equals("worker") || config.role().equals("control"),
                "role",
                config.role(),
                "'worker' or 'control'");
        require(config.maxContainers() >= 1, "maxContainers", "" + config.maxContainers(), "1 or more");
        require(config.lookMillis() >= 100, "lookMillis", "" + config.lookMillis(), "100 or more");
        require(config.unreachableSeconds() >= 1, "unreachableSeconds", "" + config.unreachableSeconds(), "1 or more");
        require(config.pullSeconds() >= 1, "pullSeconds", "" + config.pullSeconds(), "1 or more");
        Map<String, String> labels = new HashMap<>(pairs("labels", config.labels()));
        labels.putIfAbsent(ROLE, config.role());
        for (String path : config.hostPaths()) {
            require(path.startsWith("/") && !path.contains("/.."), "hostPaths", path, "absolute folders");
        }
        for (String reference : config.secrets()) {
            int star = reference.indexOf('*');
            require(
                    !reference.isBlank() && (star < 0 || star == reference.length() - 1),
                    "secrets",
                    "'" + reference + "'",
                    "references like env:TOKEN, with a '*' at the end only");
        }
        return new ServerSettings(
                new ClusterId(EngineFailures.SYSTEM, name),
                config.host(),
                config.network(),
                config.maxContainers(),
                labels,
                config.region(),
                List.of(config.hostPaths()),
                registries(),
                List.of(config.secrets()),
                Duration.ofMillis(config.lookMillis()),
                Duration.ofSeconds(config.unreachableSeconds()),
                Duration.ofSeconds(config.pullSeconds()));
    }

    /** @throws IllegalArgumentException if the address is invalid */
    EngineTransport transport() {
        require(
                config.connectTimeoutMillis() >= 1,
                "connectTimeoutMillis",
                "" + config.connectTimeoutMillis(),
                "1 or more");
        require(config.timeoutMillis() >= 1, "timeoutMillis", "" + config.timeoutMillis(), "1 or more");
        if (config.endpoint().startsWith("ssh://")) {
            return ssh();
        }
        Optional<EngineCertificates> certificates = Optional.of(config.certificates())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> new EngineCertificates(Path.of(folder)));
        try {
            return new DirectTransport(
                    new URI(config.endpoint()), certificates, Duration.ofMillis(config.connectTimeoutMillis()));
        } catch (URISyntaxException invalid) {
            throw new IllegalArgumentException(
                    "endpoint is %s, expected unix:///PATH, ssh://USER@HOST:PORT or tcp://HOST:PORT"
                            .formatted(config.endpoint()),
                    invalid);
        }
    }

    /** Addresses for probes are made of it: an underscore, for example, is in no host of one. */
    private static boolean isHost(String host) {
        try {
            return HOST.matcher(host).matches() && new URI("http://" + host + ":1/").getHost() != null;
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private String name() {
        return config.name().isEmpty() ? pid.replaceFirst("^[^~]*~?", "") : config.name();
    }

    private EngineTransport ssh() {
        require(!config.sshKeyFile().isBlank(), "sshKeyFile", "empty", "the private key for " + config.endpoint());
        Path key = Path.of(config.sshKeyFile());
        Path knownHosts = config.sshKnownHostsFile().isBlank()
                ? key.resolveSibling("known_hosts")
                : Path.of(config.sshKnownHostsFile());
        return new SshTransport(
                SshTarget.parse(config.endpoint(), key, knownHosts),
                new EngineFailures(name()).system(),
                Duration.ofMillis(config.connectTimeoutMillis()));
    }

    private Map<String, RegistryAccount> registries() {
        Map<String, RegistryAccount> accounts = new HashMap<>();
        pairs("registries", config.registries()).forEach((registry, login) -> {
            int colon = login.indexOf(':');
            require(colon > 0 && login.indexOf(':', colon + 1) > 0, "registries", registry, "REGISTRY=USER:REFERENCE");
            accounts.put(registry, new RegistryAccount(login.substring(0, colon), login.substring(colon + 1)));
        });
        return accounts;
    }

    private static Map<String, String> pairs(String key, String... items) {
        Map<String, String> pairs = new HashMap<>();
        for (String item : items) {
            int equals = item.indexOf('=');
            require(equals > 0, key, "an item without '='", "NAME=VALUE");
            pairs.put(
                    item.substring(0, equals).strip(),
                    item.substring(equals + 1).strip());
        }
        return pairs;
    }

    private static void require(boolean holds, String key, String value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("%s is %s, expected %s".formatted(key, value, rule));
        }
    }
}
