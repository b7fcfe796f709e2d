// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.sql.Clob;
import java.sql.SQLException;
import javax.persistence.AttributeConverter;
import javax.persistence.Converter;
import org.jspecify.annotations.Nullable;

/**
 * JSON in a column: {@code jsonb} on PostgreSQL, text on H2. The column type is {@code Object} because each driver hands out
 * something of its own.
 */
@Converter
public class JsonColumn implements AttributeConverter<JsonValue, Object> {

    @Override
    public Object convertToDatabaseColumn(JsonValue value) {
        return value.toJson();
    }

    /** The column of a row that an outer join does not find is empty. */
    @Override
    public JsonValue convertToEntityAttribute(@Nullable Object column) {
        return column == null ? JsonObject.EMPTY : StrictJson.parse(text(column));
    }

    static String text(Object column) {
        if (!(column instanceof Clob clob)) {
            return column.toString();
        }
        try {
            return clob.getSubString(1, Math.toIntExact(clob.length()));
        } catch (SQLException e) {
            throw new IllegalStateException("Could not read a column of text", e);
        }
    }
}
