// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.translation.ServerConfigurations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The servers of pools as configurations of the adapter for container engines: one each, with the key of its pool. */
final class PoolServers {

    /** Property with the key of the pool that keeps a configuration. */
    private static final String POOL = "pool";

    /**
     * Property that the watcher of files gives a configuration. It stays: whoever takes it away connects the server anew, and so does the
     * watcher, which gives it back.
     */
    private static final String FILE = "felix.fileinstall.filename";

    /** With another one of these it would be another machine. */
    private static final Set<String> PLACES = Set.of("endpoint", "host");

    private final ConfigurationAdmin configurations;

    PoolServers(ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    /**
     * Makes the servers of the pool those of its file. One on which something of the pool is stays reachable, as it is, until that is
     * gone: nobody else would take it away.
     *
     * @param busy whether something of the pool is on a server, by its name
     * @return names of servers that are not as the file says yet
     */
    List<String> ensure(Resource pool, ContainersFile file, Predicate<String> busy) {
        try {
            List<String> waiting = new ArrayList<>();
            Set<String> wanted = new HashSet<>();
            for (ServerEntry server : file.servers()) {
                wanted.add(instance(pool, server));
                if (!ensure(pool, file, server, busy)) {
                    waiting.add(server.name());
                }
            }
            for (Configuration present : present().filter(isOf(pool)).toList()) {
                if (instance(present).filter(wanted::contains).isEmpty()) {
                    String name = String.valueOf(present.getProperties().get("name"));
                    if (busy.test(name)) {
                        waiting.add(name);
                    } else {
                        present.delete();
                    }
                }
            }
            return waiting;
        } catch (IOException notKept) {
            throw new UncheckedIOException("The configurations of the servers cannot be kept", notKept);
        }
    }

    private boolean ensure(Resource pool, ContainersFile file, ServerEntry server, Predicate<String> busy)
            throws IOException {
        Map<String, Object> properties = new HashMap<>(ServerConfigurations.properties(file, server));
        properties.put(POOL, key(pool));
        Configuration configuration =
                configurations.getFactoryConfiguration(ServerConfigurations.FACTORY_PID, instance(pool, server), "?");
        Optional<Dictionary<String, Object>> before = Optional.ofNullable(configuration.getProperties());
        boolean another = before.isPresent()
                && PLACES.stream()
                        .anyMatch(place -> !Objects.equals(before.get().get(place), properties.get(place)));
        if (another && busy.test(server.name())) {
            return false;
        }
        before.flatMap(known -> Optional.ofNullable(known.get(FILE))).ifPresent(mark -> properties.put(FILE, mark));
        configuration.updateIfDifferent(FrameworkUtil.asDictionary(properties));
        return true;
    }

    /** Takes the servers of the pool away. */
    void remove(Resource pool) {
        try {
            for (Configuration present : present().filter(isOf(pool)).toList()) {
                present.delete();
            }
        } catch (IOException notKept) {
            throw new UncheckedIOException("The configurations of the servers cannot be removed", notKept);
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

    private static String instance(Resource pool, ServerEntry server) {
        return "%s.%s".formatted(pool.ref().name(), server.name());
    }

    /** One that is made again under the same name does not take the servers of its forerunner for its own. */
    private static Predicate<Configuration> isOf(Resource pool) {
        return present -> key(pool).equals(present.getProperties().get(POOL));
    }

    private static String key(Resource pool) {
        return pool.key("server");
    }
}
