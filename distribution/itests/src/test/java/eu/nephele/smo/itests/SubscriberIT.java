// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * The example subscriber is installed, removed and installed again in the running product, and misses no event. Public,
 * because Pax Exam looks for public methods.
 */
@ExtendWith(PaxExamExtension.class)
public class SubscriberIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final Path EXAMPLE =
            Path.of("../../examples/subscriber/target").toAbsolutePath().normalize();

    @Inject
    private BundleContext context;

    @Configuration
    static Option[] options() {
        return ContainerOptions.profile("sim", Map.of("eu.nephele.smo.lab.simulator.cfg", "startupDelayMillis=100\n"));
    }

    @Test
    public void aSubscriberThatWasAwayHearsWhatHasHappenedMeanwhile() throws Exception {
        RestClient client = RestClient.unchecked(Integer.parseInt(context.getProperty("smo.port")));
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/health/ready"), ready -> assertThat(ready.status())
                .as(ready.text())
                .isEqualTo(200));
        Sample sample = Sample.all().stream()
                .filter(each -> each.name().equals("minimal.yaml"))
                .findFirst()
                .orElseThrow();
        String graph = "/graphs/" + sample.graph();

        Bundle subscriber = install();
        RestClient.Answer deployed = client.postJson("/project/heard/graphs", sample.as("application/json"));
        assertThat(deployed.status()).as(deployed.text()).isEqualTo(202);
        hears("hdag.deployed");

        subscriber.uninstall();
        done(client.post(graph + "/stop"));
        done(client.post(graph + "/start"));
        assertThat(lines()).noneMatch(line -> line.contains(" hdag.stopped "));

        Bundle again = install();
        hears("hdag.stopped");
        hears("hdag.started");
        done(client.delete(graph));
        hears("hdag.removed");

        assertThat(lines().stream()
                        .map(line -> Long.valueOf(line.substring(0, line.indexOf(' '))))
                        .toList())
                .as("every event of these types, each once and in order")
                .isEqualTo(sequences(client));
        again.uninstall();
    }

    private Bundle install() throws Exception {
        try (Stream<Path> jars = Files.list(EXAMPLE)) {
            Path jar = jars.filter(file ->
                            file.getFileName().toString().matches("smo-examples-subscriber-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError("No jar in " + EXAMPLE + ": build examples/subscriber first"));
            Bundle bundle = context.installBundle("file:" + jar);
            bundle.start();
            return bundle;
        }
    }

    private static void done(RestClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private void hears(String type) throws Exception {
        Eventually.within(PATIENCE_SECONDS, this::lines, lines -> assertThat(lines)
                .anyMatch(line -> line.contains(" " + type + " ")));
    }

    private List<String> lines() throws IOException {
        Path file = Path.of(context.getProperty("smo.data"), "log/example-events.txt");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static List<Long> sequences(RestClient client) throws Exception {
        JsonNode page = client.get("/api/v1/events?limit=1000&types=hdag.*,service.moved")
                .json();
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(event -> Long.valueOf(event.path("sequence").asText()))
                .toList();
    }
}
