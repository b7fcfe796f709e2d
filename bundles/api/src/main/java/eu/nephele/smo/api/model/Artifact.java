// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.Locale;

/**
 * Source from which a service is installed.
 *
 * @param reference OCI reference, {@code oci://host[:port]/path[:tag]}
 * @param kind {@code App}, {@code VO} or {@code cVO}
 * @param implementer {@code HELM}, {@code WOT} or {@code CONTAINER}, upper case
 * @param runtime deployment tool that the descriptor names, upper case ({@code HELM} unless it or the implementer says
 *     otherwise)
 * @param values base values of the chart as the descriptor has them, or all that a deployer of images is told; never changed by the
 *     orchestrator
 */
public record Artifact(String reference, String kind, String implementer, String runtime, JsonObject values) {

    /** {@link #runtime} of an artifact that is an image, which a container engine runs as it is. */
    public static final String CONTAINER = "CONTAINER";

    public Artifact {
        implementer = implementer.toUpperCase(Locale.ROOT);
        runtime = runtime.toUpperCase(Locale.ROOT);
    }

    /** Returns whether the artifact is an image instead of a chart: its values go to the deployer untouched. */
    public boolean isImage() {
        return runtime.equals(CONTAINER);
    }

    /** Returns whether values that the orchestrator adds belong under {@code voChartOverwrite} (Web of Things charts). */
    public boolean isWebOfThings() {
        return implementer.equals("WOT");
    }
}
