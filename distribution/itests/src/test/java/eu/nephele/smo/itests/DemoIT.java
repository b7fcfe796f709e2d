// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The demo of the installation as anybody starts it, and once more on what the first run has left. */
class DemoIT {

    private static final long LIMIT_SECONDS = 240;

    private final Path work = Distribution.freshFolder("demo");
    private final Path data = Distribution.freshFolder("data");

    @Test
    void showsTheSameTwiceOnTheSameData() throws Exception {
        JsonNode first = demo();
        assertThat(first.path("pluginUsableMillis").asLong()).isBetween(1L, 60_000L);
        assertThat(first.path("swapFrom").asText()).isEqualTo("1.0.0");
        assertThat(first.path("swapTo").asText()).isEqualTo("2.0.0");
        savesCarbonAndLosesNothing(first);

        JsonNode second = demo();
        assertThat(second.path("pluginUsableMillis").isNull())
                .as("it is installed already")
                .isTrue();
        assertThat(second.path("swapFrom").asText()).isEqualTo("2.0.0");
        assertThat(second.path("swapTo").asText()).isEqualTo("1.0.0");
        savesCarbonAndLosesNothing(second);
    }

    private static void savesCarbonAndLosesNothing(JsonNode outcome) {
        assertThat(outcome.path("graphs").asInt()).isEqualTo(1);
        assertThat(outcome.path("servicesRunning").asInt()).isEqualTo(2);
        assertThat(outcome.path("scaled").asInt()).isPositive();
        assertThat(outcome.path("moves").asInt()).isPositive();
        assertThat(outcome.path("shadowCompared").asInt()).isPositive();
        assertThat(outcome.path("promotedMoves").asInt()).isPositive();
        assertThat(outcome.path("carbonAfterKgPerHour").asDouble())
                .isPositive()
                .isLessThan(outcome.path("carbonBeforeKgPerHour").asDouble());
        assertThat(outcome.path("swapLost").asInt(-1)).isZero();
        assertThat(outcome.path("swapFailed").asInt(-1)).isZero();
        assertThat(outcome.path("swapDecidedByOld").asLong()).isPositive();
        assertThat(outcome.path("swapDecidedByNew").asLong()).isPositive();
        assertThat(outcome.path("swapDecidedByOld").asLong()
                        + outcome.path("swapDecidedByNew").asLong())
                .isEqualTo(outcome.path("swapAsked").asLong())
                .isEqualTo(outcome.path("swapRecorded").asLong());
        assertThat(outcome.path("whatIfMoves").asInt()).isPositive();
        assertThat(outcome.path("whatIfNotMade").asInt(-1)).isZero();
    }

    /** @return the last line */
    private JsonNode demo() throws IOException, InterruptedException {
        Path output = Files.createTempFile(work, "demo", ".txt");
        Path errors = Files.createTempFile(work, "server", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Distribution.HOME.resolve("smo").toString(), "demo", "--once", "--data", data.toString())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("HOME", work.toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        // The script ends the server and the client that it has started.
        process.destroy();
        process.waitFor();
        List<String> lines = Files.readAllLines(output);
        String said = "%s%n%s".formatted(String.join("\n", lines), Files.readString(errors));
        assertThat(ended).as("the demo ends; it said: %s", said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }
}
