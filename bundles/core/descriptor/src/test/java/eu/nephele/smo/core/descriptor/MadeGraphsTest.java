// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.json.StrictJson;
import org.junit.jupiter.api.Test;

/** Descriptors that bundles make are checked as those of users. */
class MadeGraphsTest {

    private static final String MADE = """
            {"hdaGraph": {"id": "web", "services": [{
              "id": "web",
              "deployment": {"trigger": {"auto": {}}, "intent": {"compute": {"cpu": "small", "ram": "small", "storage": "small", "gpu": {"enabled": false}}}},
              "artifact": {"ociImage": "oci://registry.example/demo/web", "ociConfig": {"type": "App", "implementer": "HELM"}}}]},
             "override": {"placement": {"id": "optimal"}}}""";

    private final HdagReader reader = Reading.usual().reader();

    private static JsonObject document(String json) {
        return (JsonObject) StrictJson.parse(json);
    }

    @Test
    void aRequestHasTheGraphAndItsWishes() {
        DeployRequest request = reader.read("demo", document(MADE));

        assertThat(request.graph().id()).hasToString("demo/web");
        assertThat(request.graph().descriptor())
                .isEqualTo(document(MADE).get("hdaGraph").orElseThrow());
        assertThat(request.override().placement().id()).contains("optimal");
        assertThat(request.keepIfInfeasible()).isTrue();
    }

    @Test
    void aMistakeHasItsPointer() {
        SmoException wrong = catchThrowableOfType(
                SmoException.class,
                () -> reader.read("demo", document(MADE.replace("\"id\": \"web\",\n", "\"id\": \"W\",\n"))));

        assertThat(wrong.violations()).extracting(Violation::pointer).contains("/hdaGraph/services/0/id");
    }

    @Test
    void aReferenceIsNoGraph() {
        SmoException wrong = catchThrowableOfType(
                SmoException.class,
                () -> reader.read("demo", document("{\"artifact\": \"oci://registry.example/demo/graph:1\"}")));

        assertThat(wrong.violations()).extracting(Violation::pointer).containsExactly("/hdaGraph");
    }
}
