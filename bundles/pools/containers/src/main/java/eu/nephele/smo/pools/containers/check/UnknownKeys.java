// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.pools.containers.source.SourceTree;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of services that the schema does not know: kept, with a warning. */
public final class UnknownKeys {

    private static final String PRIVATE = "x-";
    private static final Pattern OF_SERVICE = Pattern.compile("/services/[^/]+/([^/]+)");
    private static final Pattern OF_HEALTH = Pattern.compile("/services/[^/]+/health_check/([^/]+)");

    private UnknownKeys() {}

    /** Returns whether a pointer is that of a key that nobody knows, of a service or its health check. */
    public static boolean isUnknown(String pointer) {
        Matcher service = OF_SERVICE.matcher(pointer);
        Matcher health = OF_HEALTH.matcher(pointer);
        return (service.matches() && !FileSchema.SERVICE_KEYS.contains(service.group(1)))
                || (health.matches() && !FileSchema.HEALTH_KEYS.contains(health.group(1)));
    }

    /** Those of a service. */
    public static ObjectNode inService(JsonNode service) {
        ObjectNode unknown = without(service, FileSchema.SERVICE_KEYS);
        ObjectNode ofHealth = without(service.path("health_check"), FileSchema.HEALTH_KEYS);
        if (!ofHealth.isEmpty()) {
            unknown.set("health_check", ofHealth);
        }
        return unknown;
    }

    static void warn(JsonNode document, FileFindings findings) {
        document.path("services").properties().forEach(service -> {
            String place = SourceTree.member("/services", service.getKey());
            warn(service.getValue(), place, findings);
            warn(service.getValue().path("health_check"), place + "/health_check", findings);
        });
    }

    private static void warn(JsonNode object, String place, FileFindings findings) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            String pointer = SourceTree.member(place, name);
            if (isUnknown(pointer) && !name.startsWith(PRIVATE)) {
                findings.warning(pointer, "nobody knows this key; it is kept and means nothing");
            }
        }
    }

    private static ObjectNode without(JsonNode object, Set<String> known) {
        return object instanceof ObjectNode members
                ? members.deepCopy().remove(new HashSet<>(known))
                : JsonNodeFactory.instance.objectNode();
    }
}
