// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.audit;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.QueryParameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of the audit, in the query of a request. Methods throw {@code INVALID} and name the parameter. */
final class AuditQueryParameters {

    private AuditQueryParameters() {}

    static long sequence(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            long sequence = Long.parseLong(text);
            if (sequence >= 0) {
                return sequence;
            }
        } catch (NumberFormatException noNumber) {
            // answered below, like a negative number
        }
        throw PageRequest.invalid("after is '%s', expected a whole number from 0".formatted(text));
    }

    static Optional<Instant> instant(String name, @Nullable String text) {
        try {
            return QueryParameters.text(text)
                    .map(given -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(given, Instant::from));
        } catch (DateTimeException noTime) {
            throw PageRequest.invalid("%s is '%s', expected a time such as 2026-11-27T12:00:00Z".formatted(name, text));
        }
    }
}
