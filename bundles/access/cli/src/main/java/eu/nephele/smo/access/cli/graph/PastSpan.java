// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.HumanDuration;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** A time in the past. */
final class PastSpan {

    @Option(names = "--since", paramLabel = "TIME", description = "As long ago as 30m, 2h or 7d; until now.")
    private Optional<HumanDuration> since = Optional.empty();

    @Option(names = "--from", paramLabel = "INSTANT", description = "Instead: its beginning, as 2026-11-29T08:00:00Z.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "INSTANT", description = "Its end; default: now.")
    private Optional<String> to = Optional.empty();

    /** Parameters of a query, beginning with a question mark; "" for the usual time. */
    String query(ConnectionOptions connection, String... further) {
        if (since.isPresent() && from.isPresent()) {
            throw connection.wrong("Give --since or --from, not both");
        }
        Optional<Instant> end = to.map(text -> instant(connection, text));
        Optional<Instant> begin = since.map(
                        ago -> end.orElseGet(Instant::now).minus(ago.duration()).truncatedTo(ChronoUnit.MILLIS))
                .or(() -> from.map(text -> instant(connection, text)));
        String query = Stream.concat(
                        Stream.of(
                                begin.map(at -> parameter("from", at)).orElse(""),
                                end.map(at -> parameter("to", at)).orElse("")),
                        Stream.of(further))
                .filter(parameter -> !parameter.isEmpty())
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    static String parameter(String name, Instant at) {
        return name + "=" + RestCalls.encoded(at.toString());
    }

    static Instant instant(ConnectionOptions connection, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException unclear) {
            throw connection.wrong("'%s' is no instant, expected one like 2026-11-29T08:00:00Z".formatted(text));
        }
    }
}
