// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Issue 13, point 5: what the server does, told by the server as a process. */
class RuntimeIT {

    private static final long LIMIT_SECONDS = 120;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data = Distribution.freshFolder("data");

    @Test
    void theServerReportsItsRuntimeAndRecordsAProfileForTheAdministrator() throws Exception {
        try (ServerProcess server = ServerProcess.start("--json", "--port", "0", "--data", data.toString())) {
            URI url = URI.create(server.awaitEvent("ready").path("url").asText());

            JsonNode report = new ObjectMapper()
                    .readTree(call("GET", url.resolve("/api/v1/runtime")).body());
            assertThat(report.at("/work/workers").asInt()).isPositive();
            assertThat(report.at("/work/waiting").size()).isEqualTo(5);
            assertThat(report.at("/process/collections").size()).isPositive();
            assertThat(report.at("/outsideSystems").findValuesAsText("system")).contains("sim");

            assertThat(call("POST", url.resolve("/api/v1/runtime/profile?seconds=1"))
                            .statusCode())
                    .as("without the token")
                    .isEqualTo(401);
            diagnoses(url);
        }
    }

    private void diagnoses(URI url) throws IOException, InterruptedException {
        Path folder = Distribution.freshFolder("diagnose");
        Path output = folder.resolveSibling(folder.getFileName() + ".txt");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Distribution.HOME.resolve("smo").toString(),
                        "diagnose",
                        "--profile=2s",
                        "--url=" + url,
                        "--token-file=" + data.resolve("etc/admin.token"),
                        "--output=" + folder))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(folder.resolve("processor.html")).content().contains("Processor time in 2 s", "</html>");
        assertThat(folder.resolve("allocation.html")).content().contains("Allocated memory in 2 s");
        assertThat(Files.size(folder.resolve("profile.jfr"))).isPositive();
        assertThat(folder.resolve("health.json")).content().contains("UP");
        assertThat(data.resolve("tmp")).isDirectoryNotContaining("glob:**profile*.jfr");
    }

    private HttpResponse<String> call(String method, URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
