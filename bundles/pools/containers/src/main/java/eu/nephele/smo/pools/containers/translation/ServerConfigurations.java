// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import eu.nephele.smo.pools.containers.file.ServerEntry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Servers as clusters: each one is an instance of the adapter for container engines. */
public final class ServerConfigurations {

    /** Factory PID; an instance has the name of its server behind a tilde. */
    public static final String FACTORY_PID = "eu.nephele.smo.adapters.docker";

    private ServerConfigurations() {}

    /** The PID of the instance for a server. */
    public static String pid(ServerEntry server) {
        return FACTORY_PID + "~" + server.name();
    }

    /** The properties of that instance. */
    public static Map<String, Object> properties(ServerEntry server) {
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", server.name());
        properties.put("host", server.host());
        properties.put(
                "endpoint",
                "ssh://%s@%s:%d".formatted(server.ssh().user(), host, server.ssh().port()));
        properties.put("sshKeyFile", server.ssh().keyPath());
        properties.put("maxContainers", server.maxContainers());
        return Collections.unmodifiableMap(properties);
    }
}
