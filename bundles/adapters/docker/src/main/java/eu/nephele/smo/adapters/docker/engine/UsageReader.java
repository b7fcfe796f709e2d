// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Asks what a container has used, on the thread of the caller. The library cannot say {@code one-shot}, without which Docker measures
 * for up to two seconds before it answers, and begins a thread for each answer.
 */
final class UsageReader {

    /** Engines before version 1.41 of the interface do not know the last word, and measure first. */
    private static final String PATH = "/containers/%s/stats?stream=false&one-shot=true";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int MOST_OF_AN_ERROR = 4096;

    private final DockerHttpClient http;
    private final ObjectMapper json;

    UsageReader(DockerHttpClient http, ObjectMapper json) {
        this.http = http;
        this.json = json;
    }

    /**
     * Empty if the engine has no numbers (yet).
     *
     * @throws DockerException what the engine answers instead
     */
    Optional<ContainerUsage> read(String id) {
        Request request = Request.builder()
                .method(Request.Method.GET)
                .path(PATH.formatted(id))
                .build();
        try (Response answer = http.execute(request)) {
            if (answer.getStatusCode() != OK) {
                throw refused(answer);
            }
            return usage(json.readTree(answer.getBody()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static DockerException refused(Response answer) throws IOException {
        String said = new String(answer.getBody().readNBytes(MOST_OF_AN_ERROR), StandardCharsets.UTF_8);
        int status = answer.getStatusCode();
        return status == NOT_FOUND ? new NotFoundException(said) : new DockerException(said, status);
    }

    /** Control groups of version 1 tell processors one by one, those of version 2 do not; both have the sum. */
    private static Optional<ContainerUsage> usage(JsonNode statistics) {
        long cpu = statistics.at("/cpu_stats/cpu_usage/total_usage").asLong();
        JsonNode memory = statistics.path("memory_stats");
        long used = positive(memory.path("usage"));
        if (cpu <= 0 && used <= 0) {
            return Optional.empty();
        }
        JsonNode parts = memory.path("stats");
        long idle = Math.max(positive(parts.path("total_inactive_file")), positive(parts.path("inactive_file")));
        return Optional.of(new ContainerUsage(cpu, idle < used ? used - idle : used, readAt(statistics)));
    }

    /** Engines that have read nothing say the year 1. */
    private static Optional<Instant> readAt(JsonNode statistics) {
        try {
            return Optional.of(OffsetDateTime.parse(statistics.path("read").asText())
                            .toInstant())
                    .filter(at -> at.isAfter(Instant.EPOCH));
        } catch (DateTimeParseException unsaid) {
            return Optional.empty();
        }
    }

    private static long positive(JsonNode amount) {
        return Math.max(0, Math.min(amount.asLong(), Long.MAX_VALUE / 1000));
    }
}
