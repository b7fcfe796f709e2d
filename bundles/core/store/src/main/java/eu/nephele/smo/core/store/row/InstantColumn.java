// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import javax.persistence.AttributeConverter;
import javax.persistence.Converter;

/**
 * An instant in a column of type {@code timestamp with time zone}, to the microsecond. Written as text in UTC: a
 * {@link Timestamp} would go through the local time of the process, where one hour a year has no single meaning.
 */
@Converter
public class InstantColumn implements AttributeConverter<Instant, Object> {

    /** The form in which instants are bound as parameters. */
    public static String text(Instant instant) {
        return stored(instant).toString();
    }

    /** As it comes back. */
    static Instant stored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public Object convertToDatabaseColumn(Instant instant) {
        return text(instant);
    }

    @Override
    public Instant convertToEntityAttribute(Object column) {
        if (column instanceof Timestamp timestamp) {
            return timestamp.toInstant();
        } else if (column instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        throw new IllegalStateException("Unexpected value of a time column: " + column.getClass());
    }
}
