// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations of tests, by PID. */
final class PlayedConfigurations {

    final Map<String, Map<String, Object>> present = new TreeMap<>();
    int writes;

    ConfigurationAdmin service() {
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                ConfigurationAdmin.class.getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getFactoryConfiguration" -> configuration(given[0] + "~" + given[1]);
                    case "listConfigurations" -> {
                        List<String> pids = List.copyOf(present.keySet());
                        // none is told as null
                        yield pids.isEmpty()
                                ? null
                                : pids.stream().map(this::configuration).toArray(Configuration[]::new);
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Configuration configuration(String pid) {
        return (Configuration) Proxy.newProxyInstance(
                Configuration.class.getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getPid" -> pid;
                    case "getProperties" ->
                        Optional.ofNullable(present.get(pid))
                                .map(FrameworkUtil::asDictionary)
                                .orElse(null);
                    case "updateIfDifferent" -> update(pid, (Dictionary<?, ?>) given[0]);
                    case "delete" -> present.remove(pid);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private boolean update(String pid, Dictionary<?, ?> given) {
        Map<String, Object> properties = new TreeMap<>();
        given.keys().asIterator().forEachRemaining(key -> properties.put((String) key, given.get(key)));
        boolean differs = !properties.equals(present.put(pid, properties));
        writes += differs ? 1 : 0;
        return differs;
    }
}
