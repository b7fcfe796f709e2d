// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.io.Serial;
import java.util.Optional;

/** A plugin was admitted and does not do what it must. */
public final class PluginStartException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Optional<JsonObject> report;

    public PluginStartException(String message) {
        this(message, Optional.empty());
    }

    /** @param report of the conformance kit, when that is why */
    PluginStartException(String message, Optional<JsonObject> report) {
        super(message);
        this.report = report;
    }

    public PluginStartException saying(String message) {
        PluginStartException other = new PluginStartException(message, report);
        other.initCause(this);
        return other;
    }

    public Optional<JsonObject> report() {
        return report;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
