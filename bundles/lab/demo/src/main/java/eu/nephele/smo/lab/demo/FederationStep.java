// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.view.ResponseTables;
import java.time.Duration;

final class FederationStep implements DemoStep {

    private static final String CLUSTERS = "/api/v1/clusters?limit=1000";
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "federation";
    }

    @Override
    public String title(DemoStory story) {
        return "The federation";
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) throws StepFailed, InterruptedException {
        boolean seen =
                story.watch(AT_MOST, CLUSTERS, answer -> !answer.path("items").isEmpty());
        JsonNode answer = story.client().get(CLUSTERS);
        if (!seen) {
            throw new StepFailed("The server knows no cluster: %s"
                    .formatted(answer.path("unknownSources").isEmpty() ? "no source" : answer.path("unknownSources")));
        }
        story.terminal().table(ResponseTables.clusters(answer.path("items")));
        facts.set("clusters", answer.path("items"));
    }
}
