// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations that are installed and removed with a plugin. Configurations by an operator stay unchanged. */
final class PluginConfigurations {

    /** Marks a configuration as brought by a plugin. */
    private static final String OWNER = "smo.plugin";

    private PluginConfigurations() {}

    static void apply(ConfigurationAdmin admin, PluginFile file) throws IOException {
        for (Map.Entry<String, JsonObject> entry : file.configurations().entrySet()) {
            String[] pid = entry.getKey().split("~", 2);
            Configuration configuration = pid.length == 2
                    ? admin.getFactoryConfiguration(pid[0], pid[1], "?")
                    : admin.getConfiguration(pid[0], "?");
            Dictionary<String, Object> present = configuration.getProperties();
            if (present == null || present.get(OWNER) != null) {
                configuration.update(properties(entry.getValue(), owner(file)));
            }
        }
    }

    /** @param staying PIDs that its successor of the same version has as well */
    static void remove(ConfigurationAdmin admin, PluginFile file, Set<String> staying) throws IOException {
        try {
            Configuration[] owned = admin.listConfigurations("(%s=%s)".formatted(OWNER, owner(file)));
            if (owned != null) {
                for (Configuration configuration : owned) {
                    if (!staying.contains(configuration.getPid())) {
                        configuration.delete();
                    }
                }
            }
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException("Names of plugins need no escaping", impossible);
        }
    }

    private static String owner(PluginFile file) {
        return file.id() + "@" + file.version();
    }

    private static Dictionary<String, Object> properties(JsonObject values, String owner) {
        Map<String, Object> properties = new LinkedHashMap<>();
        values.members().forEach((name, value) -> properties.put(name, plain(value)));
        properties.put(OWNER, owner);
        return FrameworkUtil.asDictionary(properties);
    }

    private static Object plain(JsonValue value) {
        if (value instanceof JsonBoolean bool) {
            return bool.value();
        } else if (value instanceof JsonNumber number) {
            BigDecimal exact = number.value().stripTrailingZeros();
            return exact.scale() <= 0 ? (Object) exact.longValue() : (Object) exact.doubleValue();
        } else if (value instanceof JsonArray array) {
            return array.items().stream()
                    .map(item -> item.asString().orElseGet(item::toJson))
                    .toArray(String[]::new);
        }
        return value.asString().orElseGet(value::toJson);
    }
}
