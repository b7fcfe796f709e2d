// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is refused at both doors, soon, with the places of all errors, and leaves nothing behind. */
class InvalidInputIT {

    private static final long LIMIT_MILLIS = 10_000;
    private static final long END_LIMIT_SECONDS = 60;
    private static final String REFERENCE = "/project/bad/graphs";
    private static final String NATIVE = "/api/v1/projects/bad/graphs";

    private static Path data;
    private static ServerProcess server;
    private static RestClient client;

    @BeforeAll
    static void startTheServer() throws Exception {
        int port = Distribution.freePort();
        data = Distribution.freshFolder("data");
        server = ServerProcess.ready(port, data);
        client = new RestClient(port);
        // The first body loads the classes of the validator; the limit is about what a body can do.
        client.post(REFERENCE, "application/json", "{\"hdaGraph\":{}}");
        client.post(REFERENCE, "application/yaml", "hdaGraph: {}");
    }

    /** Looks with its own eyes: first over REST, then into the tables of the server that has ended. */
    @AfterAll
    static void nothingIsLeftInTheDatabase() throws Exception {
        try (ServerProcess ending = server) {
            assertThat(client.get(REFERENCE).json()).isEmpty();
            assertThat(client.get(NATIVE).json().path("items")).isEmpty();
            assertThat(client.get("/api/v1/projects").json().path("items")).isEmpty();
            ending.terminate();
            assertThat(ending.exitCode(END_LIMIT_SECONDS)).isZero();
        }
        String url = "jdbc:h2:" + data.resolve("db/smo") + ";MODE=PostgreSQL;IFEXISTS=TRUE";
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            for (String table :
                    List.of("desired", "service", "decided", "observed", "reservation", "decision", "snapshot")) {
                try (ResultSet rows = connection.createStatement().executeQuery("select count(*) from " + table)) {
                    rows.next();
                    assertThat(rows.getInt(1)).as("rows of " + table).isZero();
                }
            }
        }
    }

    static Stream<Arguments> bodies() {
        return BadBody.all().flatMap(body -> Stream.of(Arguments.of(body, REFERENCE), Arguments.of(body, NATIVE)));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("bodies")
    void isRefusedWithThePlacesOfAllErrorsWithinASecond(BadBody body, String path) throws Exception {
        byte[] bytes = body.bytes().get();
        long begin = System.nanoTime();
        RestClient.Answer answer = client.post(path, body.mediaType(), bytes);
        long millis = (System.nanoTime() - begin) / 1_000_000;

        assertThat(answer.status()).as(answer.text()).isEqualTo(body.status());
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("source").asText()).isEqualTo("smo");
        assertThat(problem.path("correlationId").asText()).isNotEmpty();
        assertThat(answer.text()).doesNotContain("java.lang", "Exception", "com.fasterxml", "\tat ");
        if (body.pointers().isEmpty()) {
            assertThat(problem.path("detail").asText() + problem.path("errors")).isNotEmpty();
        } else {
            assertThat(pointers(problem)).as(answer.text()).containsAll(body.pointers());
        }
        assertThat(millis).as("milliseconds").isLessThan(LIMIT_MILLIS);
    }

    private static List<String> pointers(JsonNode problem) {
        return StreamSupport.stream(problem.path("errors").spliterator(), false)
                .map(error -> error.path("pointer").asText())
                .toList();
    }
}
