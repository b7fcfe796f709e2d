// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.TextOrSecret.SecretReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Servers as clusters: each one is an instance of the adapter for container engines. */
public final class ServerConfigurations {

    /** Factory PID; an instance has the name of its server behind a tilde. */
    public static final String FACTORY_PID = "eu.nephele.smo.adapters.docker";

    private ServerConfigurations() {}

    /**
     * The properties of the instance for a server.
     *
     * @param file whose services may mount on each server what they name
     */
    public static Map<String, Object> properties(ContainersFile file, ServerEntry server) {
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", server.name());
        properties.put("host", host);
        server.ssh().ifPresent(ssh -> {
            properties.put("endpoint", "ssh://%s@%s:%d".formatted(ssh.user(), host, ssh.port()));
            properties.put("sshKeyFile", ssh.keyPath());
        });
        server.engine().endpoint().ifPresent(endpoint -> properties.put("endpoint", endpoint));
        server.engine().network().ifPresent(network -> properties.put("network", network));
        properties.put("maxContainers", server.maxContainers());
        properties.put("role", server.control() ? "control" : "worker");
        properties.put("hostPaths", hostPaths(file));
        properties.put("secrets", secrets(file));
        return Collections.unmodifiableMap(properties);
    }

    /** Folders of servers that services mount; whoever writes the file may say so. */
    private static List<String> hostPaths(ContainersFile file) {
        return file.services().stream()
                .flatMap(service -> service.container().volumes().stream())
                .filter(volume -> volume.startsWith("/"))
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .distinct()
                .sorted()
                .toList();
    }

    /** Secrets that services are given; whoever may write the file may say so. */
    private static List<String> secrets(ContainersFile file) {
        return file.services().stream()
                .flatMap(service -> service.container().environment().values().stream())
                .filter(SecretReference.class::isInstance)
                .map(secret -> ((SecretReference) secret).reference())
                .distinct()
                .sorted()
                .toList();
    }
}
