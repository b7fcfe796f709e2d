// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.testbed.components.Binaries;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** A real Prometheus that scrapes one server every second, keeps exemplars, and evaluates rules every second. */
final class ScrapingPrometheus implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final RestClient client;

    private ScrapingPrometheus(Process process, RestClient client) {
        this.process = process;
        this.client = client;
    }

    /** Without the program the test is told as not run. */
    static void require() {
        List<String> missing = Binaries.ofThisMachine().absent(List.of("prometheus"));
        Assumptions.assumeTrue(missing.isEmpty(), missing::toString);
    }

    /** @param rules file of rules; one without groups for none */
    static ScrapingPrometheus start(int serverPort, Path rules) throws Exception {
        return configured("""
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                - job_name: smo
                  static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(rules, serverPort));
    }

    /** One that is configured so. */
    static ScrapingPrometheus configured(String configuration) throws Exception {
        Path folder = Distribution.freshFolder("prometheus");
        int port = Distribution.freePort();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), configuration);
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--web.console.templates=/nonexistent",
                        "--web.console.libraries=/nonexistent",
                        "--enable-feature=exemplar-storage",
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        ScrapingPrometheus prometheus = new ScrapingPrometheus(process, RestClient.unchecked(port));
        Eventually.within(PATIENCE_SECONDS, () -> prometheus.status("/-/ready"), status -> assertThat(status)
                .as(Files.readString(folder.resolve("log")))
                .isEqualTo(200));
        return prometheus;
    }

    private int status(String path) throws InterruptedException {
        try {
            return client.get(path).status();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** The series of an instant query. */
    JsonNode query(String expression) throws Exception {
        return ask("/api/v1/query?query=", expression).path("result");
    }

    /** Series with exemplars within the last hour. */
    JsonNode exemplars(String series) throws Exception {
        long now = System.currentTimeMillis() / 1000;
        return ask("/api/v1/query_exemplars?start=%d&end=%d&query=".formatted(now - 3600, now + 60), series);
    }

    private JsonNode ask(String path, String expression) throws Exception {
        RestClient.Answer answer = client.get(path + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(expression + ": " + answer.text()).isEqualTo(200);
        return answer.json().path("data");
    }

    /** States of the alerts that are there, by name. */
    Map<String, String> alerts() throws Exception {
        Map<String, String> states = new TreeMap<>();
        client.get("/api/v1/alerts")
                .json()
                .at("/data/alerts")
                .forEach(alert -> states.merge(
                        alert.at("/labels/alertname").asText(),
                        alert.path("state").asText(),
                        (one, other) -> one.equals("firing") ? one : other));
        return states;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
