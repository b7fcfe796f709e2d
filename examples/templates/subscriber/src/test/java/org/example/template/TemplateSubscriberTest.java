package org.example.template;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateSubscriberTest {

    private record Happened(
            String id,
            long sequence,
            String type,
            Instant time,
            Optional<GraphId> graph,
            Optional<String> service,
            long generation,
            Optional<String> operation,
            String correlationId,
            JsonObject data)
            implements SmoEvent {}

    @Test
    void anEventIsALine() {
        List<String> lines = new ArrayList<>();
        Optional<GraphId> graph = Optional.of(new GraphId("demo", "hello"));

        new TemplateSubscriber(lines::add)
                .on(new Happened(
                        "id",
                        7,
                        "hdag.deployed",
                        Instant.EPOCH,
                        graph,
                        Optional.empty(),
                        1,
                        Optional.empty(),
                        "",
                        JsonObject.EMPTY));

        assertThat(lines).containsExactly("7 hdag.deployed demo/hello");
    }
}
