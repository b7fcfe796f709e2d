// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.examples.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {

    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    private Path directory;

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

    private static SmoEvent moved(long sequence) {
        return new Happened(
                "id-" + sequence,
                sequence,
                "service.moved",
                AT,
                Optional.of(new GraphId("demo", "hello")),
                Optional.of("web"),
                1,
                Optional.empty(),
                "",
                new JsonObject(Map.of("to", new JsonString("c2"))));
    }

    @Test
    void eachEventIsALine() throws IOException {
        Path file = directory.resolve("log/events.txt");
        EventFile subscriber = new EventFile(file);
        subscriber.on(moved(3));
        subscriber.on(moved(7));

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "3 2026-11-01T12:00:00Z service.moved demo/hello/web {\"to\":\"c2\"}",
                        "7 2026-11-01T12:00:00Z service.moved demo/hello/web {\"to\":\"c2\"}");
    }

    @Test
    void anEventThatComesAgainIsNotWrittenAgainEvenAfterARestart() throws IOException {
        Path file = directory.resolve("events.txt");
        EventFile before = new EventFile(file);
        before.on(moved(1));
        before.on(moved(1));
        EventFile after = new EventFile(file);
        after.on(moved(1));
        after.on(moved(2));

        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void whatCannotBeWrittenIsAnExceptionSoThatTheEventComesAgain() {
        EventFile subscriber = new EventFile(directory.resolve("occupied/events.txt"));
        assertThat(directory.resolve("occupied").toFile().mkdir()).isTrue();
        assertThat(directory.resolve("occupied/events.txt").toFile().mkdir()).isTrue();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> subscriber.on(moved(9)))
                .withMessageContaining("9")
                .withMessageContaining("occupied");
    }
}
