// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.document;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceKind.Scope;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.runtime.controller.ControllerFault;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks requested documents, and returns the fields by which their resources can be selected. */
public final class ResourceDocumentValidator {

    private static final Logger LOG = LoggerFactory.getLogger(ResourceDocumentValidator.class);

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
    private static final int MOST_LABELS = 32;
    private static final int MOST_LABEL_CHARACTERS = 63;
    private static final int MOST_FIELD_CHARACTERS = 253;
    private static final int MOST_VIOLATIONS = 50;

    private final int maxBytes;

    public ResourceDocumentValidator(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * @throws SmoException {@code INVALID} or {@code TOO_LARGE}, saying where; {@code UNAVAILABLE} when the schema of
     *     the kind cannot be used
     */
    public void check(InstalledController installed, ResourceRef ref, ResourceWish wish) {
        List<Violation> violations = new ArrayList<>(named(installed.kind(), ref));
        wish.labels().forEach((label, value) -> labelled(label, value).ifPresent(violations::add));
        if (wish.labels().size() > MOST_LABELS) {
            violations.add(new Violation(
                    "/labels",
                    "there are %d labels, at most %d are kept"
                            .formatted(wish.labels().size(), MOST_LABELS)));
        }
        int size = wish.desired().toJson().getBytes(StandardCharsets.UTF_8).length;
        if (size > maxBytes) {
            throw SmoException.tooLarge(
                    "The document of %s has %d bytes, at most %d are kept".formatted(ref, size, maxBytes));
        }
        refusable(installed, wish.desired()).stream()
                .map(violation -> new Violation("/desired" + violation.pointer(), violation.message()))
                .forEach(violations::add);
        if (!violations.isEmpty()) {
            throw SmoException.invalid("%s is not valid".formatted(ref), violations);
        }
    }

    private static List<Violation> refusable(InstalledController installed, JsonObject desired) {
        try {
            return violations(installed, desired, MOST_VIOLATIONS);
        } catch (ControllerFault unusable) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    installed.kind().name(),
                    unusable.getMessage() + ". Nothing was stored; its bundle has to be exchanged",
                    Optional.empty());
        }
    }

    /** A schema is foreign code: every failure of it is reported as that. */
    private static List<Violation> violations(InstalledController installed, JsonObject document, int limit)
            throws ControllerFault {
        try {
            return installed.checker().check(document, limit);
        } catch (RuntimeException | LinkageError | StackOverflowError unusable) {
            LOG.error("schema failed kind={} plugin=\"{}\"", installed.kind().name(), installed.origin(), unusable);
            throw new ControllerFault(
                    "SchemaFailed",
                    "The schema of kind %s, of %s, cannot check documents: %s"
                            .formatted(installed.kind().name(), installed.origin(), unusable));
        }
    }

    private static List<Violation> named(ResourceKind kind, ResourceRef ref) {
        List<Violation> violations = new ArrayList<>();
        if (!NAME.matcher(ref.name()).matches()) {
            violations.add(new Violation(
                    "/name",
                    "'%s' is no name, expected up to 63 lower-case letters, digits, . and -".formatted(ref.name())));
        }
        if (kind.scope() == Scope.SERVER && !ref.project().isEmpty()) {
            violations.add(
                    new Violation("/project", "resources of kind %s belong to no project".formatted(kind.name())));
        } else if (kind.scope() == Scope.PROJECT && !NAME.matcher(ref.project()).matches()) {
            violations.add(new Violation(
                    "/project",
                    "'%s' is no name of a project, which %s belongs to".formatted(ref.project(), kind.name())));
        }
        return violations;
    }

    private static Optional<Violation> labelled(String label, String value) {
        boolean valid = LABEL.matcher(label).matches() && value.length() <= MOST_LABEL_CHARACTERS;
        return valid
                ? Optional.empty()
                : Optional.of(new Violation(
                        JsonPointers.child("/labels", label),
                        "a label is a word of up to 63 letters, digits, ., _, / and -, its value a text of up"
                                + " to 63 characters"));
    }

    /**
     * A resource with its document converted to the present version. Calls its controller, which may take its time.
     *
     * @throws ControllerFault when the accepted document violates the present schema, or the schema cannot be used
     */
    public Resource current(Resource resource, InstalledController installed) throws ControllerFault {
        int version = installed.kind().documentVersion();
        // for a removal, its controller reads the observed state, not the document
        if (resource.leaving()) {
            return resource;
        }
        if (resource.documentVersion() == version) {
            if (!installed.fits().get()) {
                checkKept(resource, installed);
            }
            return resource;
        }
        if (resource.documentVersion() > version) {
            throw new ControllerFault(
                    "DocumentTooNew",
                    "Its document is of version %d, the controller of %s knows version %d"
                            .formatted(resource.documentVersion(), installed.origin(), version));
        }
        JsonObject upgraded = upgraded(resource, installed);
        List<Violation> violations = violations(installed, upgraded, 1);
        if (!violations.isEmpty()) {
            throw new ControllerFault(
                    "DocumentInvalid",
                    "Its document, accepted as version %d, is not valid as version %d: %s %s"
                            .formatted(
                                    resource.documentVersion(),
                                    version,
                                    violations.get(0).pointer(),
                                    violations.get(0).message()));
        }
        return resource.saying(upgraded, version);
    }

    /** The schema may have changed since it was accepted, though the version is the same. */
    void checkKept(Resource resource, InstalledController installed) throws ControllerFault {
        List<Violation> violations = violations(installed, resource.desired(), 1);
        if (!violations.isEmpty()) {
            throw new ControllerFault(
                    "DocumentInvalid",
                    "Its document, accepted with another schema of version %d, is not valid with that of %s: %s %s"
                            .formatted(
                                    resource.documentVersion(),
                                    installed.origin(),
                                    violations.get(0).pointer(),
                                    violations.get(0).message()));
        }
    }

    private static JsonObject upgraded(Resource resource, InstalledController installed) throws ControllerFault {
        try {
            return Objects.requireNonNull(
                    installed.controller().upgraded(resource.desired(), resource.documentVersion()), "the document");
        } catch (RuntimeException | LinkageError | StackOverflowError failed) {
            throw new ControllerFault(
                    "ControllerFailed",
                    "The controller of %s cannot read version %d of its documents: %s"
                            .formatted(installed.origin(), resource.documentVersion(), failed));
        }
    }

    /** Labels by their names, fields of the kind by their pointers. */
    public static Map<String, String> chosenBy(ResourceKind kind, ResourceWish wish) {
        Map<String, String> texts = new TreeMap<>(wish.labels());
        for (String field : kind.fields()) {
            at(wish.desired(), field)
                    .flatMap(ResourceDocumentValidator::text)
                    .filter(text -> text.length() <= MOST_FIELD_CHARACTERS)
                    .ifPresent(text -> texts.put(field, text));
        }
        return texts;
    }

    private static Optional<JsonValue> at(JsonValue document, String pointer) {
        Optional<JsonValue> found = Optional.of(document);
        for (String token : pointer.substring(1).split("/", -1)) {
            String name = token.replace("~1", "/").replace("~0", "~");
            found = found.flatMap(value -> value instanceof JsonArray array
                    ? item(array, name)
                    : value.asObject().flatMap(object -> object.get(name)));
        }
        return found;
    }

    private static Optional<JsonValue> item(JsonArray array, String index) {
        boolean number = index.matches("\\d{1,9}")
                && Integer.parseInt(index) < array.items().size();
        return number ? Optional.of(array.items().get(Integer.parseInt(index))) : Optional.empty();
    }

    private static Optional<String> text(JsonValue value) {
        return value.asString()
                .or(() -> value.asNumber().map(BigDecimal::stripTrailingZeros).map(BigDecimal::toPlainString))
                .or(() -> value.asBoolean().map(String::valueOf));
    }
}
