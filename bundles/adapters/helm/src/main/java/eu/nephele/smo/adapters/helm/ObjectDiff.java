// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.model.ForeignRelease.Difference;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Differences member by member; the first hundred. A possible secret is only reported as different. */
final class ObjectDiff {

    private static final int MOST = 100;
    private static final JsonValue HIDDEN = new JsonString("(not shown)");
    private static final Pattern SECRET = Pattern.compile(
            "pass(word|wd|phrase)|secret|token|credential|api-?key|private-?key", Pattern.CASE_INSENSITIVE);

    private final List<Difference> first = new ArrayList<>();
    private int omitted;

    List<Difference> first() {
        return first;
    }

    int omitted() {
        return omitted;
    }

    /** @param subject the compared object; the content of a {@code Secret/…} is not shown */
    void add(String subject, Optional<JsonValue> present, Optional<JsonValue> wanted) {
        compare(subject, "", present, wanted, subject.startsWith("Secret/"));
    }

    private void compare(
            String subject, String pointer, Optional<JsonValue> present, Optional<JsonValue> wanted, boolean hidden) {
        Optional<JsonObject> left = present.flatMap(JsonValue::asObject);
        Optional<JsonObject> right = wanted.flatMap(JsonValue::asObject);
        if (left.isEmpty() || right.isEmpty()) {
            if (!present.map(JsonValue::canonical).equals(wanted.map(JsonValue::canonical))) {
                log(new Difference(subject, pointer, shown(present, hidden), shown(wanted, hidden)));
            }
            return;
        }
        Set<String> names = new TreeSet<>(left.get().members().keySet());
        names.addAll(right.get().members().keySet());
        for (String name : names) {
            compare(
                    subject,
                    pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                    left.get().get(name),
                    right.get().get(name),
                    hidden || SECRET.matcher(name).find());
        }
    }

    private void log(Difference difference) {
        if (first.size() < MOST) {
            first.add(difference);
        } else {
            omitted++;
        }
    }

    private static Optional<JsonValue> shown(Optional<JsonValue> value, boolean hidden) {
        return hidden ? value.map(any -> HIDDEN) : value;
    }
}
