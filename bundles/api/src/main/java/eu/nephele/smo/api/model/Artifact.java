// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.Locale;

/**
 * Source from which a service is installed.
 *
 * @param reference OCI reference, {@code oci://host[:port]/path[:tag]}
 * @param kind {@code App}, {@code VO} or {@code cVO}
 * @param implementer {@code HELM} or {@code WOT}, upper case
 * @param runtime deployment tool that the descriptor names, upper case ({@code HELM} unless it says otherwise)
 * @param values base values of the chart as the descriptor has them; never changed by the orchestrator
 */
public record Artifact(String reference, String kind, String implementer, String runtime, JsonObject values) {

    public Artifact {
        implementer = implementer.toUpperCase(Locale.ROOT);
        runtime = runtime.toUpperCase(Locale.ROOT);
    }

    /** Returns whether values that the orchestrator adds belong under {@code voChartOverwrite} (Web of Things charts). */
    public boolean isWebOfThings() {
        return implementer.equals("WOT");
    }
}
