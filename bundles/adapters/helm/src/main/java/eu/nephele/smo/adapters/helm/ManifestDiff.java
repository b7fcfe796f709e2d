// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compares the objects of releases one by one. Hooks are not part of a release. */
final class ManifestDiff {

    private static final Pattern BETWEEN = Pattern.compile("(?m)^---(\\s.*)?$");
    private static final String HOOK = "helm.sh/hook";

    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final HelmJson json;

    ManifestDiff(HelmJson json) {
        this.json = json;
    }

    /** @throws AdapterException {@code REFUSED} if one of them is not YAML */
    void compare(String present, String wanted, ObjectDiff into) {
        Map<String, JsonValue> before = objects(present);
        Map<String, JsonValue> after = objects(wanted);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.forEach(
                name -> into.add(name, Optional.ofNullable(before.get(name)), Optional.ofNullable(after.get(name))));
    }

    private Map<String, JsonValue> objects(String text) {
        Map<String, JsonValue> objects = new TreeMap<>();
        for (String document : BETWEEN.split(text, -1)) {
            boolean empty = document.lines()
                    .allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
            if (!empty) {
                JsonObject object = read(document);
                JsonObject metadata =
                        object.get("metadata").flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
                if (!isHook(metadata)) {
                    objects.put(text(object, "kind") + "/" + text(metadata, "name"), object);
                }
            }
        }
        return objects;
    }

    private JsonObject read(String document) {
        try {
            return json.object(yaml.convertToJson(document));
        } catch (IOException | RuntimeException unreadable) {
            throw new AdapterException(
                    Kind.REFUSED,
                    HelmErrors.SYSTEM,
                    "An object of a release is not YAML: " + HelmErrors.words(String.valueOf(unreadable.getMessage())),
                    unreadable);
        }
    }

    private static boolean isHook(JsonObject metadata) {
        return metadata.get("annotations")
                .flatMap(JsonValue::asObject)
                .flatMap(annotations -> annotations.get(HOOK))
                .isPresent();
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).flatMap(JsonValue::asString).orElse("?");
    }
}
