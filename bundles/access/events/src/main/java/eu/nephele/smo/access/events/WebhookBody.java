// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.InputLimits;
import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.event.WebhookService.Registration;
import eu.nephele.smo.core.contract.json.JsonPointers;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reports all errors of form at once; the service that delivers validates the values, with the same pointers. */
final class WebhookBody {

    private final ObjectNode body;
    private final List<Violation> violations = new ArrayList<>();

    private WebhookBody(ObjectNode body, Set<String> members) {
        this.body = body;
        Set<String> known = new TreeSet<>(members);
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                wrong(JsonPointers.child("", name), "is not known here; known are " + known);
            }
        });
    }

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with pointers, as of all methods here */
    static Registration registration(InputStream stream) {
        WebhookBody body = create(stream, "url", "types", "projects", "secret", "paused");
        Registration registration = new Registration(
                body.text("url").orElseGet(() -> {
                    body.missing("/url", "expected the http or https URL to which events are posted");
                    return "";
                }),
                body.texts("types"),
                body.texts("projects"),
                body.text("secret"),
                body.flag("paused").orElse(false));
        body.refuse();
        return registration;
    }

    static boolean paused(InputStream stream) {
        WebhookBody body = create(stream, "paused");
        Optional<Boolean> paused = body.flag("paused");
        if (paused.isEmpty()) {
            body.missing("/paused", "expected true or false");
        }
        body.refuse();
        return paused.orElse(false);
    }

    /** @return sequences of events; empty for all */
    static Set<Long> sequences(InputStream stream) {
        WebhookBody body = create(stream, "sequences");
        Set<Long> sequences = new LinkedHashSet<>();
        JsonNode items = body.array("sequences");
        if (items.size() > InputLimits.SEQUENCES) {
            throw RequestBodies.invalid(
                    "/sequences", "expected at most %d, or none for all".formatted(InputLimits.SEQUENCES));
        }
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            if (item.isIntegralNumber() && item.canConvertToLong() && item.longValue() > 0) {
                sequences.add(item.longValue());
            } else {
                body.wrong("/sequences/" + i, "expected the sequence of an event, a whole number from 1");
            }
        }
        body.refuse();
        return sequences;
    }

    private static WebhookBody create(InputStream stream, String... members) {
        return new WebhookBody(
                RequestBodies.object(stream).orElseGet(JsonNodeFactory.instance::objectNode), Set.of(members));
    }

    private Optional<String> text(String name) {
        JsonNode text = body.path(name);
        if (!text.isMissingNode() && !text.isTextual()) {
            wrong("/" + name, "expected a text");
            // Set, so that it is not reported as missing, too.
            return Optional.of("");
        }
        if (text.isTextual() && !InputLimits.fits(text.textValue())) {
            wrong("/" + name, "expected at most %d characters".formatted(InputLimits.TEXT_CHARACTERS));
        }
        return Optional.ofNullable(text.textValue());
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode items = array(name);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).isTextual()) {
                texts.add(items.get(i).textValue());
            } else {
                wrong("/%s/%d".formatted(name, i), "expected a text");
            }
        }
        return texts;
    }

    private JsonNode array(String name) {
        JsonNode items = body.path(name);
        if (!items.isMissingNode() && !items.isArray()) {
            wrong("/" + name, "expected an array");
        }
        return items.isArray() ? items : JsonNodeFactory.instance.arrayNode();
    }

    private Optional<Boolean> flag(String name) {
        JsonNode flag = body.path(name);
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            wrong("/" + name, "expected true or false");
            return Optional.of(false);
        }
        return flag.isMissingNode() ? Optional.empty() : Optional.of(flag.booleanValue());
    }

    private void missing(String pointer, String expected) {
        wrong(pointer, "is missing, " + expected);
    }

    private void wrong(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }

    private void refuse() {
        if (!violations.isEmpty()) {
            throw RequestBodies.invalid(violations);
        }
    }
}
