// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.io.Serial;
import java.util.Optional;

/** A plugin was admitted and does not do what it must. */
public final class StartFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Optional<JsonObject> report;

    public StartFailure(String message) {
        this(message, Optional.empty());
    }

    /** @param report of the conformance kit, when that is why */
    StartFailure(String message, Optional<JsonObject> report) {
        super(message);
        this.report = report;
    }

    /** The same with more to say. */
    public StartFailure saying(String message) {
        StartFailure other = new StartFailure(message, report);
        other.initCause(this);
        return other;
    }

    public Optional<JsonObject> report() {
        return report;
    }

    /** Why, for people. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
