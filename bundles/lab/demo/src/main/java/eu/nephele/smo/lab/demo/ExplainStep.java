// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.DisplayedService;
import java.util.Comparator;
import java.util.Optional;

final class ExplainStep implements DemoStep {

    @Override
    public String id() {
        return "explain";
    }

    @Override
    public String title(DemoStory story) {
        return subject(story).map("Why is %s where it is?"::formatted).orElse("Why is it where it is?");
    }

    @Override
    public Optional<String> skipped(DemoStory story) {
        return subject(story).isPresent()
                ? Optional.empty()
                : Optional.of("the graph is placed by its charts: there is no decision of the SMO to explain");
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) throws StepFailed {
        String service = subject(story).orElseThrow();
        JsonNode explanation = story.client().get(story.graphPath("services", service, "explanation"));
        if (explanation.path("text").isEmpty()) {
            throw new StepFailed("The explanation of %s says nothing in plain words".formatted(service));
        }
        explanation.path("text").forEach(line -> story.terminal().line(line.asText()));
        facts.set("explanation", explanation);
    }

    /** A service that runs and moved, else one that runs, else the first one that is placed. */
    static Optional<String> subject(DemoStory story) {
        DisplayedGraph graph = story.graph();
        if (graph.staticPlacement() || graph.decisionId().isEmpty()) {
            return Optional.empty();
        }
        return graph.services().stream()
                .filter(service -> !service.shares().isEmpty())
                .min(Comparator.comparing(DisplayedService::isPending)
                        .thenComparing(service -> !story.moved().contains(service.name())))
                .map(DisplayedService::name);
    }
}
