// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of a row that a statement of our own has read, from left to right. */
public final class RowReader {

    private static final JsonColumn JSON = new JsonColumn();
    private static final InstantColumn INSTANT = new InstantColumn();

    private final @Nullable Object[] values;
    private int next;

    public RowReader(@Nullable Object... values) {
        this.values = values;
    }

    private @Nullable Object take() {
        return values[next++];
    }

    private Object taken() {
        Object value = take();
        if (value == null) {
            throw new IllegalStateException("A stored row is damaged: column %d is empty".formatted(next));
        }
        return value;
    }

    public String text() {
        return JsonColumn.text(taken());
    }

    /** A text that is empty for none. */
    Optional<String> optionalText() {
        return Optional.of(text()).filter(text -> !text.isEmpty());
    }

    /** None where an outer join has found no row. */
    Optional<String> textOrNone() {
        return Optional.ofNullable(take()).map(JsonColumn::text);
    }

    public long number() {
        return ((Number) taken()).longValue();
    }

    /** Zero where an outer join has found no row. */
    long numberOrZero() {
        return take() instanceof Number number ? number.longValue() : 0;
    }

    boolean flag() {
        return (Boolean) taken();
    }

    public Instant instant() {
        return INSTANT.convertToEntityAttribute(taken());
    }

    Optional<Instant> optionalInstant() {
        return Optional.ofNullable(take()).map(INSTANT::convertToEntityAttribute);
    }

    public JsonObject object() {
        return JsonFieldReader.from(json()).object();
    }

    JsonValue json() {
        return JSON.convertToEntityAttribute(taken());
    }

    /** None where an outer join has found no row. */
    Optional<JsonValue> jsonOrNone() {
        return Optional.ofNullable(take()).map(JSON::convertToEntityAttribute);
    }

    public GraphId graph() {
        String project = text();
        return new GraphId(project, text());
    }

    ResourceRef resource() {
        String kind = text();
        String project = text();
        return new ResourceRef(kind, project, text());
    }

    /** A resource whose name is empty for none. */
    Optional<ResourceRef> optionalResource() {
        String kind = text();
        String project = text();
        String name = text();
        return name.isEmpty() ? Optional.empty() : Optional.of(new ResourceRef(kind, project, name));
    }

    ClusterId cluster() {
        String source = text();
        return new ClusterId(source, text());
    }
}
