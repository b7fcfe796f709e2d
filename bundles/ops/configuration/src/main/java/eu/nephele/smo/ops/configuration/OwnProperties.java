// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** Properties as written by their author: without those that the framework and the file watcher have added. */
final class OwnProperties {

    /** Marks a configuration that was installed with a plugin and is removed with it. */
    static final String OF_PLUGIN = "smo.plugin";

    /** By ConfigurationAdmin and the file watcher; others, such as service.ranking, are ordinary properties. */
    private static final Set<String> ADDED = Set.of(
            Constants.SERVICE_PID,
            ConfigurationAdmin.SERVICE_FACTORYPID,
            ConfigurationAdmin.SERVICE_BUNDLELOCATION,
            UnreadConfigurationCheck.FILE);

    private OwnProperties() {}

    static Map<String, Object> select(Dictionary<String, Object> properties) {
        return select(FrameworkUtil.asMap(properties));
    }

    static Map<String, Object> select(Map<String, Object> properties) {
        Map<String, Object> own = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (isOwn(name)) {
                own.put(name, value);
            }
        });
        return own;
    }

    /** Names that begin with a colon belong to the configurator. */
    static boolean isOwn(String name) {
        return !name.startsWith(":") && !ADDED.contains(name);
    }

    /** Values for a comparison: readers of a configuration treat a text as a list of one, and a number as its text. */
    static Map<String, List<String>> texts(Map<String, Object> properties) {
        Map<String, List<String>> texts = new TreeMap<>();
        properties.forEach((name, value) -> texts.put(name, texts(value)));
        return texts;
    }

    private static List<String> texts(Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().map(String::valueOf).toList();
        }
        if (!value.getClass().isArray()) {
            return List.of(String.valueOf(value));
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            texts.add(String.valueOf(Array.get(value, i)));
        }
        return List.copyOf(texts);
    }
}
