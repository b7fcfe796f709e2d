// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.backup;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.pools.containers.check.FileFindings;
import eu.nephele.smo.pools.containers.file.TextOrSecret;
import eu.nephele.smo.pools.containers.file.TextOrSecret.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The document of a file without secrets in clear: an entry of an environment becomes the reference of its own name, another value
 * is left out.
 */
final class SecretFreeDocument {

    private static final Pattern ENVIRONMENT = Pattern.compile("/services/[^/]+/environment");
    /** A password may have a slash; possessive, so that long values take no time. */
    private static final Pattern LOGIN_IN_ADDRESS = Pattern.compile("://[^@\\s:]*+:[^@\\s]++@");

    private static final String ADMIN_PASSWORD = "/monitoring/grafana/admin_password";

    /** Bounded by the document, which is. */
    private final List<String> leftOut = new ArrayList<>();

    private final JsonObject document;

    SecretFreeDocument(JsonObject whole) {
        this.document = object("", whole);
    }

    JsonObject document() {
        return document;
    }

    /** JSON pointers of the values that were in clear. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    private JsonObject object(String place, JsonObject object) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        boolean environment = ENVIRONMENT.matcher(place).matches();
        object.members().forEach((name, value) -> {
            String pointer = place + "/" + name.replace("~", "~0").replace("/", "~1");
            (environment ? variable(pointer, name, value) : member(pointer, name, value))
                    .ifPresent(kept -> members.put(name, kept));
        });
        return new JsonObject(members);
    }

    private Optional<JsonValue> member(String pointer, String name, JsonValue value) {
        if (pointer.equals(ADMIN_PASSWORD)) {
            return isClear(name, text(value)) ? reference(pointer, "GRAFANA_PASSWORD") : Optional.of(value);
        }
        if (value instanceof JsonObject object) {
            return Optional.of(object(pointer, object));
        }
        if (value instanceof JsonArray array) {
            return Optional.of(array(pointer, array));
        }
        if (!FileFindings.isFileOfKey(pointer) && isClear(name, text(value))) {
            leftOut.add(pointer);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private JsonArray array(String place, JsonArray array) {
        List<JsonValue> items = new ArrayList<>();
        boolean environment = ENVIRONMENT.matcher(place).matches();
        for (int i = 0; i < array.items().size(); i++) {
            JsonValue item = array.items().get(i);
            String pointer = place + "/" + i;
            (environment ? entry(pointer, item) : member(pointer, "", item)).ifPresent(items::add);
        }
        return new JsonArray(items);
    }

    private Optional<JsonValue> variable(String pointer, String name, JsonValue value) {
        return isClear(name, text(value)) ? reference(pointer, name) : Optional.of(value);
    }

    private Optional<JsonValue> entry(String pointer, JsonValue item) {
        String text = text(item);
        int equal = text.indexOf('=');
        if (equal < 0 || !isClear(text.substring(0, equal), text.substring(equal + 1))) {
            return Optional.of(item);
        }
        String name = text.substring(0, equal);
        return reference(pointer, name).map(reference -> new JsonString(name + "=" + text(reference)));
    }

    private Optional<JsonValue> reference(String pointer, String name) {
        leftOut.add(pointer);
        return Optional.of(name)
                .filter(known -> TextOrSecret.NAME.matcher(known).matches())
                .map(known -> new JsonString("${" + known + "}"));
    }

    private static boolean isClear(String name, String value) {
        return (FileFindings.saysSecret(name) || LOGIN_IN_ADDRESS.matcher(value).find())
                && TextOrSecret.parse(value)
                        .filter(parsed -> parsed instanceof PlainText plain
                                && !plain.text().isEmpty())
                        .isPresent();
    }

    private static String text(JsonValue value) {
        return value instanceof JsonNull ? "" : value.asString().orElseGet(value::toJson);
    }
}
