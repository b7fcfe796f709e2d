// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.Trigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A graph of three services, and intents as a user would write them into it. */
public final class SampleGraphs {

    private SampleGraphs() {}

    /** The graph {@code demo/camera} of the services capture, filter and detect, in this order; no links, no intents. */
    public static Graph camera() {
        return new Graph(
                new GraphId("demo", "camera"),
                "1.0.0",
                false,
                Map.of(),
                Stream.of("capture", "filter", "detect")
                        .map(SampleGraphs::service)
                        .toList(),
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                Graph.STANDARD_PRIORITY,
                JsonObject.EMPTY);
    }

    /**
     * An intent of the whole graph {@link #camera}.
     *
     * @param json the value, as {@link SampleJson} reads it
     */
    public static Intent graphIntent(String name, String json) {
        return new Intent(name, camera(), Optional.empty(), SampleJson.value(json));
    }

    /**
     * An intent of one service of the graph {@link #camera}.
     *
     * @param json the value, as {@link SampleJson} reads it
     */
    public static Intent serviceIntent(String name, String service, String json) {
        return new Intent(name, camera(), Optional.of(service), SampleJson.value(json));
    }

    private static ServiceSpec service(String id) {
        Artifact artifact = new Artifact("oci://example.com/demo/" + id, "App", "HELM", "HELM", JsonObject.EMPTY);
        return new ServiceSpec(id, new Trigger.Auto(List.of()), artifact, Map.of(), ServiceScaling.UNSPECIFIED);
    }
}
