// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.translation.ServerConfigurations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Hashtable;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The servers of pools as configurations of the adapter for container engines: one each, whose name begins with that of its pool. */
final class PoolServers {

    private final ConfigurationAdmin configurations;

    PoolServers(ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    /** Makes the servers of the pool exactly these. */
    void ensure(ResourceRef pool, Collection<ServerEntry> servers) {
        try {
            Set<String> wanted =
                    servers.stream().map(server -> instance(pool, server)).collect(Collectors.toSet());
            for (ServerEntry server : servers) {
                configurations
                        .getFactoryConfiguration(ServerConfigurations.FACTORY_PID, instance(pool, server), "?")
                        .updateIfDifferent(new Hashtable<>(ServerConfigurations.properties(server)));
            }
            for (Configuration present : present().toList()) {
                Optional<String> name = instance(present).filter(own -> own.startsWith(prefix(pool)));
                if (name.isPresent() && !wanted.contains(name.get())) {
                    present.delete();
                }
            }
        } catch (IOException notKept) {
            throw new UncheckedIOException("The configurations of the servers cannot be kept", notKept);
        }
    }

    private Stream<Configuration> present() throws IOException {
        try {
            return Arrays.stream(Optional.ofNullable(configurations.listConfigurations(
                            "(service.factoryPid=%s)".formatted(ServerConfigurations.FACTORY_PID)))
                    .orElse(new Configuration[0]));
        } catch (InvalidSyntaxException wrong) {
            throw new IllegalStateException("The filter has no variable part", wrong);
        }
    }

    private static Optional<String> instance(Configuration present) {
        String pid = present.getPid();
        int tilde = pid.indexOf('~');
        return tilde < 0 ? Optional.empty() : Optional.of(pid.substring(tilde + 1));
    }

    private static String instance(ResourceRef pool, ServerEntry server) {
        return prefix(pool) + server.name();
    }

    /** Names of projects, pools and servers have no dots. */
    private static String prefix(ResourceRef pool) {
        return "%s.%s.".formatted(pool.project(), pool.name());
    }

}
