// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.resource;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resources with all of these labels, and with these values of fields, by JSON pointer. */
record ResourceSelector(
        Optional<String> project, Optional<Phase> phase, Map<String, String> labels, Map<String, String> fields) {

    /** Maximum number of labels, and of fields: each costs a lookup. */
    static final int MOST_OF_EACH = 32;

    /** Pattern of a cursor: the project, if any, and the name of the last resource of the page before. */
    private static final Pattern KEY = Pattern.compile("([^/\\x00]*)/([^/\\x00]+)");

    /** Query parameters; labels are {@code name=value}, fields {@code /pointer=value}. */
    static ResourceSelector create(
            @Nullable String project, @Nullable String phase, List<String> labels, List<String> fields) {
        Map<String, String> pointers = pairs("field", fields, "/pointer=value");
        for (String pointer : pointers.keySet()) {
            if (!pointer.startsWith("/")) {
                throw PageRequest.invalid(
                        "field is '%s=%s', expected /pointer=value".formatted(pointer, pointers.get(pointer)));
            }
        }
        return new ResourceSelector(
                QueryParameters.text(project),
                QueryParameters.text(phase).map(ResourceSelector::phaseOf),
                pairs("label", labels, "name=value"),
                pointers);
    }

    private static Phase phaseOf(String text) {
        return Arrays.stream(Phase.values())
                .filter(phase -> phase.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> PageRequest.invalid(
                        "phase is '%s', expected one of %s".formatted(text, Arrays.toString(Phase.values()))));
    }

    private static Map<String, String> pairs(String parameter, List<String> texts, String expected) {
        if (texts.size() > MOST_OF_EACH) {
            throw PageRequest.invalid(
                    "%s is given %d times, expected at most %d".formatted(parameter, texts.size(), MOST_OF_EACH));
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int end = text.indexOf('=');
            // no database keeps a NUL in a text
            if (end <= 0 || text.indexOf('\0') >= 0) {
                throw PageRequest.invalid("%s is '%s', expected %s".formatted(parameter, text, expected));
            }
            String name = text.substring(0, end);
            String before = pairs.put(name, text.substring(end + 1));
            if (before != null) {
                throw PageRequest.invalid("%s '%s' is given twice; nothing has two values".formatted(parameter, name));
            }
        }
        return pairs;
    }

    /** One more than fit on the page, to see whether another follows; {@code INVALID} with a foreign cursor. */
    ResourceQuery query(String kind, PageRequest page) {
        Optional<ResourceRef> after = page.after().map(key -> behind(kind, key));
        return new ResourceQuery(kind, project, labels, fields, phase, after, page.limit() + 1);
    }

    /** Of a page that ends with this resource. */
    static String key(Resource last) {
        return last.ref().project() + "/" + last.ref().name();
    }

    private static ResourceRef behind(String kind, String key) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            throw PageRequest.invalid(
                    "cursor was not issued by this server; take it from nextCursor of the page before");
        }
        return new ResourceRef(kind, parts.group(1), parts.group(2));
    }
}
