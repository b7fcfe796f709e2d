// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.Serial;

/** A number that is beyond {@link NumberLimits}. */
public final class NumberOutOfRangeException extends JsonParseException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String pointer;

    NumberOutOfRangeException(JsonParser parser, String message) {
        super(parser, message);
        this.pointer = parser.getParsingContext().pathAsPointer().toString();
    }

    /** JSON pointer to the number. */
    public String pointer() {
        return pointer;
    }
}
